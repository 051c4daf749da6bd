/**
 * A package as the linker sees it: its Go declarations beside what its directory defines
 * and takes from others. What is asked of symbols is asked of one of these. It must not
 * know who asks.
 */
import { builtTargets, type Package } from "../model/go/packageScope.ts";
import type { TargetSet } from "../model/targets/targetSet.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { linksOf } from "./linkIndex.ts";
import { hasImportPath, type LinkTable } from "./linkTable.ts";

export interface LinkedPackage {
  readonly snapshot: Snapshot;
  readonly package: Package;
  readonly table: LinkTable;
  /** The targets on which the package has any Go file: nothing else of it is built elsewhere. */
  readonly targets: TargetSet;
  /** Whether other packages can name this one's symbols: a loose directory has no import path. */
  readonly isNamed: boolean;
}

/** Undefined where the package's directory is not in the snapshot. */
export function linkedPackage(snapshot: Snapshot, pkg: Package): LinkedPackage | undefined {
  const table = linksOf(snapshot).table(pkg.directory);
  return (
    table && {
      snapshot,
      package: pkg,
      table,
      targets: builtTargets(pkg, snapshot.world.targets.length),
      isNamed: hasImportPath(snapshot.world, pkg.directory),
    }
  );
}

/** The package with an import path, as this one sees it; undefined where that is not at hand. */
export function packageAt(
  { snapshot, table, package: own }: LinkedPackage,
  path: string,
): Package | undefined {
  if (path === table.path) return own;
  // Every command is called main, and none of them can be told apart.
  if (path === "main") return undefined;
  const found = snapshot.packageNamed(path, table.directory);
  return found === "unknown" ? undefined : found;
}
