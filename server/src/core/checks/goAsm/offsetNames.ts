/**
 * Names with an underscore that a text has before a register in parentheses, `m_id(R1)`:
 * found by one scan, which tells whether code need be read at all. Comments are not told apart.
 */
import { wordStart } from "../../base/asciiWord.ts";
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
