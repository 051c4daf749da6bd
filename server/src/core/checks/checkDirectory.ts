/**
 * Runs the checks over one package directory, for all targets at once. A check
 * answers for one file at a time and remembers its answers by the objects they come
 * from, so that asking again costs little where nothing has changed.
 */
import type { Package } from "../model/go/packageScope.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import { abiSelector } from "./abi/abiSelector.ts";
import { blockedReference } from "./abi/blockedReference.ts";
import { frameSize } from "./abi/frameSize.ts";
import { noframeCall } from "./abi/noframeCall.ts";
import { checkArgumentWidth, checkResultUnwritten } from "./asmdecl/argumentChecks.ts";
import { stackMap } from "./abi/stackMap.ts";
import { checkAsmdecl } from "./asmdecl/checkAsmdecl.ts";
import { reconciled } from "./reconciled.ts";
import { checkExpanded, checkMisread } from "./asmdecl/misread.ts";
import type { AsmProfile } from "./asmdecl/profile.ts";
import { fileCheck } from "./buildtag/fileRule.ts";
import { lateBuildLine } from "./buildtag/lateBuildLine.ts";
import { neverBuilt } from "./buildtag/neverBuilt.ts";
import { unknownTag } from "./buildtag/unknownTag.ts";
import { vetBuildtag } from "./buildtag/vetBuildtag.ts";
import { vetDirective } from "./buildtag/vetDirective.ts";
import type { Finding } from "./finding.ts";
import { goAsmName, goAsmWidth } from "./goAsm/goAsm.ts";
import { foreignAssembly } from "./instructions/foreignAssembly.ts";
import { instructionSince, instructionUnknown } from "./instructions/instructionNames.ts";
import { codeCheck } from "./codeCheck.ts";
import { layoutDiffers } from "./layoutDiffers.ts";
import { framePointer } from "./framepointer/framePointer.ts";
import { argumentSlots } from "./libc/argumentSlots.ts";
import { missingImports } from "./libc/missingImport.ts";
import { unusedImports } from "./libc/unusedImport.ts";
import { unusedTrampolines } from "./libc/unusedTrampoline.ts";
import { framePointerFlow } from "./framepointer/framePointerFlow.ts";
import { duplicateText } from "./pairing/duplicateText.ts";
import { missingText } from "./pairing/missingText.ts";
import { checkIgnore, withoutIgnored } from "./ignore.ts";
import { orphanText } from "./pairing/orphanText.ts";
import { pairingCheck } from "./pairing/pairing.ts";
import { tagCombination } from "./pairing/tagCombination.ts";
import type { CheckCode } from "./registry.ts";
import { syscallArguments } from "./traps/syscallArguments.ts";
import { syscallComment } from "./traps/syscallComment.ts";
import { syscallError } from "./traps/syscallError.ts";
import { syscallNumber } from "./traps/syscallNumber.ts";
import { trapForm } from "./traps/trapForm.ts";
import { vdsoHash } from "./vdso/vdsoHash.ts";

/** The findings of one check in one file, by position: the same array as last time where nothing changed. */
export type FileCheck = (
  snapshot: Snapshot,
  pkg: Package,
  file: SourceFile,
  profile: AsmProfile,
) => readonly Finding[];

/**
 * The checks of package directories. That of stage "typing" looks at declarations and lines, and costs
 * next to nothing where one line has changed; those of "package" read code; those of "tree" look at other packages too.
 */
const fileChecks: readonly {
  readonly code: CheckCode;
  readonly stage: "typing" | "package" | "tree";
  readonly check: FileCheck;
}[] = [
  { code: "asmdecl", stage: "typing", check: checkAsmdecl },
  { code: "asmdecl-misread", stage: "package", check: checkMisread },
  { code: "buildtag", stage: "package", check: fileCheck("buildtag", vetBuildtag) },
  { code: "directive", stage: "package", check: fileCheck("directive", vetDirective) },
  { code: "late-build-line", stage: "package", check: fileCheck("late-build-line", lateBuildLine) },
  { code: "never-built", stage: "package", check: fileCheck("never-built", neverBuilt) },
  { code: "unknown-tag", stage: "package", check: fileCheck("unknown-tag", unknownTag) },
  { code: "framepointer", stage: "package", check: framePointer },
  { code: "go-asm-name", stage: "package", check: goAsmName },
  { code: "go-asm-width", stage: "package", check: goAsmWidth },
  { code: "layout-differs", stage: "package", check: layoutDiffers },
  { code: "asmdecl-expanded", stage: "package", check: checkExpanded },
  { code: "argument-width", stage: "package", check: checkArgumentWidth },
  { code: "result-unwritten", stage: "package", check: checkResultUnwritten },
  { code: "foreign-assembly", stage: "package", check: codeCheck("foreign-assembly", foreignAssembly) },
  {
    code: "instruction-unknown",
    stage: "package",
    check: codeCheck("instruction-unknown", instructionUnknown),
  },
  { code: "instruction-since", stage: "package", check: codeCheck("instruction-since", instructionSince) },
  { code: "vdso-hash", stage: "package", check: vdsoHash },
  { code: "abi-selector", stage: "package", check: abiSelector },
  { code: "frame-size", stage: "package", check: frameSize },
  { code: "noframe-call", stage: "package", check: noframeCall },
  { code: "frame-pointer-flow", stage: "package", check: framePointerFlow },
  { code: "stack-map", stage: "package", check: stackMap },
  { code: "syscall-number", stage: "package", check: syscallNumber },
  { code: "syscall-comment", stage: "package", check: syscallComment },
  { code: "trap-form", stage: "package", check: trapForm },
  { code: "syscall-error", stage: "package", check: syscallError },
  { code: "syscall-arguments", stage: "package", check: syscallArguments },
  { code: "libc-import", stage: "tree", check: pairingCheck("libc-import", missingImports) },
  { code: "libc-arguments", stage: "tree", check: pairingCheck("libc-arguments", argumentSlots) },
  { code: "libc-unused", stage: "tree", check: pairingCheck("libc-unused", unusedImports) },
  { code: "libc-trampoline", stage: "tree", check: pairingCheck("libc-trampoline", unusedTrampolines) },
  { code: "blocked-reference", stage: "tree", check: pairingCheck("blocked-reference", blockedReference) },
  { code: "missing-text", stage: "tree", check: pairingCheck("missing-text", missingText) },
  { code: "orphan-text", stage: "tree", check: pairingCheck("orphan-text", orphanText) },
  { code: "duplicate-text", stage: "tree", check: pairingCheck("duplicate-text", duplicateText) },
  { code: "tag-combination", stage: "tree", check: pairingCheck("tag-combination", tagCombination) },
  {
    code: "ignore",
    stage: "tree",
    // The others have been asked before; asking again costs little.
    check: checkIgnore((code) => fileChecks.find((check) => check.code === code && code !== "ignore")?.check),
  },
];

