/** Where a declaration stands now: a declaration outlives edits around it, and may know an older state of its file. */
import type { Span } from "../base/span.ts";
import type { Declared } from "../model/packageScope.ts";
import type { Snapshot } from "./snapshot.ts";

export interface DeclSpan {
  readonly directory: string;
  readonly file: string;
  /** Of the header, which the declaration's own offsets count from. */
  readonly span: Span;
}

/** Undefined where the declaration is not in its file any more. */
export function declPlace(snapshot: Snapshot, declared: Declared): DeclSpan | undefined {
  const { directory } = declared.package;
  const source = snapshot.directories.get(directory)?.files.get(declared.file.name);
  if (source?.kind !== "go") return undefined;
  const span = source.go.places[source.go.summary.decls.indexOf(declared.decl)]?.header;
  return span && { directory, file: source.name, span };
}

/** Where the source of a function's body stands, braces included; undefined where it has none. */
export function bodyText(
  snapshot: Snapshot,
  declared: Declared,
): { readonly text: string; readonly place: DeclSpan } | undefined {
  const { directory } = declared.package;
  const source = snapshot.directories.get(directory)?.files.get(declared.file.name);
  if (source?.kind !== "go") return undefined;
  const span = source.go.places[source.go.summary.decls.indexOf(declared.decl)]?.body;
  if (!span) return undefined;
  return {
    text: source.text.slice(span.start, span.end),
    place: { directory, file: source.name, span },
  };
}
