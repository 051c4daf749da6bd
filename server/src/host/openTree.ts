/**
 * Says what kind of tree a directory belongs to (a GOROOT, a module, a GOPATH or
 * none), which other trees its packages import from, and for which release and
 * targets it is to be read.
 */
import {
  type Era,
  eraOf,
  type GoTree,
  type GoTreeFile,
  goTreeFiles,
  type ModuleTree,
  newestRelease,
  parseGoMod,
  parseGoWork,
  parseTarget,
  readGoTree,
  relative,
  releaseOf,
  type Target,
  targetsOf,
  type Tree,
} from "../core/index.ts";
import { type FileTask, listEntries, noting, readText, type Unreadable } from "./fileTask.ts";

/** Where Go keeps things on this machine, as far as it is known. */
export interface GoLocations {
  /** Directories that may be a GOROOT, likeliest first. */
  readonly goroots: readonly string[];
  /** Why each of them may be one, for people. */
  readonly reasons?: ReadonlyMap<string, string>;
  readonly gopaths: readonly string[];
  /** The module cache; undefined where there is none. */
  readonly moduleCache: string | undefined;
}

export interface OpenedTree {
  /** The directory everything is read from: of the whole tree, not of one package. */
  readonly root: string;
  /** Directory that file names are printed relative to: `src` in a GOROOT, else the root. */
  readonly base: string;
  /** The tree itself first. */
  readonly trees: readonly Tree[];
  readonly targets: readonly Target[];
  /** Minor number of the Go release that selects files. */
  readonly release: number;
  /** The experiments that are on by default, where the tree says. */
  readonly baseline: GoTree["baseline"];
  /** Minor number of the release whose vet is followed: that of the Go at hand, newer where a module asks for it. */
  readonly vetRelease: number;
  /** The directory of package runtime; undefined where no Go is found. */
  readonly runtime: string | undefined;
  /** Of the Go that is found. */
  readonly era: Era;
  /** What would have said more of the trees. */
  readonly unreadable: readonly Unreadable[];
}

/** Opens the innermost tree that holds `directory`; with `asRoot`, nothing above it is looked at. */
export function* openTree(
  directory: string,
  places: GoLocations,
  options: { readonly asRoot: boolean },
): FileTask<OpenedTree> {
  const unreadable: Unreadable[] = [];
  const opened = yield* noting(openReadable(directory, places, options), unreadable);
  return { ...opened, unreadable };
}

/** What can be said of a tree from what can be read. */
type Readable = Omit<OpenedTree, "unreadable">;

function* openReadable(
  directory: string,
  places: GoLocations,
  options: { readonly asRoot: boolean },
): FileTask<Readable> {
  for (const at of options.asRoot ? [directory] : upwards(directory)) {
    // The `src` of a GOROOT means the GOROOT, also where nothing above is looked at.
    const above = at.endsWith("/src") ? yield* openGoroot(at.slice(0, -4)) : undefined;
    const goroot = above ?? (yield* openGoroot(at));
    if (goroot) return goroot;
    const gopath = places.gopaths.find((path) => relative(`${path}/src`, at) !== undefined);
    const module = yield* openModule(at, places);
    if (module) {
      const workspace = yield* openGoWork(at, places);
      return yield* withGoroot(
        at,
        [module, ...workspace.filter((tree) => tree.directory !== at)],
        module.oldestGo,
        places,
      );
    }
    if (gopath !== undefined)
      return yield* withGoroot(directory, [{ kind: "gopath", directory: gopath }], undefined, places);
  }
  const workspace = yield* openGoWork(directory, places);
  const entries = (yield* listEntries(directory)) ?? [];
  const isGopath = options.asRoot && entries.some(({ name, kind }) => name === "src" && kind !== "file");
  const own: Tree = { kind: isGopath ? "gopath" : "plain", directory };
  return yield* withGoroot(directory, [own, ...workspace], undefined, places);
}

/** The trees of modules in these directories, those without a readable go.mod left out. */
export function* openModules(directories: readonly string[], places: GoLocations): FileTask<ModuleTree[]> {
  const trees: ModuleTree[] = [];
  for (const directory of directories) {
    const module = yield* openModule(directory, places);
    if (module) trees.push(module);
  }
  return trees;
}

