/** Takes away what vet says and the assembler refutes. It must not know why. */
import type { Finding } from "../finding.ts";

/**
 * Findings without those of vet that others among them refute, on the targets on which they do, and without
 * those that are there for that alone.
 */
export function withoutMisread(findings: readonly Finding[]): readonly Finding[] {
  const refuting = findings.filter(({ code }) => code === "asmdecl-misread");
  if (refuting.length === 0) return findings;
  return findings.flatMap((finding) => {
    if (finding.isIgnored) return [];
    if (finding.code !== "asmdecl") return finding;
    let { targets } = finding;
    for (const { line, listed, targets: refuted } of refuting)
      if (line === finding.line && listed === finding.message) targets = targets.andNot(refuted);
    return targets.isEmpty ? [] : { ...finding, targets };
  });
}
