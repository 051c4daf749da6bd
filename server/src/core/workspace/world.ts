/**
 * What a workspace holds fixed: the trees, the targets with their build
 * contexts, and whose vet is followed. Everything derived from files is derived
 * for one world.
 */
import { arches } from "../facts/arch.ts";
import type { ProgramOptions } from "../model/go/program.ts";
import type { BuildConfig } from "../model/targets/selectFile.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import type { Sizes } from "../model/go/type.ts";
import type { Tree } from "./importPath.ts";

export interface World extends BuildConfig {
  readonly trees: readonly Tree[];
  readonly options: ProgramOptions;
  /** Sizes on each target, same index. */
  readonly sizes: readonly Sizes[];
  /** For each target, those with the same sizes and byte order. */
  readonly sameSizes: readonly TargetSet[];
  readonly allTargets: TargetSet;
}

export function createWorld(
  trees: readonly Tree[],
  { targets, context }: BuildConfig,
  options: ProgramOptions,
): World {
  const targetArches = targets.map((target) => arches[target.goarch]);
  const sizes = targetArches.map(({ wordSize, maxAlign }) => ({
    wordSize,
    maxAlign,
    rules: options.sizeRules,
  }));
  const classes = targetArches.map(
    ({ wordSize, maxAlign, bigEndian }) => `${wordSize} ${maxAlign} ${bigEndian}`,
  );
  const sets = new Map<string, TargetSet>();
  for (const name of classes)
    sets.set(
      name,
      TargetSet.where(targets.length, (i) => classes[i] === name),
    );
  const sameSizes = classes.map((name) => sets.get(name)!);
  return { trees, targets, context, options, sizes, sameSizes, allTargets: TargetSet.all(targets.length) };
}
