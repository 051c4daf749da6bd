/**
 * How the linker spells a symbol: `runtime.exit`, `internal/bytealg.Index`, or a bare
 * `_rt0_amd64_linux` that belongs to no package. It must not know which symbols there are.
 */

/** The linker's name for a name in assembly, in the package with this path. */
export function linkName(path: string, written: string): string {
  const dotted = written.includes("·") ? written.replaceAll("·", ".") : written;
  const name = dotted.includes("∕") ? dotted.replaceAll("∕", "/") : dotted;
  return name.startsWith(".") ? path + name : name;
}

/** The linker's name for what a directive names: a dot in the last element of a path may be escaped there. */
export function remoteName(written: string): string {
  return written.replaceAll("%2e", ".");
}

/** The package a symbol belongs to and its name there; undefined for a symbol of C, or one that only a compiler writes. */
export function splitSymbol(symbol: string): { readonly path: string; readonly name: string } | undefined {
  const dot = symbol.indexOf(".", symbol.lastIndexOf("/") + 1);
  const name = symbol.slice(dot + 1);
  if (dot <= 0 || !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)) return undefined;
  return { path: symbol.slice(0, dot), name };
}
