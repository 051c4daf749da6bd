/**
 * The words of an assembly text that may be mnemonics, found by one scan: what stands where a statement begins. More
 * words than are mnemonics, never fewer; so that nearly no file has to be expanded and parsed for its instructions.
 */
import { wordEnd } from "../../base/asciiWord.ts";
import { memo } from "../../base/memo.ts";
import type { AsmText } from "../../model/asm/asmUnit.ts";

/**
 * Each once. Left out are labels, the macros that the text defines itself, and what only a macro can be: a name with an
 * underscore, or right before a parenthesis.
 */
export const mnemonicWords = memo(({ text, outline }: AsmText): readonly string[] => {
  const words = new Set<string>();
  for (let at = 0; at < text.length;) {
    let unit = text.charCodeAt(at);
    while (unit === space || unit === tab) unit = text.charCodeAt(++at);
    if (isLetter(unit)) {
      const end = wordEnd(text, at);
      const behind = text.charCodeAt(end);
      if (behind === colon) {
        at = end + 1;
        continue;
      }
      if (behind !== parenthesis) words.add(text.slice(at, end));
      at = end;
    } else if (unit === hash) {
      // Behind a macro's name and parameters its body begins, unless that is one word: a register, a number. Other
      // directives have no code.
      definition.lastIndex = at;
      if (definition.test(text)) {
        at = definition.lastIndex;
        continue;
      }
    }
    boundary.lastIndex = at;
    if (!boundary.test(text)) break;
    at = boundary.lastIndex;
  }
  return [...words].filter(
    (word) => !directives.has(word) && !word.includes("_") && !outline.defines.has(word),
  );
});

/** Words at the beginning of a statement that are no instructions. */
const directives: ReadonlySet<string> = new Set(["TEXT", "DATA", "GLOBL", "FUNCDATA", "PCDATA"]);

const definition = /#[ \t]*define[ \t]+\w+(?:\([^()\n]*\)|[ \t]+\w+[ \t]*(?=\n|\/\/))?/y;

/** What stands before a statement: the end of a line or of a comment, `;`. */
const boundary = /\/\/.*\n?|\/\*[^]*?(?:\*\/|$)|[\n;]/g;

const [tab, space, hash, parenthesis, colon] = [9, 32, 35, 40, 58];

function isLetter(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}
