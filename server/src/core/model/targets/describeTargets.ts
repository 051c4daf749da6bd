/** How a set of targets is named in a message, which must not grow longer than a reader likes. */
import type { Target } from "./target.ts";
import type { TargetSet } from "./targetSet.ts";

/** The names of a few; how many there are of more, as whoever shows the message has the list. */
export function describeTargets(set: TargetSet, targets: readonly Target[]): string {
  const chosen = [...set].map((i) => targets[i]!.name);
  if (chosen.length === targets.length && chosen.length > 1) return `all ${chosen.length} targets`;
  return chosen.length > 6 ? `${chosen.length} targets` : chosen.join(", ");
}
