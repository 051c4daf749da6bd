/** The names of a package that a target matrix can be asked for: what its assembly defines, and its functions without a body. */
import type { Snapshot } from "../workspace/snapshot.ts";
import { linksOf } from "../linking/linkIndex.ts";

export interface SymbolName {
  readonly name: string;
  /** Where it is from: a file, or how many. */
  readonly detail: string;
}

/** In alphabetical order. */
export function symbolNames(snapshot: Snapshot, directory: string): SymbolName[] {
  const files = new Map<string, Set<string>>();
  const add = (name: string, file: string): void => {
    const known = files.get(name);
    if (known) known.add(file);
    else files.set(name, new Set([file]));
  };
  const table = linksOf(snapshot).table(directory);
  for (const { name, file, isStatic } of table?.texts ?? []) {
    if (!isStatic && table!.isOwn(name)) add(name.slice(table!.path.length + 1), file);
  }
  for (const [name, declared] of snapshot.package(directory)?.bodyless ?? []) {
    for (const { decl, file } of declared) {
      if (decl.kind === "func" && !decl.isMethod && !file.isTest) add(name, file.name);
    }
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, places]) => {
      const [first = ""] = places;
      return { name, detail: places.size === 1 ? first : `${places.size} files` };
    });
}
