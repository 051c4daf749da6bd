/**
 * How findings read where they are shown to people: what they say, on which
 * targets, and what is the same of several architectures said once.
 */
import type { Finding } from "../checks/finding.ts";
import { targetNames, targetNamesAmong } from "../model/targets/targetNames.ts";

/** Where a finding of a file holds, of the targets that build the file: "on linux/386, of 3 targets that build the file". */
export function onTargets(targets: readonly string[], building: readonly string[]): string {
  if (targets.length < building.length)
    return `on ${targetNamesAmong(targets, building)}, of ${building.length} targets that build the file`;
  // What is said of a whole package may be said in a file that no target builds.
  const built = targets.length > building.length ? "package" : "file";
  if (targets.length > 12) return `on all ${targets.length} targets that build the ${built}`;
  return `on ${targetNames(targets)}`;
}

/**
 * Findings that differ in nothing but the architecture that vet's words begin with are one, which names them all:
 * "[ppc64, ppc64le] add: …". It stands where the first of them stood.
 */
export function joinArches(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, { readonly arches: string[]; readonly rest: string; finding: Finding }>();
  for (const [i, finding] of findings.entries()) {
    const [, arch = "", rest = ""] = /^\[(\w+)\] (.*)$/s.exec(finding.message) ?? [];
    const { code, severity, directory, file, span, fix, related } = finding;
    const key =
      arch === "" ? String(i) : JSON.stringify([code, severity, directory, file, span, rest, fix, related]);
    const group = groups.get(key);
    if (!group) groups.set(key, { arches: [arch], rest, finding });
    else {
      if (!group.arches.includes(arch)) group.arches.push(arch);
      group.finding = { ...group.finding, targets: group.finding.targets.or(finding.targets) };
    }
  }
  return [...groups.values()].map(({ arches, rest, finding }) =>
    arches.length > 1 ? { ...finding, message: `[${arches.join(", ")}] ${rest}` } : finding,
  );
}
