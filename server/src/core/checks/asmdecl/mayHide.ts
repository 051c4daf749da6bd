/**
 * Tells from the text of a file whether vet, which reads it line by line, sees all that the
 * assembler reads: most files say everything in plain lines, and need no expansion. It errs
 * on one side only: where nothing hides, it may still say that something might.
 */
import type { AsmText } from "../../model/asm/asmUnit.ts";
import { includedTexts } from "../../model/asm/macroClasses.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { directiveEnd } from "../../syntax/asm/outline.ts";
import { lineEnd } from "../../syntax/go/scanner.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";

/** Arguments, functions and returns: what vet looks for, and what a macro can hide from it. */
const facts = /\(FP\)|\bTEXT\b|\bRET\b/;

const blockComments = /\/\*[^]*?(?:\*\/|$(?![^]))/g;
/** A TEXT line of which vet reads only a part. */
const oddText =
  /[ \t]*TEXT\b[^\n]*\(SB\)(?!(?:[ \t]*,[ \t]*[0-9A-Z|+()]+)?(?:[ \t]*,[ \t]*\$-?[0-9]+(?:-[0-9]+)?)?[ \t]*(?:\r?\n|\/[/*]|$))/my;

/** An argument on a line that does not begin as vet's instructions do: behind a comment, or an odd label. */
const oddInstruction = /(?![ \t]*(?:[A-Za-z0-9_]+:[ \t]*)?(?:[A-Z]|\/\/))[^\n]*\(FP\)/y;

const alike = new WeakMap<AsmText, boolean>();

/** Whether the lines of a file in a package may hide what the assembler sees, on some targets at least. */
export function mayHide(snapshot: Snapshot, { directory }: Package, { asm }: AsmSource): boolean {
  let own = alike.get(asm);
  if (own === undefined) alike.set(asm, (own = showsAll(asm.text)));
  if (!own) return true;
  const include = (path: string): AsmText | undefined => snapshot.included(directory, path)?.text;
  for (const { text } of includedTexts(asm, include).values()) if (facts.test(text)) return true;
  return false;
}

function showsAll(text: string): boolean {
  if (hasComputedOffset(text) || hasLine(text, "TEXT", oddText) || hasLine(text, "(FP)", oddInstruction))
    return false;
  if (hasListOfFacts(text) || hidesInMacro(text)) return false;
  if (text.includes("/*") && hidesInComment(text)) return false;
  return !hasConditionalFacts(text) && !hasCodeBehindData(text);
}

/** Whether the pattern fits one of the lines that hold the word, from the line's start. */
function hasLine(text: string, word: string, pattern: RegExp): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, lineEnd(text, at))) {
    pattern.lastIndex = lineStart(text, at);
    if (pattern.test(text)) return true;
  }
  return false;
}

/** Whether the offset of an argument is no plain number. */
function hasComputedOffset(text: string): boolean {
  for (let at = text.indexOf("(FP)"), next = 0; at >= 0; at = text.indexOf("(FP)", next)) {
    next = at + 1;
    const before = text.charCodeAt(at - 1);
    if (before >= 0x30 && before <= 0x39) continue;
    const start = lineStart(text, at);
    if (at === start) continue;
    if (!text.slice(start, at).includes("//")) return true;
    next = lineEnd(text, at);
  }
  return false;
}

/** Whether a line of several statements has any that matter. */
function hasListOfFacts(text: string): boolean {
  for (let at = text.indexOf(";"); at >= 0; at = text.indexOf(";", lineEnd(text, at))) {
    const start = lineStart(text, at);
    if (!text.slice(start, at).includes("//") && facts.test(text.slice(start, lineEnd(text, at))))
      return true;
  }
  return false;
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

function hidesInMacro(text: string): boolean {
  if (!text.includes("define")) return false;
  let done = 0;
  for (const { index } of text.matchAll(/^[ \t]*#[ \t]*define/gm)) {
    if (index < done) continue;
    done = directiveEnd(text, index);
    if (facts.test(text.slice(index, done))) return true;
  }
  return false;
}

function hidesInComment(text: string): boolean {
  for (const [part] of text.matchAll(blockComments)) if (/TEXT|DATA|GLOBL/.test(part)) return true;
  return false;
}

/** Whether functions, or uses of arguments, stand between an `#ifdef` and its `#endif`. */
function hasConditionalFacts(text: string): boolean {
  if (!/#[ \t]*ifn?def/.test(text)) return false;
  let depth = 0;
  for (const [found] of text.matchAll(/^[ \t]*#[ \t]*(?:ifn?def|endif)|^[ \t]*TEXT\b|\(FP\)/gm)) {
    if (found.endsWith("endif")) depth--;
    else if (found.endsWith("def")) depth++;
    else if (depth > 0) return true;
  }
  return false;
}

/** Whether data stands in the middle of a function, where vet stops looking at its arguments. */
function hasCodeBehindData(text: string): boolean {
  if (!text.includes("DATA") && !text.includes("GLOBL")) return false;
  let isBehindData = false;
  for (const [word] of text.matchAll(/^[ \t]*(?:TEXT|DATA|GLOBL)\b|\(FP\)/gm)) {
    if (word !== "(FP)") isBehindData = !word.endsWith("TEXT");
    else if (isBehindData) return true;
  }
  return false;
}
