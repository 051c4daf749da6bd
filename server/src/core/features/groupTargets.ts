/** Targets for which the same is to be said, together. */
import type { Target } from "../model/targets/target.ts";
import { targetNames } from "../model/targets/targetNames.ts";

export interface Group<T> {
  readonly value: T;
  /** Indexes. */
  readonly targets: readonly number[];
}

/** In the order of the first target of each; targets without an answer are left out. */
export function groupTargets<T>(
  targets: readonly number[],
  answer: (target: number) => T | undefined,
  keyOf: (value: T) => unknown,
): Group<T>[] {
  const groups = new Map<unknown, { value: T; targets: number[] }>();
  for (const target of targets) {
    const value = answer(target);
    if (value === undefined) continue;
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.targets.push(target);
    else groups.set(key, { value, targets: [target] });
  }
  return [...groups.values()];
}

/** "linux/amd64, linux/386", or by architecture where they are many. */
export function groupNames({ targets }: Pick<Group<unknown>, "targets">, all: readonly Target[]): string {
  return targetNames(targets.map((i) => all[i]!.name));
}
