/**
 * The checks of arguments and results that vet has no counterpart of. Their rules run with
 * vet's over the lines of a file, which costs little; what they find there is looked at again in
 * the code as each target assembles it, and only that counts.
 */
import type { About, Check, FileCheck } from "../check.ts";
import type { Finding } from "../finding.ts";
import { assembledFindings } from "./assembledFindings.ts";
import { lineFindings } from "./lineFindings.ts";
import { mayHide } from "./mayHide.ts";

const none: readonly never[] = [];

/** A check of arguments or results: of all that is found in the code as assembled, what goes under its code. */
export function argumentCheck<Code extends "argument-width" | "result-unwritten">(
  about: About<Code>,
): Check<Code> {
  const answers = new WeakMap<readonly Finding[], readonly Finding[]>();
  const { code, severity } = about;
  const run: FileCheck = (snapshot, pkg, file, profile) => {
    if (file.kind !== "asm") return none;
    const { suspicions } = lineFindings(snapshot, pkg, file, profile);
    if (suspicions.length === 0 && !mayHide(snapshot, pkg, file)) return none;
    const all = assembledFindings(snapshot, pkg, file, profile);
    let own = answers.get(all);
    if (!own) {
      own = all.flatMap((finding) =>
        finding.code === code
          ? [{ ...finding, severity: finding.severity === "hint" ? finding.severity : severity }]
          : [],
      );
      answers.set(all, own);
    }
    return own;
  };
  return { ...about, run };
}
