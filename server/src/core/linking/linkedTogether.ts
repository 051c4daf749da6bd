/**
 * On which targets two packages are part of one program: where one imports the other, or a third both, directly or
 * through others. Tests are left out, for nobody reads all of them. Few ask, so what is not read yet of the trees is
 * read for it. It must not know why somebody asks.
 */
import { memo } from "../base/memo.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { isTestName } from "../syntax/build/fileName.ts";
import { candidateDirectories } from "../workspace/importPath.ts";
import { selection } from "../workspace/selection.ts";
import type { Snapshot, SnapshotPart } from "../workspace/snapshot.ts";
import type { GoSource } from "../workspace/sourceFile.ts";
import { linksOf } from "./linkIndex.ts";

/** None where what is not known yet could tell; it is asked for. */
export function linkedTogether(snapshot: Snapshot, one: string, other: string): TargetSet {
  const { allTargets, targets } = snapshot.world;
  const none = TargetSet.none(targets.length);
  if (!linksOf(snapshot).isComplete()) return none;
  const importers = snapshot.part(importersPart)();
  const reaching = reachingFrom(importers, other, allTargets);
  let together = none;
  for (const [directory, on] of reachingFrom(importers, one, allTargets))
    together = together.or(on.and(reaching.get(directory) ?? none));
  return together;
}

/** By directory, the directories whose packages import the one there, and where. */
type Importers = ReadonlyMap<string, ReadonlyMap<string, TargetSet>>;

/** Made once for all symbols that are asked about, and anew where directories were read since. */
const importersPart: SnapshotPart<() => Importers> = {
  create(snapshot) {
    let importers: Importers | undefined;
    let size = 0;
    return () => {
      if (!importers || snapshot.directories.size !== size) importers = importersOf(snapshot);
      size = snapshot.directories.size;
      return importers;
    };
  },
};

function importersOf(snapshot: Snapshot): Importers {
  const { world, directories, outlying } = snapshot;
  const paths = new Set([...directories.keys(), ...(outlying?.keys() ?? [])]);
  const importers = new Map<string, Map<string, TargetSet>>();
  for (const from of paths) {
    const directory = snapshot.isKnown(from) ? directories.get(from) : undefined;
    for (const file of directory?.files.values() ?? []) {
      if (file.kind !== "go" || isTestName(file.name)) continue;
      const { targets } = selection(world, file);
      if (targets.isEmpty) continue;
      for (const path of importsOf(file)) {
        const to = candidateDirectories(world.trees, from, path).find((candidate) => paths.has(candidate));
        if (to === undefined) continue;
        const by = importers.get(to) ?? new Map<string, TargetSet>();
        by.set(from, by.get(from)?.or(targets) ?? targets);
        importers.set(to, by);
      }
    }
  }
  return importers;
}

/** By directory, the targets on which a package is linked with what is in `directory`, itself included. */
function reachingFrom(importers: Importers, directory: string, on: TargetSet): Map<string, TargetSet> {
  const reaching = new Map([[directory, on]]);
  const open: [string, TargetSet][] = [[directory, on]];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const [from, targets] of importers.get(next[0]) ?? []) {
      const known = reaching.get(from);
      const added = known ? next[1].and(targets).andNot(known) : next[1].and(targets);
      if (added.isEmpty) continue;
      reaching.set(from, known?.or(added) ?? added);
      open.push([from, added]);
    }
  }
  return reaching;
}

/** The import paths of a file; what imports C has the runtime's part of cgo with it. */
const importsOf = memo((file: GoSource): readonly string[] => {
  const paths = new Set(file.go.summary.imports.map(({ path }) => (path === "C" ? "runtime/cgo" : path)));
  return [...paths];
});
