/**
 * Where the assembly of a directory uses names that the compiler writes into go_asm.h. They are looked
 * for in the text as written, comments left out: branches that a target does not assemble count too.
 */
import type { Span } from "../base/span.ts";
import { selection } from "./selection.ts";
import type { Snapshot } from "./snapshot.ts";

export interface GoAsmUse {
  readonly directory: string;
  readonly file: string;
  readonly span: Span;
}

/** The uses in files that the target with this index selects; undefined where none of them includes go_asm.h. */
export function goAsmUses(
  snapshot: Snapshot,
  directory: string,
  target: number,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly GoAsmUse[]> | undefined {
  const uses = new Map<string, GoAsmUse[]>();
  let isIncluded = false;
  for (const file of snapshot.directories.get(directory)?.files.values() ?? []) {
    if (file.kind !== "asm" || !file.text.includes("go_asm.h")) continue;
    if (!selection(snapshot.world, file).targets.has(target)) continue;
    isIncluded = true;
    // Comments first: what stands in one is passed over with it.
    for (const { 0: word, index } of file.text.matchAll(/\/\/.*|\/\*[^]*?\*\/|[A-Za-z_]\w*/g)) {
      if (!names.has(word)) continue;
      const list = uses.get(word) ?? [];
      list.push({ directory, file: file.name, span: { start: index, end: index + word.length } });
      uses.set(word, list);
    }
  }
  return isIncluded ? uses : undefined;
}
