/**
 * Finds trees and packages and reads directories, as file tasks. What an import
 * path or a build tag means is the core's business; the loader only knows where
 * files tend to lie.
 */
import { type Change, type FileText, isSourceName } from "../core/index.ts";
import type { FileTask } from "./fileTask.ts";

export interface Loaded {
  readonly change: Change;
  /** Files and directories that exist and could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** Reads the source files of these directories; a directory that does not exist is reported as such in the change. */
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
    const names = listing.entries.filter((entry) => entry.kind === "file" && isSourceName(entry.name));
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

export interface SourceTree {
  /** Directories that hold at least one source file, in the order of their paths. */
  readonly directories: readonly string[];
  /** Of these, the ones that hold assembly. */
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
  const directories: string[] = [];
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
      let hasSource = false;
      let hasAssembly = false;
      for (const { name, kind } of listing.entries) {
        if (kind === "directory" && isPackageDirectory(name)) next.push(`${path}/${name}`);
        if (kind !== "file") continue;
        hasSource ||= isSourceName(name);
        hasAssembly ||= name.endsWith(".s");
        if (name === "go.mod") modules.push(path);
      }
      if (hasSource) directories.push(path);
      if (hasAssembly) assembly.push(path);
    }
    level = next;
  }
  return { directories: directories.sort(), assembly: assembly.sort(), modules: modules.sort(), unreadable };
}

function isPackageDirectory(name: string): boolean {
  return name !== "testdata" && name !== "node_modules" && !name.startsWith(".") && !name.startsWith("_");
}
