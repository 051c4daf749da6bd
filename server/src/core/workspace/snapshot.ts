/**
 * A state of the workspace: its directories, and the packages made of them. What it
 * knows never changes; where the host reads at once, it comes to know further
 * directories. Packages are made when first asked for and handed on from snapshot to
 * snapshot as long as neither their own declarations nor those of any package
 * they looked into have changed.
 */
import type { Program } from "../model/go/program.ts";
import { createPackage, type Package, type PackageFile } from "../model/go/packageScope.ts";
import type { View } from "../model/go/view.ts";
import { createView } from "../model/go/createView.ts";
import { candidateDirectories, importPathOf } from "./importPath.ts";
import { type IncludedFile, readIncluded } from "./includedFile.ts";
import { selection } from "./selection.ts";
import type { GoSource, SourceFile } from "./sourceFile.ts";
import type { World } from "./world.ts";

/** The source files of one directory, by name. */
export interface Directory {
  readonly path: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Names of files that are there and could not be read: what the directory lacks without them, nobody can say. */
  readonly unreadable: ReadonlySet<string>;
}

export interface Snapshot {
  readonly world: World;
  /** What is known of each directory; a value of undefined says that there is none. */
  readonly directories: ReadonlyMap<string, Directory | undefined>;
  readonly program: Program;
  /**
   * Directories that imports led to and that nothing is known of yet. Grows as packages are looked into;
   * where the host reads them at once, it stays empty, and `directories` grows instead.
   */
  readonly unresolved: ReadonlySet<string>;
  /** How often something was asked for that is not known yet: an answer during which this grew may be lacking. */
  readonly missCount: number;
  /** A file whose text is known, also where its directory is known only by what it links. */
  file(directory: string, name: string): SourceFile | undefined;
  /** The package in a directory; undefined where no Go file is known there. */
  package(directory: string): Package | undefined;
  /** How the target with this index reads the program. */
  view(target: number): View;
  /** Of each directory that is not known as a whole, what it links (`Change.outlying`); undefined until that was read. */
  readonly outlying: ReadonlyMap<string, Directory> | undefined;
  /** Whether anything is known of a directory, if only that there is none. What is not known yet is asked for. */
  isKnown(path: string): boolean;
  /** A layer's own value for this snapshot: made when first asked for, and from then on for every successor. */
  part<T>(part: SnapshotPart<T>): T;
  /** The package that an import path means in a directory: "unknown" where no such directory is at hand, or not yet. */
  packageNamed(path: string, from: string): Package | "unknown";
  /** The file that an `#include` in a directory's assembly means; undefined where it is not at hand, or not yet. */
  included(directory: string, path: string): IncludedFile | undefined;
}

/** What a layer above keeps with snapshots; each object is a part of its own. */
export interface SnapshotPart<T> {
  /** `previous` is that of the snapshot before; undefined in the first that was asked. */
  create(snapshot: Snapshot, previous: T | undefined): T;
}

/** What a snapshot hands on to the next. */
interface State extends Snapshot {
  readonly packages: Map<string, Package | undefined>;
  /** For each directory, the directories its package looked into, or would have. */
  readonly lookedInto: Map<string, Set<string>>;
  /** Packages whose own files alone have changed: their successors take over what the change left alone. */
  readonly reusable: Map<string, Package>;
  readonly parts: Map<SnapshotPart<unknown>, unknown>;
}

/** What a snapshot is made from, beside what the previous one hands on. */
export interface SnapshotInput {
  readonly directories: Map<string, Directory | undefined>;
  /** The directories that are known only by what they link. */
  readonly outlying: ReadonlyMap<string, Directory> | undefined;
  /** Reads a directory that nothing is known of; undefined where the host cannot read while it is being asked. */
  readonly read: ((path: string) => Directory | undefined) | undefined;
}

