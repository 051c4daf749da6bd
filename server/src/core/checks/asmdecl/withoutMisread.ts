/** Takes away what vet says and the assembler refutes. It must not know why. */
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { Finding } from "../finding.ts";

/**
 * Findings without those of vet that others among them refute, on the targets on which they do, and without
 * those that are there for that alone.
 */
export function withoutMisread(findings: readonly Finding[]): readonly Finding[] {
  const refuted = new Map<string, TargetSet>();
  for (const { code, line, listed, targets } of findings) {
    if (code !== "asmdecl-misread") continue;
    const key = `${line} ${listed}`;
    refuted.set(key, refuted.get(key)?.or(targets) ?? targets);
  }
  if (refuted.size === 0) return findings;
  return findings.flatMap((finding) => {
    if (finding.isIgnored) return [];
    if (finding.code !== "asmdecl") return finding;
    const without = refuted.get(`${finding.line} ${finding.message}`);
    const targets = without ? finding.targets.andNot(without) : finding.targets;
    return targets.isEmpty ? [] : { ...finding, targets };
  });
}
