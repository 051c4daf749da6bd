/** Where a declaration stands now: a declaration outlives edits around it, and may know an older state of its file. */
import type { Span } from "../base/span.ts";
import type { Declared } from "../model/go/packageScope.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Location } from "./location.ts";

/** Undefined where the declaration is not in its file any more. */
export function declLocation(snapshot: Snapshot, declared: Declared): Location | undefined {
  const { directory } = declared.package;
  const source = snapshot.directories.get(directory)?.files.get(declared.file.name);
  if (source?.kind !== "go") return undefined;
  const span = source.go.declSpans[source.go.summary.decls.indexOf(declared.decl)]?.header;
  return span && { directory, file: source.name, span };
}

/** Where a declaration's name stands now. */
export function nameSpan(snapshot: Snapshot, declared: Declared): Span {
  const header = declLocation(snapshot, declared)?.span;
  if (!header) return { start: 0, end: 0 };
  const { decl, name } = declared;
  const start = header.start + Math.max(decl.header.indexOf(name, "func".length), 0);
  return { start, end: start + name.length };
}

/** Where the source of a function's body stands, braces included; undefined where it has none. */
export function bodyText(
  snapshot: Snapshot,
  declared: Declared,
): { readonly text: string; readonly place: Location } | undefined {
  const { directory } = declared.package;
  const source = snapshot.directories.get(directory)?.files.get(declared.file.name);
  if (source?.kind !== "go") return undefined;
  const span = source.go.declSpans[source.go.summary.decls.indexOf(declared.decl)]?.body;
  if (!span) return undefined;
  return {
    text: source.text.slice(span.start, span.end),
    place: { directory, file: source.name, span },
  };
}
