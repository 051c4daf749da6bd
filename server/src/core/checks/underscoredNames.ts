/**
 * The names of a text with an underscore, as those of go_asm.h and of C's libraries have one: found by one scan,
 * which tells whether code need be read at all. Comments are not told apart, and a name that continues in a letter
 * outside ASCII is cut there.
 */
import { wordEnd, wordStart } from "../base/asciiWord.ts";
import type { AsmText } from "../model/asm/asmUnit.ts";

const remembered = new WeakMap<AsmText, readonly string[]>();

/** The names of a text that have an underscore behind their first character, each once. */
export function underscoredNames(file: AsmText): readonly string[] {
  let names = remembered.get(file);
  if (!names) remembered.set(file, (names = findNames(file.text)));
  return names;
}

function findNames(text: string): string[] {
  const names = new Set<string>();
  for (let at = text.indexOf("_"); at >= 0;) {
    const end = wordEnd(text, at);
    const start = wordStart(text, at);
    const name = text.slice(start, end);
    // Behind a middle dot, it is a part of a longer name.
    if (name.includes("_", 1) && text[start - 1] !== "·") names.add(name);
    at = text.indexOf("_", end);
  }
  return [...names];
}
