/** The names of a package that a struct's layout can be asked for. */
import { typeHeader } from "../syntax/go/parseDecl.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { cStructNames } from "../runtime/cStructs.ts";
import type { SymbolName } from "./symbolNames.ts";

/** Struct types that are not generic, and those of the runtime's C in old trees, in alphabetical order; tests left out. */
export function structNames(snapshot: Snapshot, directory: string): SymbolName[] {
  const files = new Map<string, string[]>();
  for (const { name: file, isTest, summary } of snapshot.package(directory)?.files ?? []) {
    for (const decl of isTest ? [] : summary.decls) {
      // What is no struct is told by its text, so that few types need be parsed.
      if (decl.kind !== "type" || !decl.header.includes("struct")) continue;
      const { type, typeParams } = typeHeader(decl);
      if (type.kind !== "struct" || typeParams.length > 0) continue;
      files.set(decl.name, [...(files.get(decl.name) ?? []), file]);
    }
  }
  for (const { name, file } of cStructNames(snapshot, directory, snapshot.world.targets.keys()))
    if (!files.has(name)) files.set(name, [file]);
  return [...files]
    .map(([name, files]) => ({ name, detail: files.length === 1 ? files[0]! : `${files.length} files` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
