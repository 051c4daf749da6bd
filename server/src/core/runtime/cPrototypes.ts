/**
 * Where C declares what assembly defines: in the trees of Go's first years a TEXT has
 * its prototype in a header or a C file beside it. The answer is data for hover and
 * definition: the declaration with each parameter's place on the stack.
 */
import { memo } from "../base/memo.ts";
import type { Span } from "../base/span.ts";
import { arches } from "../facts/arch.ts";
import { type CFunction, readC } from "../syntax/c/readC.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";

export interface CDeclaration {
  readonly directory: string;
  readonly file: string;
  /** Of the name. */
  readonly span: Span;
  /** As C writes it, on one line: `void sys·exit(int32)`. */
  readonly text: string;
  readonly params: readonly {
    readonly type: string;
    readonly name: string;
    /** As assembly of that time writes it: `8(SP)`; undefined where the size of a type is not known. */
    readonly place: string | undefined;
  }[];
}

/**
 * The declarations of a TEXT symbol, as assembly writes its name, in the C and the headers of a directory and
 * of those that `nearby` names, by default the two above: assembly lay in runtime/darwin/amd64 once; definitions come last. `target` is an index; it decides the places of parameters.
 */
export function cDeclarationsOf(
  snapshot: Snapshot,
  directory: string,
  symbol: string,
  target: number,
  nearby: readonly string[] = directoriesAbove(directory),
): CDeclaration[] {
  const plain = symbol.replace(/^·/, "").replace(/<>$/, "");
  const found: { readonly declaration: CDeclaration; readonly isDefinition: boolean }[] = [];
  for (const path of [directory, ...nearby]) {
    for (const file of snapshot.directories.get(path)?.files.values() ?? []) {
      // A .goc function belongs to the package that its file names.
      for (const declared of functionsOf(file)) {
        if (declared.name !== symbol && declared.name !== plain && !isGocName(file, declared, plain))
          continue;
        found.push({
          declaration: declarationOf(snapshot, path, file.name, declared, target),
          isDefinition: declared.body !== undefined,
        });
      }
    }
  }
  return found
    .toSorted((a, b) => Number(a.isDefinition) - Number(b.isDefinition))
    .map(({ declaration }) => declaration);
}

function directoriesAbove(directory: string): string[] {
  const parent = directory.slice(0, Math.max(directory.lastIndexOf("/"), 0));
  return [parent, parent.slice(0, Math.max(parent.lastIndexOf("/"), 0))];
}

/** The functions of a C file or header; none of others. */
export const functionsOf = memo((file: SourceFile): readonly CFunction[] =>
  file.kind === "c" || file.kind === "header" ? readC(file.text) : [],
);

function isGocName({ name, text }: SourceFile, declared: CFunction, symbol: string): boolean {
  if (!name.endsWith(".goc")) return false;
  const pkg = /^package\s+(\w+)/m.exec(text)?.[1];
  return symbol === `${pkg}·${declared.name}`;
}

function declarationOf(
  snapshot: Snapshot,
  directory: string,
  file: string,
  { name, nameSpan, result, params }: CFunction,
  target: number,
): CDeclaration {
  const list = params.map((param) => parameterText(param)).join(", ");
  const text = `${result}${result === "" ? "" : " "}${name}(${list || "void"})`;
  const { wordSize } = arches[snapshot.world.targets[target]!.goarch];
  let offset: number | undefined = wordSize;
  const places = params.map(({ type, name }) => {
    const size = sizeOf(type, wordSize);
    if (offset === undefined || size === undefined) {
      offset = undefined;
      return { type, name, place: undefined };
    }
    const align = Math.min(size, wordSize);
    const at = Math.ceil(offset / align) * align;
    offset = at + size;
    return { type, name, place: `${at}(SP)` };
  });
  return { directory, file, span: nameSpan, text, params: places };
}

function parameterText({ type, name }: CFunction["params"][number]): string {
  if (name === "") return type;
  return type.includes("(*)") ? type.replace("(*)", `(*${name})`) : `${type} ${name}`;
}

/** The bytes of an argument; undefined for a type that only the program knows. */
function sizeOf(type: string, wordSize: number): number | undefined {
  const plain = type.replace(/\b(?:const|struct|unsigned|volatile)\b/g, "").trim();
  if (plain.includes("*") || plain === "uintptr" || plain === "uintgo" || plain === "intgo") return wordSize;
  const [, bits] = /^u?int(8|16|32|64)$/.exec(plain) ?? /^float(32|64)$/.exec(plain) ?? [];
  if (bits !== undefined) return Number(bits) / 8;
  const known: Readonly<Record<string, number>> = { bool: 1, byte: 1, char: 1, int: 4, uint: 4, rune: 4 };
  return known[plain];
}
