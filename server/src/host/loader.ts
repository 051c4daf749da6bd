/**
 * Finds trees and packages and reads directories, as file tasks. What an import
 * path or a build tag means is the core's business; the loader only knows where
 * files tend to lie.
 */
import {
  type Change,
  type DirectoryFile,
  isCName,
  isHeaderName,
  isObjectName,
  isSourceName,
  linkingMarks,
} from "../core/index.ts";
import {
  type Entry,
  type FileAnswer,
  type FileTask,
  noting,
  type ReadRequest,
  type Unreadable,
} from "./fileTask.ts";

export interface Loaded {
  readonly change: Change;
  readonly unreadable: readonly Unreadable[];
}

/** Reads the source files of these directories and what assembly there may include; a directory that does not exist is reported as such in the change. */
export function* readDirectories(paths: readonly string[]): FileTask<Loaded> {
  const unreadable: Unreadable[] = [];
  const directories = yield* noting(readAll(paths), unreadable);
  return { change: { directories }, unreadable };
}

function* readAll(paths: readonly string[]): FileTask<Map<string, DirectoryFile[] | undefined>> {
  const directories = new Map<string, DirectoryFile[] | undefined>();
  const listings = yield paths.map((path) => ({ kind: "list", path }) as const);
  for (const [i, path] of paths.entries()) {
    const listing = listings[i]!;
    if (listing.kind !== "entries") {
      directories.set(path, undefined);
      continue;
    }
    const objects = listing.entries.filter(({ kind, name }) => kind === "file" && isObjectName(name));
    const names = listing.entries.filter(isFileToRead).map(({ name }) => name);
    const answers = yield names.map((name) => ({ kind: "read", path: `${path}/${name}` }) as const);
    directories.set(path, [
      ...names.flatMap((name, k) => fileOf(name, answers[k]!)),
      ...objects.map(({ name }) => ({ name, text: "" })),
    ]);
  }
  return directories;
}

/** Go passes over names that begin with a dot; editors mark a file they have open by a link of such a name that leads nowhere. */
function isFileToRead({ kind, name }: Entry): boolean {
  return (
    kind === "file" && !name.startsWith(".") && (isSourceName(name) || isHeaderName(name) || isCName(name))
  );
}

function fileOf(name: string, answer: FileAnswer): DirectoryFile[] {
  if (answer.kind === "text") return [{ name, text: answer.text }];
  return answer.kind === "failed" ? [{ name, isUnreadable: true }] : [];
}

/** By directory, the files that may concern the linker. */
export type Outlying = ReadonlyMap<string, readonly DirectoryFile[]>;

/** What another thread has read of them. */
export interface ReadAhead {
  readonly outlying: Outlying;
  readonly unreadable: readonly Unreadable[];
}

/**
 * Reads what else of these trees may concern the linker: of every directory that is not `known`, the
 * assembly and the Go files that name symbols of other packages. Tests are left out.
 */
export function* readOutlying(
  roots: readonly string[],
  known: (directory: string) => boolean,
): FileTask<Outlying> {
  const outlying = new Map<string, readonly DirectoryFile[]>();
  for (const root of roots) {
    const { sources } = yield* walkTree(root);
    for (const [path, names] of sources) {
      if (!known(path) && !outlying.has(path)) outlying.set(path, yield* readLinking(path, names));
    }
  }
  return outlying;
}

function* readLinking(path: string, sources: readonly string[]): FileTask<readonly DirectoryFile[]> {
  const names = sources.filter((name) => !name.endsWith("_test.go"));
  const answers = yield names.map((name): ReadRequest => {
    const request = { kind: "read", path: `${path}/${name}` } as const;
    return name.endsWith(".go") ? { ...request, holding: linkingMarks } : request;
  });
  return answers.flatMap((answer, i) => fileOf(names[i]!, answer)).filter(isOfUse);
}

function isOfUse(file: DirectoryFile): boolean {
  return (
    !("text" in file) || !file.name.endsWith(".go") || linkingMarks.some((mark) => file.text.includes(mark))
  );
}

export interface SourceTree {
  /** By directory, in the order of their paths, the names of Go files, assembly and headers; those without a source file are left out. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** Directories that hold assembly, in the order of their paths. */
  readonly assembly: readonly string[];
  /** Directories with a go.mod. */
  readonly modules: readonly string[];
  /** Directories that exist and could not be listed. */
  readonly unreadable: Loaded["unreadable"];
}

/**
 * Walks everything below `root`. As in the go command, `testdata` and names that
 * begin with "." or "_" are left out, below the root itself.
 */
export function* walkTree(root: string): FileTask<SourceTree> {
  const sources = new Map<string, readonly string[]>();
  const assembly: string[] = [];
  const modules: string[] = [];
  const unreadable: Unreadable[] = [];
  let level = [root];
  while (level.length > 0) {
    const listings = yield level.map((path) => ({ kind: "list", path }) as const);
    const next: string[] = [];
    for (const [i, path] of level.entries()) {
      const listing = listings[i]!;
      if (listing.kind === "failed") unreadable.push({ path, reason: listing.reason });
      if (listing.kind !== "entries") continue;
      const names: string[] = [];
      for (const { name, kind } of listing.entries) {
        if (kind === "directory" && isPackageDirectory(name)) next.push(`${path}/${name}`);
        if (kind !== "file") continue;
        if (isSourceName(name) || isHeaderName(name)) names.push(name);
        if (name === "go.mod") modules.push(path);
      }
      if (names.some(isSourceName)) sources.set(path, names);
      if (names.some((name) => name.endsWith(".s"))) assembly.push(path);
    }
    level = next;
  }
  const inOrder = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  return { sources: new Map(inOrder), assembly: assembly.sort(), modules: modules.sort(), unreadable };
}

function isPackageDirectory(name: string): boolean {
  return name !== "testdata" && name !== "node_modules" && !name.startsWith(".") && !name.startsWith("_");
}
