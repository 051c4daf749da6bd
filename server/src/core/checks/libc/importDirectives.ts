/** The `//go:cgo_import_dynamic` directives of a package: which symbols of C it brings in, and where that is written. */
import type { Span } from "../../base/span.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";

export interface ImportDirective {
  /** What assembly and `//go:linkname` call the symbol: `libc_open`. */
  readonly name: string;
  readonly file: string;
  /** Of the name. */
  readonly span: Span;
  readonly targets: TargetSet;
}

/** Those that name a symbol; the form `_ _ "lib"` only loads a library. */
export function importDirectives({
  snapshot,
  package: pkg,
  table,
}: LinkedPackage): readonly ImportDirective[] {
  if (table.imported.size === 0) return [];
  const files = snapshot.directories.get(pkg.directory)?.files;
  return pkg.files.flatMap(({ name: file, summary: { directives }, isTest, targets }) => {
    const source = files?.get(file);
    if (isTest || source?.kind !== "go" || !directives.some(({ name }) => name === "go:cgo_import_dynamic"))
      return [];
    const { summary, directiveSpans } = source.go;
    return summary.directives.flatMap((directive, i): ImportDirective | readonly [] => {
      const [name = ""] = directive.args.split(/[ \t]+/);
      if (directive.name !== "go:cgo_import_dynamic" || name === "" || name === "_") return [];
      const { start, end } = directiveSpans[i]!;
      const at = source.text.slice(start, end).indexOf(name, "//go:cgo_import_dynamic".length);
      return { name, file, span: { start: start + at, end: start + at + name.length }, targets };
    });
  });
}

/** `libc_` of `libc_open`; undefined of a name of a package, or without an underscore inside. */
export function prefixOf(name: string): string | undefined {
  const end = name.indexOf("_", 1);
  return end > 0 && /^[A-Za-z]\w*$/.test(name) ? name.slice(0, end + 1) : undefined;
}