function* openGoroot(directory: string): FileTask<Readable | undefined> {
  // Up to Go 1.3 packages lay in src/pkg.
  const [modern, old, source] = yield [
    { kind: "list", path: `${directory}/src/runtime` },
    { kind: "list", path: `${directory}/src/pkg/runtime` },
    { kind: "list", path: `${directory}/src` },
  ];
  if (modern?.kind !== "entries" && old?.kind !== "entries") return undefined;
  const texts: Partial<Record<GoTreeFile, string>> = {};
  for (const file of goTreeFiles) {
    const text = yield* readText(`${directory}/${file}`);
    if (text !== undefined) texts[file] = text;
  }
  const hasBuildScript =
    source?.kind === "entries" && source.entries.some(({ name }) => name === "make.bash");
  if (texts.VERSION === undefined && !hasBuildScript) return undefined;
  const base = modern?.kind === "entries" ? `${directory}/src` : `${directory}/src/pkg`;
  const names = (list: typeof modern) =>
    list?.kind === "entries" ? list.entries.map(({ name }) => name) : [];
  const runtimeNames = names(modern?.kind === "entries" ? modern : old);
  if (!runtimeNames.some((name) => name.endsWith(".go")))
    runtimeNames.push(...(yield* nestedNames(`${base}/runtime`, 2)));
  const sourceNames = names(source);
  // From 2009 on packages lay in src/pkg, the runtime at first beside it.
  const src = sourceNames.includes("pkg") && !sourceNames.includes("fmt") ? `${directory}/src/pkg` : base;
  const tree = readGoTree(texts, runtimeNames);
  const release = tree.release ?? newestRelease;
  const targets = tree.ports.flatMap(({ name }) => parseTarget(name) ?? []);
  const trees = [{ kind: "goroot", directory, src }] as const;
  return {
    root: directory,
    base,
    trees,
    targets,
    release,
    baseline: tree.baseline,
    vetRelease: release,
    runtime: `${base}/runtime`,
    era: eraOf({ src: sourceNames, runtime: runtimeNames }),
  };
}

/** The names of what lies in the directories below one, down to `depth` of them: `darwin/amd64/rt0.s`. */
function* nestedNames(directory: string, depth: number): FileTask<string[]> {
  const names: string[] = [];
  if (depth === 0) return names;
  for (const { name, kind } of (yield* listEntries(directory)) ?? []) {
    if (kind !== "directory") continue;
    const inner = (yield* listEntries(`${directory}/${name}`)) ?? [];
    names.push(...inner.map((entry) => `${name}/${entry.name}`));
    names.push(...(yield* nestedNames(`${directory}/${name}`, depth - 1)).map((path) => `${name}/${path}`));
  }
  return names;
}

function* openModule(directory: string, places: GoLocations): FileTask<ModuleTree | undefined> {
  const text = yield* readText(`${directory}/go.mod`);
  if (text === undefined) return undefined;
  const mod = parseGoMod(text);
  // The go.mod files inside a GOROOT say less than the GOROOT around them.
  if (mod.module === "std" || mod.module === "cmd") return undefined;
  const dependencies = mod.require.flatMap(({ path, version }) => {
    const replaced = mod.replace.find((r) => r.path === path && (r.version === "" || r.version === version));
    const [newPath, newVersion] = replaced ? [replaced.newPath, replaced.newVersion] : [path, version];
    if (newVersion === "") return [{ path, directory: resolvePath(directory, newPath) }];
    if (places.moduleCache === undefined) return [];
    return [
      { path, directory: `${places.moduleCache}/${escapeModule(newPath)}@${escapeModule(newVersion)}` },
    ];
  });
  return { kind: "module", directory, path: mod.module, oldestGo: releaseOf(`go${mod.go}`), dependencies };
}

/** The modules of the go.work file above `directory`, if there is one. */
function* openGoWork(directory: string, places: GoLocations): FileTask<ModuleTree[]> {
  for (const at of upwards(directory)) {
    const text = yield* readText(`${at}/go.work`);
    if (text === undefined) continue;
    return yield* openModules(
      parseGoWork(text).use.map(({ path }) => resolvePath(at, path)),
      places,
    );
  }
  return [];
}

/** Adds the first GOROOT there is, for the standard library, and takes release and targets from it. */
function* withGoroot(
  root: string,
  trees: readonly Tree[],
  oldestGo: number | undefined,
  places: GoLocations,
): FileTask<Readable> {
  const own = { root, base: root };
  // A go line names the oldest Go that will do: it asks for a newer vet than the toolchain's, never for an older one.
  const vetFrom = (release: number) => Math.max(oldestGo ?? 0, release);
  for (const candidate of places.goroots) {
    const goroot = yield* openGoroot(candidate);
    if (!goroot) continue;
    return {
      ...goroot,
      ...own,
      trees: [...trees, ...goroot.trees],
      vetRelease: vetFrom(goroot.release),
    };
  }
  const vetRelease = vetFrom(newestRelease);
  return {
    ...own,
    trees,
    targets: targetsOf(),
    release: newestRelease,
    baseline: undefined,
    vetRelease,
    runtime: undefined,
    era: "today",
  };
}

/** `directory` and each directory above it, innermost first. */
function upwards(directory: string): string[] {
  const list = [directory];
  for (let at = directory; at.lastIndexOf("/") > 0; list.push(at)) at = at.slice(0, at.lastIndexOf("/"));
  return list;
}

/** `path` from `base`, "." and ".." taken away. */
export function resolvePath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/") || "/";
}

/** Upper-case letters are written "!x" in the module cache (golang.org/x/mod/module, EscapePath). */
function escapeModule(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => "!" + letter.toLowerCase());
}
