/**
 * The door into the core: everything outside it imports from here and nowhere
 * else. The core does no I/O and has no dependency; texts come in through
 * `Workspace.apply`, plain data comes out.
 */
export type { Span } from "./base/span.ts";
export { LineIndex, utf8Length } from "./base/lineIndex.ts";
export { memoByKey } from "./base/memo.ts";
export { arches, goarches, type GoArch } from "./facts/arch.ts";
export { gooses, type GoOS, oses } from "./facts/os.ts";
export { newestRelease, oldestRelease } from "./facts/targets.ts";
export {
  type BuildContext,
  buildContext,
  parseTarget,
  type Target,
  targetsOf,
} from "./model/targets/target.ts";
export { targetNames, targetNamesAmong } from "./model/targets/targetNames.ts";
export { TargetSet } from "./model/targets/targetSet.ts";
export type { ProgramOptions } from "./model/go/program.ts";
export { capped } from "./checks/capped.ts";
export { type Change, type DirectoryFile, type FileText, Workspace } from "./workspace/workspace.ts";
export type { Location } from "./workspace/location.ts";
export type { Directory, Snapshot } from "./workspace/snapshot.ts";
export { createWorld, type World } from "./workspace/world.ts";
export {
  importPathOf,
  isVendored,
  join,
  type ModuleTree,
  relative,
  type Tree,
  treeOf,
} from "./workspace/importPath.ts";
export {
  isCName,
  isHeaderName,
  isObjectName,
  isSourceName,
  type SourceFile,
} from "./workspace/sourceFile.ts";
export { isWaiting, linksOf } from "./linking/linkIndex.ts";
export type { Occurrence, Role } from "./linking/occurrence.ts";
export { occurrencesOf } from "./linking/occurrences.ts";
export { linkingMarks } from "./linking/linkTable.ts";
export { goAsmHeader, type GoAsmName, goAsmValues } from "./features/goAsmHeader.ts";
export { packageConstants } from "./features/packageConstants.ts";
export { selectedFiles } from "./features/selectedFiles.ts";
export { type MatrixRow, matrixSummary, targetMatrix } from "./features/targetMatrix.ts";
export { type Definition, definition } from "./features/definition.ts";
export { type DocumentHighlight, documentHighlights } from "./features/documentHighlight.ts";
export { type DocumentSymbol, documentSymbols } from "./features/documentSymbol.ts";
export { type Hover, hover, type HoverOptions } from "./features/hover/hover.ts";
export type { Entity } from "./features/entity/entity.ts";
export { entityAt } from "./features/entityAt.ts";
export { type StructLocation, structLocations, structSizeSummary } from "./features/structSizes.ts";
export { type InlayHint, inlayHints } from "./features/inlayHints.ts";
export { structNames } from "./features/structNames.ts";
export { type SymbolName, symbolNames } from "./features/symbolNames.ts";
export { type SymbolLocation, symbolLocations } from "./features/symbolLocations.ts";
export { matrixPreview } from "./features/previews/matrixPreview.ts";
export type {
  ByteField,
  ByteMapSection,
  Cell as PreviewCell,
  NotesSection,
  PreviewModel,
  PreviewSection,
  PreviewSide,
  TableSection,
} from "./features/previews/previewModel.ts";
export { syscallsPreview } from "./features/previews/syscallsPreview.ts";
export { previewText, type RevisionNames, revisionsText } from "./features/previews/previewText.ts";
export { previewMarkdown, revisionsMarkdown } from "./features/previews/previewMarkdown.ts";
export { type RevisedSide, revisedSides, revisionChanges } from "./features/previews/revisedSides.ts";
export { fieldColumns, previewDiff, type SectionDiff } from "./features/previews/previewDiff.ts";
export { placesIn, withPlaces } from "./features/previews/withPlaces.ts";
export { type FieldRow, fieldRows } from "./features/previews/fieldRows.ts";
export { signalPreview } from "./features/previews/signalPreview.ts";
export { structPreview } from "./features/previews/structPreview.ts";
export { type FoundTrap, packageTraps, trapName, trapsIn } from "./runtime/packageTraps.ts";
export { unresolvedText } from "./features/unresolvedText.ts";
export { type CodeAction, codeActions } from "./features/codeActions.ts";
export { joinArches, onTargets } from "./features/findingText.ts";
export { structLayouts, type TypeLayout, whyNoLayout } from "./features/structLayouts.ts";
export type { Check, Severity } from "./checks/check.ts";
export { type CheckCode, checks } from "./checks/registry.ts";
export type { Finding, Fix, Related, TextEdit } from "./checks/finding.ts";
export { type GoTree, type GoTreeFile, goTreeFiles, readGoTree, releaseOf } from "./model/targets/goTree.ts";
export { parseGoMod } from "./syntax/mod/goMod.ts";
export { parseGoWork } from "./syntax/mod/goWork.ts";
export { reconciled } from "./checks/reconciled.ts";
export { checkDirectory, checkFiles, checkStages, type FileFindings } from "./checks/checkDirectory.ts";
export { type AsmProfile, profileFor, profileNames } from "./checks/asmdecl/profile.ts";
export { selectingTargetsOf } from "./features/selectedFiles.ts";
export {
  applyWhitelist,
  type ListedFinding,
  type UnmatchedEntry,
  type WhitelistFile,
  whitelistNames,
  writeWhitelist,
} from "./checks/whitelist.ts";
export { abiOf, abiSystems, placeArguments, type SyscallAbi } from "./oslayer/abi.ts";
export { type Counterpart, counterparts } from "./oslayer/counterparts.ts";
export { abiText, classNames, elsewhereRows, errorText, remarkOn, systemsText } from "./oslayer/callText.ts";
export { type DecodedNumber, decodeNumber } from "./oslayer/decodeNumber.ts";
export { type Import, importByName, importsOf } from "./oslayer/imports.ts";
export { goConstant, parameterText, prototypeText, type Syscall } from "./oslayer/syscall.ts";
export { callSystems, meaningsOf, syscallByName, syscallsOf } from "./oslayer/syscalls.ts";
export { kernelOf, type System, systemName } from "./oslayer/system.ts";
export { runtimeDirectories, runtimeDirectory } from "./runtime/cSystemCalls.ts";
export { threadPreview } from "./features/previews/threadPreview.ts";
export { pollerPreview } from "./features/previews/pollerPreview.ts";
export { vdsoPreview } from "./features/previews/vdsoPreview.ts";
export { type CDeclaration, cDeclarationsOf } from "./runtime/cPrototypes.ts";
export { type Era, eraOf } from "./model/targets/era.ts";
