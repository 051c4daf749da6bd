/** The names of a package that a struct's layout can be asked for. */
import { typeHeader } from "../syntax/go/parseDecl.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SymbolName } from "./symbolNames.ts";

/** Struct types that are not generic, in alphabetical order; tests left out. */
export function structNames(snapshot: Snapshot, directory: string): SymbolName[] {
  const names: SymbolName[] = [];
  for (const [name, declared] of snapshot.package(directory)?.scope ?? []) {
    const files = declared.filter(({ decl, file }) => {
      // What is no struct is told by its text, so that few types need be parsed.
      if (decl.kind !== "type" || file.isTest || !decl.header.includes("struct")) return false;
      const { type, typeParams } = typeHeader(decl);
      return type.kind === "struct" && typeParams.length === 0;
    });
    const [first] = files;
    if (first) names.push({ name, detail: files.length === 1 ? first.file.name : `${files.length} files` });
  }
  return names.sort((a, b) => (a.name < b.name ? -1 : 1));
}
