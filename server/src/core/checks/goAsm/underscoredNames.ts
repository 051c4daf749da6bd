/**
 * Names with an underscore, as those of go_asm.h have one, and where one stands before a register
 * in parentheses, `m_id(R1)`. They are found by a scan of the text, which tells whether code need be read
 * at all. Comments are not told apart, and a name that continues in a letter outside ASCII is cut there.
 */
import { wordEnd, wordStart } from "../../base/asciiWord.ts";
import type { AsmText } from "../../model/asmUnit.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";

export interface OffsetName {
  readonly name: string;
  /** Where it begins. */
  readonly start: number;
}

const remembered = new WeakMap<AsmSource, readonly OffsetName[]>();

/** In the order of the text. */
export function offsetNames(file: AsmSource): readonly OffsetName[] {
  let found = remembered.get(file);
  if (!found) remembered.set(file, (found = find(file.text)));
  return found;
}

function find(text: string): OffsetName[] {
  const found: OffsetName[] = [];
  for (let open = text.indexOf("("); open >= 0; open = text.indexOf("(", open + 1)) {
    // `(g_sched+gobuf_sp)(R1)` has a parenthesis more.
    const end = text[open - 1] === ")" ? open - 1 : open;
    const start = wordStart(text, end);
    if (end - start < 3) continue;
    const name = text.slice(start, end);
    if (!name.includes("_", 1) || !/^[A-Za-z]/.test(name)) continue;
    if (/^\((?!(?:SB|FP|SP|PC)\))\w+\)/.test(text.slice(open, open + 12))) found.push({ name, start });
  }
  return found;
}

const namesOfTexts = new WeakMap<AsmText, readonly string[]>();

/** The names of a text that have an underscore behind their first character, each once. */
export function underscoredNames(file: AsmText): readonly string[] {
  let names = namesOfTexts.get(file);
  if (!names) namesOfTexts.set(file, (names = findNames(file.text)));
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
