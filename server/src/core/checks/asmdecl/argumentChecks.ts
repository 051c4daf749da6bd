/**
 * The checks of arguments and results that vet has no counterpart of. Their rules run with
 * vet's over the lines of a file, which costs little; what they find there is looked at again in
 * the code as each target assembles it, and only that counts.
 */
import type { Package } from "../../model/go/packageScope.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { Finding } from "../finding.ts";
import { assembledFindings } from "./asAssembled.ts";
import { lineFindings } from "./checkAsmdecl.ts";
import type { AsmProfile } from "./profile.ts";
import { mayHide } from "./readsAlike.ts";

export const checkArgumentWidth = argumentCheck("argument-width");
export const checkResultUnwritten = argumentCheck("result-unwritten");

const none: readonly never[] = [];

function argumentCheck(
  code: "argument-width" | "result-unwritten",
): (snapshot: Snapshot, pkg: Package, file: SourceFile, profile: AsmProfile) => readonly Finding[] {
  const answers = new WeakMap<readonly Finding[], readonly Finding[]>();
  return (snapshot, pkg, file, profile) => {
    if (file.kind !== "asm" || !file.text.includes("(FP)")) return none;
    const { suspicions } = lineFindings(snapshot, pkg, file, profile);
    if (suspicions.length === 0 && !mayHide(snapshot, pkg, file)) return none;
    const all = assembledFindings(snapshot, pkg, file, profile);
    let own = answers.get(all);
    if (!own) answers.set(all, (own = all.filter((finding) => finding.code === code)));
    return own;
  };
}