export function createSnapshot(
  world: World,
  { directories, outlying, read }: SnapshotInput,
  previous: Snapshot | undefined,
): Snapshot {
  const old = previous as State | undefined;
  const packages = new Map<string, Package | undefined>();
  const lookedInto = new Map<string, Set<string>>();
  const reusable = new Map<string, Package>();
  if (old) {
    const stale = staleDirectories(old, directories);
    for (const [path, pkg] of old.packages) if (!stale.has(path)) packages.set(path, pkg);
    for (const path of new Set([...old.reusable.keys(), ...stale])) {
      const kept = old.packages.get(path) ?? old.reusable.get(path);
      const readsStale = [...(old.lookedInto.get(path) ?? [])].some((other) => stale.has(other));
      if (kept && !packages.has(path) && !readsStale) reusable.set(path, kept);
    }
    for (const [path, into] of old.lookedInto)
      if (!stale.has(path) || reusable.has(path)) lookedInto.set(path, into);
  }
  const unresolved = new Set<string>();
  for (const into of lookedInto.values())
    for (const path of into) if (!directories.has(path)) unresolved.add(path);

  let missCount = 0;
  /** Whether anything is known of a directory, if only that there is none; what nobody can tell yet is unresolved. */
  const isKnown = (path: string): boolean => {
    if (directories.has(path)) return true;
    if (read) {
      directories.set(path, read(path));
      return true;
    }
    unresolved.add(path);
    missCount++;
    return false;
  };

  const openPackage = (path: string): Package | undefined => {
    if (packages.has(path) || !directories.has(path)) return packages.get(path);
    const directory = directories.get(path);
    const files = directory ? packageFiles(world, directory) : [];
    const importPath = importPathOf(world.trees, path);
    const made = files.length > 0 ? createPackage(importPath, path, files, reusable.get(path)) : undefined;
    reusable.delete(path);
    packages.set(path, made);
    return made;
  };

  const importPackage = (importer: Package, path: string): Package | undefined => {
    let into = lookedInto.get(importer.directory);
    if (!into) lookedInto.set(importer.directory, (into = new Set()));
    for (const candidate of candidateDirectories(world.trees, importer.directory, path)) {
      into.add(candidate);
      if (!isKnown(candidate)) return undefined;
      const pkg = openPackage(candidate);
      if (pkg) return pkg;
    }
    return undefined;
  };

  const packageNamed = (path: string, from: string): Package | "unknown" => {
    for (const candidate of candidateDirectories(world.trees, from, path)) {
      if (!isKnown(candidate)) return "unknown";
      const pkg = openPackage(candidate);
      if (pkg) return pkg;
    }
    return "unknown";
  };

  const included = (directory: string, path: string): IncludedFile | undefined =>
    readIncluded(world, directory, path, (from, name) => {
      const file = isKnown(from) ? directories.get(from)?.files.get(name) : undefined;
      return file && "asm" in file ? { directory: from, file: name, text: file.asm } : undefined;
    });

  const { targets, options, sizes, sameSizes, allTargets } = world;
  const program: Program = {
    targets,
    options,
    sizes,
    sameSizes,
    allTargets,
    importPackage,
    isWaiting: () => unresolved.size > 0,
  };
  const views: View[] = [];
  const parts = new Map<SnapshotPart<unknown>, unknown>();
  const state: State = {
    world,
    directories,
    program,
    unresolved,
    get missCount() {
      return missCount;
    },
    packages,
    lookedInto,
    reusable,
    file: (path, name) => (directories.get(path) ?? outlying?.get(path))?.files.get(name),
    package: openPackage,
    view: (target) => (views[target] ??= createView(program, target)),
    outlying,
    isKnown,
    parts,
    part<T>(part: SnapshotPart<T>): T {
      if (!parts.has(part)) parts.set(part, part.create(state, undefined));
      return parts.get(part) as T;
    },
    packageNamed,
    included,
  };
  for (const [part, before] of old?.parts ?? []) parts.set(part, part.create(state, before));
  return state;
}

/** The directories whose packages cannot be handed on: changed ones, and all that looked into one of them. */
function staleDirectories(old: State, directories: ReadonlyMap<string, Directory | undefined>): Set<string> {
  const stale = new Set<string>();
  for (const [path, directory] of directories) {
    const before = old.directories.get(path);
    // A directory nothing was known of is new to all: nobody remembers anything of it.
    if (directory === before || !old.directories.has(path)) continue;
    if (directory && before && samePackageFiles(old.world, before, directory)) continue;
    stale.add(path);
  }
  for (let grown = true; grown;) {
    grown = false;
    for (const [path, into] of old.lookedInto) {
      if (stale.has(path) || ![...into].some((other) => stale.has(other))) continue;
      stale.add(path);
      grown = true;
    }
  }
  return stale;
}

function samePackageFiles(world: World, before: Directory, after: Directory): boolean {
  const [a, b] = [packageFiles(world, before), packageFiles(world, after)];
  return a.length === b.length && a.every((file, i) => samePackageFile(file, b[i]!));
}

function samePackageFile(a: PackageFile, b: PackageFile): boolean {
  return a.name === b.name && a.summary === b.summary && a.isTest === b.isTest && a.targets.equals(b.targets);
}

const directoryFiles = new WeakMap<Directory, PackageFile[]>();

/** The Go files of a directory that take part in its package on some target. */
function packageFiles(world: World, directory: Directory): PackageFile[] {
  let files = directoryFiles.get(directory);
  if (!files) {
    const named = namedPackage(directory);
    files = [...directory.files.values()].flatMap((file) => {
      if (file.kind !== "go") return [];
      const { kind, targets } = selection(world, file, named);
      const takesPart = kind === "go" || kind === "cgo" || kind === "test";
      if (!takesPart || targets.isEmpty) return [];
      return [{ name: file.name, summary: file.go.summary, targets, isTest: kind === "test" }];
    });
    directoryFiles.set(directory, files);
  }
  return files;
}

/** The package name in the directory's first file that is no test; first by name, as files come in any order. */
function namedPackage(directory: Directory): string {
  let first: GoSource | undefined;
  for (const file of directory.files.values()) {
    if (file.kind !== "go" || file.name.endsWith("_test.go")) continue;
    if (!first || file.name < first.name) first = file;
  }
  return first?.packageName ?? "";
}
