/** How a set of targets is named in a message: nothing left out, and few words. */
import type { Target } from "./target.ts";
import type { TargetSet } from "./targetSet.ts";

/** A few names as they are; many by architecture: "amd64 (darwin, linux), arm64 (linux)". */
export function describeTargets(set: TargetSet, targets: readonly Target[]): string {
  const chosen = [...set].map((i) => targets[i]!);
  if (chosen.length === targets.length && chosen.length > 1) return `all ${chosen.length} targets`;
  if (chosen.length <= 4) return chosen.map(({ name }) => name).join(", ");
  const systems = new Map<string, string[]>();
  for (const { goos, goarch } of chosen) systems.set(goarch, [...(systems.get(goarch) ?? []), goos]);
  return [...systems]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([arch, names]) => `${arch} (${names.join(", ")})`)
    .join(", ");
}