/**
 * The codes of the checks in stages, each of which costs more than the one before: whoever answers while the
 * user types runs the first at once and the others when there is time. The last one looks at the whole tree.
 */
export const checkStages: readonly ReadonlySet<string>[] = (["typing", "package", "tree"] as const).map(
  (stage) => new Set(fileChecks.filter((check) => check.stage === stage).map(({ code }) => code)),
);

/** The findings in a directory, by file and position; of the checks with these codes, if any are named. */
export function checkDirectory(
  snapshot: Snapshot,
  directory: string,
  profile: AsmProfile,
  codes?: ReadonlySet<string>,
): Finding[] {
  return [...checkFiles(snapshot, directory, profile, undefined, codes)]
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .flatMap(({ findings }) => reconciled(findings));
}

export interface FileFindings {
  readonly file: string;
  /**
   * By position; together with those of other stages still to be `reconciled`.
   * The same array as last time where nothing changed that they depend on.
   */
  readonly findings: readonly Finding[];
}

/**
 * Checks a directory file by file, those that `first` names before the others:
 * whoever pulls may pause in between. Files without an answer have no findings.
 */
export function* checkFiles(
  snapshot: Snapshot,
  directory: string,
  profile: AsmProfile,
  first: ReadonlySet<string> = new Set(),
  codes?: ReadonlySet<string>,
): Generator<FileFindings, void, void> {
  const pkg = snapshot.package(directory);
  // Assembly beside which no Go file is built is not Go's, or not built by the go command at all.
  if (!pkg) return;
  const files = [...(snapshot.directories.get(directory)?.files.values() ?? [])];
  const ordered = [
    ...files.filter(({ name }) => first.has(name)),
    ...files.filter(({ name }) => !first.has(name)),
  ];
  const isChosen = (code: CheckCode): boolean => codes?.has(code) ?? true;
  const unreadable = snapshot.directories.get(directory)?.unreadable ?? new Set();
  const chosen = fileChecks.filter(({ code }) => isChosen(code) && !mayNeed(code, unreadable));
  for (const file of ordered) {
    const findings = joined(
      file,
      chosen.map(({ check }) => withoutIgnored(file, check(snapshot, pkg, file, profile))),
    );
    if (file.kind === "asm" || findings.length > 0) yield { file: file.name, findings };
  }
}

/** The checks that read nothing but the file they report in. */
const checksOfOneFile: ReadonlySet<CheckCode> = new Set([
  "buildtag",
  "directive",
  "late-build-line",
  "never-built",
  "unknown-tag",
]);

/**
 * Whether what a check finds in a package may be an error of ours where these of its files could not be read: a Go
 * file may hold any declaration, and assembly what the linker, or an ignore comment, is found to lack.
 */
function mayNeed(code: CheckCode, unreadable: ReadonlySet<string>): boolean {
  if (unreadable.size === 0 || checksOfOneFile.has(code)) return false;
  const isOfTree = checkStages.at(-1)!.has(code);
  return isOfTree || [...unreadable].some((name) => name.endsWith(".go"));
}

interface Joined {
  readonly parts: readonly (readonly Finding[])[];
  readonly findings: readonly Finding[];
}

const joins = new WeakMap<SourceFile, Joined>();

/** The findings of several checks as one list, the same as long as each of them is. */
function joined(file: SourceFile, answers: readonly (readonly Finding[])[]): readonly Finding[] {
  const parts = answers.filter((findings) => findings.length > 0);
  if (parts.length <= 1) return parts[0] ?? none;
  const known = joins.get(file);
  if (known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i]))
    return known.findings;
  const findings = parts.flat().toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  joins.set(file, { parts, findings });
  return findings;
}

const none: readonly never[] = [];
