/** Which target an answer about a file speaks of first: one rule for hovers, definitions and lenses. */
import { kernelOf } from "../oslayer/system.ts";
import { selection } from "../workspace/selection.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { Target } from "../model/targets/target.ts";

/**
 * Indexes of the targets that build a file, the usual one first: linux/amd64, and a system before those that have
 * its kernel, as linux before android. Never empty.
 */
export function targetsOfFile({ world }: Snapshot, source: SourceFile): number[] {
  const selected = [...selection(world, source).targets];
  // A header, or a file that nobody builds, may belong to any target.
  const targets = selected.length > 0 ? selected : [...world.targets.keys()];
  return targets.toSorted((a, b) => rank(world.targets[a]!) - rank(world.targets[b]!));
}

function rank({ name, goos }: Target): number {
  if (name === "linux/amd64") return 0;
  return kernelOf(goos) === goos ? 1 : 2;
}
