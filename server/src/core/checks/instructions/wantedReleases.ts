/**
 * Which releases' assemblers have to know the instructions of a file: those of a module from the Go that its go.mod
 * asks for up to the Go at hand, those of a Go tree that tree's own.
 */
import { askedReleases } from "../../facts/instruction.ts";
import { memoByKey } from "../../base/memo.ts";
import { type BuildConfig, selectingTargets } from "../../model/targets/selectFile.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { treeOf } from "../../workspace/importPath.ts";
import { selection } from "../../workspace/selection.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import type { World } from "../../workspace/world.ts";

export interface WantedReleases {
  /** Minor numbers, both included. */
  readonly oldest: number;
  readonly newest: number;
}

/** undefined where the Go at hand is newer or older than every assembler that was asked. */
export function wantedReleases(world: World, directory: string): WantedReleases | undefined {
  const { release } = world.context;
  if (release > askedReleases.at(-1)! || release < askedReleases[0]!) return undefined;
  const tree = treeOf(world.trees, directory);
  const oldest = tree?.kind === "module" ? (tree.oldestGo ?? release) : release;
  return { oldest: Math.min(oldest, release), newest: release };
}

const configs = memoByKey((world: World, release: number): BuildConfig => ({
  targets: world.targets,
  context: { ...world.context, release },
}));

/** The targets on which a release builds the file: a constraint such as `go1.21` may leave some to newer ones. */
export function targetsOfRelease(world: World, file: AsmSource, release: number): TargetSet {
  if (release === world.context.release) return selection(world, file).targets;
  const { header } = selection(world, file);
  return selectingTargets(configs(world, release), {
    name: file.name,
    header,
    packageName: "",
    importsC: false,
  });
}
