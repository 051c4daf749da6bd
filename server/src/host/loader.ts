/**
 * Finds trees and packages and reads directories, as file tasks. What an import
 * path or a build tag means is the core's business; the loader only knows where
 * files tend to lie.
 */
import {
  type Change,
  type FileText,
  isCName,
  isHeaderName,
  isSourceName,
  linkingMarks,
} from "../core/index.ts";
import type { FileTask, ReadRequest } from "./fileTask.ts";

export interface Loaded {
  readonly change: Change;
  /** Files and directories that exist and could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** Reads the source files of these directories and what assembly there may include; a directory that does not exist is reported as such in the change. */
export function* readDirectories(paths: readonly string[]): FileTask<Loaded> {
  const directories = new Map<string, FileText[] | undefined>();
  const unreadable: { path: string; reason: string }[] = [];
  const listings = yield paths.map((path) => ({ kind: "list", path }) as const);
  for (const [i, path] of paths.entries()) {
    const listing = listings[i]!;
    if (listing.kind === "failed") unreadable.push({ path, reason: listing.reason });
    if (listing.kind !== "entries") {
      directories.set(path, undefined);
      continue;
    }
    const names = listing.entries.filter(
      ({ kind, name }) => kind === "file" && (isSourceName(name) || isHeaderName(name) || isCName(name)),
    );
    const answers = yield names.map(({ name }) => ({ kind: "read", path: `${path}/${name}` }) as const);
    const texts: FileText[] = [];
    for (const [k, answer] of answers.entries()) {
      const { name } = names[k]!;
      if (answer.kind === "text") texts.push({ name, text: answer.text });
      if (answer.kind === "failed") unreadable.push({ path: `${path}/${name}`, reason: answer.reason });
    }
    directories.set(path, texts);
  }
  return { change: { directories }, unreadable };
}

/** By directory, the files that may concern the linker. */
export type Outlying = ReadonlyMap<string, readonly FileText[]>;

/**
 * Reads what else of these trees may concern the linker: of every directory that is not `known`, the
 * assembly and the Go files that name symbols of other packages. Tests are left out.
 */
export function* readOutlying(
  roots: readonly string[],
  known: (directory: string) => boolean,
): FileTask<Outlying> {
  const outlying = new Map<string, readonly FileText[]>();
  for (const root of roots) {
    const { sources } = yield* walkTree(root);
    for (const [path, names] of sources) {
      if (!known(path) && !outlying.has(path)) outlying.set(path, yield* readLinking(path, names));
    }
  }
  return outlying;
}

function* readLinking(path: string, sources: readonly string[]): FileTask<readonly FileText[]> {
  const names = sources.filter((name) => !name.endsWith("_test.go"));
  const answers = yield names.map((name): ReadRequest => {
    const request = { kind: "read", path: `${path}/${name}` } as const;
    return name.endsWith(".go") ? { ...request, holding: linkingMarks } : request;
  });
  return answers.flatMap((answer, i) => {
    const name = names[i]!;
    if (answer.kind !== "text") return [];
    const { text } = answer;
    const isOfUse = !name.endsWith(".go") || linkingMarks.some((mark) => text.includes(mark));
    return isOfUse ? [{ name, text }] : [];
  });
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
  const unreadable: Loaded["unreadable"][number][] = [];
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
