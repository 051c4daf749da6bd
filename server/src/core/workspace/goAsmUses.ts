/**
 * Where the assembly of a directory uses names that the compiler writes into go_asm.h. They are looked
 * for in the text as written, comments left out: branches that a target does not assemble count too.
 */
import { selection } from "./selection.ts";
import type { Snapshot } from "./snapshot.ts";
import type { AsmSource } from "./sourceFile.ts";
import type { Location } from "./location.ts";

/** The uses in files that any of the targets with these indexes selects; undefined where none of them includes go_asm.h. */
export function goAsmUses(
  snapshot: Snapshot,
  directory: string,
  targets: readonly number[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly Location[]> | undefined {
  const uses = new Map<string, Location[]>();
  let isIncluded = false;
  for (const file of snapshot.directories.get(directory)?.files.values() ?? []) {
    if (file.kind !== "asm" || !file.text.includes("go_asm.h")) continue;
    const selecting = selection(snapshot.world, file).targets;
    if (!targets.some((target) => selecting.has(target))) continue;
    isIncluded = true;
    const words = wordsOf(file);
    for (const name of names) {
      for (const start of words.get(name) ?? []) {
        const list = uses.get(name) ?? [];
        list.push({ directory, file: file.name, span: { start, end: start + name.length } });
        uses.set(name, list);
      }
    }
  }
  return isIncluded ? uses : undefined;
}

const fileWords = new WeakMap<AsmSource, ReadonlyMap<string, readonly number[]>>();

/** Where the names with an underscore stand in a file. */
function wordsOf(file: AsmSource): ReadonlyMap<string, readonly number[]> {
  let words = fileWords.get(file);
  if (!words) {
    const found = new Map<string, number[]>();
    // Comments first: what stands in one is passed over with it.
    for (const { 0: word, index } of file.text.matchAll(/\/\/.*|\/\*[^]*?\*\/|[A-Za-z_]\w*/g)) {
      if (word.startsWith("/") || !word.includes("_")) continue;
      const places = found.get(word);
      if (places) places.push(index);
      else found.set(word, [index]);
    }
    fileWords.set(file, (words = found));
  }
  return words;
}
