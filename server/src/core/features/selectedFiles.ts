/** The files of a directory that one target builds, as go/build lists them. */
import { TargetSet } from "../model/targets/targetSet.ts";
import { selection } from "../workspace/selection.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

export interface SelectedFiles {
  /** Tests left out, cgo files too unless cgo is on. */
  readonly go: readonly string[];
  readonly assembly: readonly string[];
}

export function selectedFiles(snapshot: Snapshot, directory: string, target: number): SelectedFiles {
  const go: string[] = [];
  const assembly: string[] = [];
  for (const file of snapshot.directories.get(directory)?.files.values() ?? []) {
    const { kind, targets } = selection(snapshot.world, file);
    if (!targets.has(target)) continue;
    if (kind === "go") go.push(file.name);
    if (kind === "asm") assembly.push(file.name);
  }
  return { go: go.sort(), assembly: assembly.sort() };
}

/** The targets that build one file of a directory. */
export function selectingTargetsOf(snapshot: Snapshot, directory: string, file: string): TargetSet {
  const source = snapshot.directories.get(directory)?.files.get(file);
  return source ? selection(snapshot.world, source).targets : TargetSet.none(snapshot.world.targets.length);
}
