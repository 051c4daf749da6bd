/**
 * The two checks of names that assembly takes from go_asm.h. Reading code is dear, and
 * nearly all of these names are right, so a look at the text tells first which files can
 * have a finding.
 */
import type { Package } from "../../model/go/packageScope.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { codeCheck } from "../codeCheck.ts";
import { fieldWidths, mayMoveOtherWidths } from "./fieldWidth.ts";
import { headerNames, isHeaderName, isPlainMacro } from "./headerNames.ts";
import { includesOf } from "./includes.ts";
import { underscoredNames } from "../underscoredNames.ts";
import { offsetNames } from "./offsetNames.ts";
import { unknownNames } from "./unknownName.ts";

export const goAsmName = codeCheck("go-asm-name", {
  concerns: (_text, file, snapshot, pkg) => mayMissName(file, snapshot, pkg),
  check: unknownNames,
});

export const goAsmWidth = codeCheck("go-asm-width", {
  concerns: (_text, file, snapshot, pkg) =>
    mayMoveOtherWidths(file, snapshot, pkg, selection(snapshot.world, file).targets),
  check: fieldWidths,
});

/** Whether the text has a name for go_asm.h that is not there on some target which selects the file. */
function mayMissName(file: AsmSource, snapshot: Snapshot, pkg: Package): boolean {
  if (file.asm.outline.includes.length === 0) return false;
  const { hasGoAsm, isComplete, texts } = includesOf(snapshot, pkg, file);
  if (!hasGoAsm || !isComplete) return false;
  const { targets } = selection(snapshot.world, file);
  const offsets = new Set(offsetNames(file).map(({ name }) => name));
  const names = new Set(texts.flatMap(underscoredNames));
  for (const name of names) {
    if (texts.some(({ outline }) => outline.defines.has(name)) || isPlainMacro(name)) continue;
    if (!offsets.has(name) && !isHeaderName(pkg, name)) continue;
    const found = headerNames(snapshot, pkg, name, targets);
    if (found.some(({ validOn, resolved, value }) => resolved && !value && !validOn.and(targets).isEmpty))
      return true;
  }
  return false;
}
