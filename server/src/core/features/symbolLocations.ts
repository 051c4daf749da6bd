/**
 * The symbols of a file that may be one thing on one target and another on the
 * next: what its assembly defines, and its Go functions without a body. Found
 * without asking what the symbols are elsewhere, so that an editor may ask at every
 * keystroke.
 */
import type { Span } from "../base/span.ts";
import { splitSymbol } from "../linking/symbolName.ts";
import { nameSpan } from "../workspace/declLocation.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { linksOf } from "../linking/linkIndex.ts";

export interface SymbolLocation {
  /** Of the name. */
  readonly span: Span;
  /** Of the package that the symbol belongs to. */
  readonly directory: string;
  readonly name: string;
}

/** In the order of the text. Symbols of no package, of one that is not at hand, and those of one file only are left out. */
export function symbolLocations(snapshot: Snapshot, directory: string, file: string): SymbolLocation[] {
  const source = snapshot.directories.get(directory)?.files.get(file);
  if (source?.kind === "asm") return textPlaces(snapshot, directory, file);
  const pkg = source?.kind === "go" ? snapshot.package(directory) : undefined;
  if (!pkg) return [];
  return [...pkg.bodyless.values()]
    .flat()
    .filter(({ decl, file: own, name }) => {
      const isMethod = decl.kind === "func" && decl.isMethod;
      return own.name === file && !own.isTest && !isMethod && name !== "_";
    })
    .map((declared) => ({
      span: nameSpan(snapshot, declared),
      directory,
      name: declared.name,
    }))
    .sort((a, b) => a.span.start - b.span.start);
}

function textPlaces(snapshot: Snapshot, directory: string, file: string): SymbolLocation[] {
  const table = linksOf(snapshot).table(directory);
  const places = new Map<number, SymbolLocation>();
  for (const { name: symbol, file: own, span, isStatic } of table?.texts ?? []) {
    const parts = own === file && !isStatic ? splitSymbol(symbol) : undefined;
    if (!parts) continue;
    const pkg = table!.isOwn(symbol) ? undefined : snapshot.packageNamed(parts.path, directory);
    if (pkg === "unknown") continue;
    // One directive is read once for each way to expand its file.
    places.set(span.start, { span, directory: pkg?.directory ?? directory, name: parts.name });
  }
  return [...places.values()].sort((a, b) => a.span.start - b.span.start);
}
