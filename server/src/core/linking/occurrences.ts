/**
 * Where a file names a symbol of the linker, and in what role: what references, renames and highlights read. A symbol
 * is asked for under every name that the file may have for it: `·f` and `p·f` in assembly of package p, `f` in its Go,
 * `p.F` in Go that imports it, `p.f` in directives. It must not know targets, or which files there are.
 */
import { memoByKey } from "../base/memo.ts";
import { isTestName } from "../syntax/build/fileName.ts";
import type { AsmSource, GoSource, HeaderSource, SourceFile } from "../workspace/sourceFile.ts";
import { asmOccurrences } from "./asmOccurrences.ts";
import { goOccurrences, symbolsInDirectives } from "./goOccurrences.ts";
import type { Occurrence } from "./occurrence.ts";
import { linkName, splitSymbol } from "./symbolName.ts";

/**
 * In the order of the text. `path` is that of the file's package as the linker knows it. A symbol of one assembly file
 * has `<>` behind its name, and is another in every file.
 */
export function occurrencesOf(file: SourceFile, path: string, symbol: string): readonly Occurrence[] {
  switch (file.kind) {
    case "asm":
    case "header":
      return inAssembly(file, path, symbol);
    case "go":
      return inGo(file, path, symbol);
    default:
      return [];
  }
}

function inAssembly(file: AsmSource | HeaderSource, path: string, symbol: string): readonly Occurrence[] {
  const names = writtenNames(file, path).get(symbol) ?? [];
  const found = names.map((name) => asmOccurrences(file).of(name));
  return found.length === 1 ? found[0]! : inOrder(found.flat());
}

/** The names that stand in a file, by the symbol that they mean in the package with this path. */
const writtenNames = memoByKey(
  (file: AsmSource | HeaderSource, path: string): ReadonlyMap<string, readonly string[]> => {
    const names = new Map<string, string[]>();
    for (const name of asmOccurrences(file).names) {
      const symbol = linkName(path, name);
      const same = names.get(symbol);
      if (same) same.push(name);
      else names.set(symbol, [name]);
    }
    return names;
  },
);

function inGo(file: GoSource, path: string, symbol: string): readonly Occurrence[] {
  const directives = symbolsInDirectives(file, symbol);
  const named = splitSymbol(symbol);
  // Most texts lack the name, and are read no further.
  if (!named || !file.text.includes(named.name)) return directives;
  const isOutside = isTestName(file.name) && file.packageName.endsWith("_test");
  const names =
    named.path === path && !isOutside
      ? [named.name]
      : importNames(file, named.path).map((own) => (own === "." ? named.name : `${own}.${named.name}`));
  return inOrder([...directives, ...names.flatMap((name) => goOccurrences(file, name))]);
}

/** The file's names for an imported package; by its path, where it gives it none. */
function importNames({ go }: GoSource, path: string): readonly string[] {
  return go.summary.imports
    .filter(({ path: imported }) => path === imported || path.endsWith(`vendor/${imported}`))
    .map(({ name }) => name || path.replace(/\/v\d+$/, "").replace(/^.*\//, ""));
}

function inOrder(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  return occurrences.toSorted((a, b) => a.span.start - b.span.start);
}
