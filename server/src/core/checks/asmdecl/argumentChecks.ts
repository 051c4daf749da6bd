/**
 * The checks of arguments and results that vet has no counterpart of. They read lines as
 * vet's rules do, which costs little, and what they find there is looked at again in
 * the code as each target assembles it: only that counts.
 */
import type { Package } from "../../model/packageScope.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource, SourceFile } from "../../workspace/sourceFile.ts";
import { codeCheck } from "../codeCheck.ts";
import type { Finding } from "../finding.ts";
import type { CheckCode } from "../registry.ts";
import { argumentWidth } from "./argumentWidth.ts";
import { findAsAssembled } from "./asAssembled.ts";
import { linesCheck } from "./checkAsmdecl.ts";
import type { AsmProfile } from "./profile.ts";
import { hasConditionalArguments, readsAlike } from "./readsAlike.ts";
import { resultUnwritten } from "./resultUnwritten.ts";
import type { BlockRule } from "./rule.ts";

export const checkArgumentWidth = argumentCheck("argument-width", [argumentWidth]);
export const checkResultUnwritten = argumentCheck("result-unwritten", [resultUnwritten]);

const none: readonly never[] = [];

function argumentCheck(
  code: CheckCode,
  rules: readonly BlockRule[],
): (snapshot: Snapshot, pkg: Package, file: SourceFile, profile: AsmProfile) => readonly Finding[] {
  const inLines = linesCheck(code, rules);
  const assembled = codeCheck(code, {
    concerns: () => true,
    check: (input) => findAsAssembled(input, rules),
  });
  return (snapshot, pkg, file, profile) => {
    if (file.kind !== "asm" || !file.text.includes("(FP)")) return none;
    const isSuspect = saysOtherwise(snapshot, pkg, file) || inLines(snapshot, pkg, file, profile).length > 0;
    return isSuspect ? assembled(snapshot, pkg, file, profile) : none;
  };
}

/** Whether the lines may hide what the assembler sees. */
function saysOtherwise(snapshot: Snapshot, pkg: Package, file: AsmSource): boolean {
  const include = (path: string) => snapshot.included(pkg.directory, path)?.text;
  return hasConditionalArguments(file.text) || !readsAlike(file.asm, include);
}
