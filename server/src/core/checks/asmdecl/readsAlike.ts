/**
 * Tells from the text of a file whether vet, which reads it line by line, sees all that the
 * assembler reads: most files say everything in plain lines, and need no expansion. It errs
 * on one side only: where nothing hides, it may still say that something might.
 */
import type { AsmText } from "../../model/asmUnit.ts";
import { includedTexts } from "../../model/macroClasses.ts";
import type { Package } from "../../model/packageScope.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";

/** Arguments, functions and returns: what vet looks for, and what a macro can hide from it. */
const facts = /\(FP\)|\bTEXT\b|\bRET\b/;

const macroDefinitions = /^[ \t]*#[ \t]*define(?:\\\r?\n|.)*/gm;
/** An argument whose offset is no plain number. */
const computedOffset = /^(?:[^/\n]|\/(?!\/))*[^0-9\n]\(FP\)/m;
/** Lines with more than one statement. */
const statementLists = /^(?:[^/\n;]|\/(?!\/))*;.*/gm;
const blockComments = /\/\*[^]*?(?:\*\/|$(?![^]))/g;
/** A TEXT line of which vet reads only a part. */
const oddText =
  /^[ \t]*TEXT\b[^\n]*\(SB\)(?!(?:[ \t]*,[ \t]*[0-9A-Z|+()]+)?(?:[ \t]*,[ \t]*\$-?[0-9]+(?:-[0-9]+)?)?[ \t]*(?:\r?\n|\/[/*]|$))/m;
/** Of a file other than those headers that everyone includes. */
const tellingInclude =
  /^[ \t]*#[ \t]*include[ \t]+"(?!(?:[^"\n]*\/)?(?:textflag|funcdata|go_asm|go_tls)\.h")/m;

const alike = new WeakMap<AsmText, boolean>();

/** Whether the lines of a file in a package may hide what the assembler sees, on some targets at least. */
export function mayHide(snapshot: Snapshot, { directory }: Package, { asm, text }: AsmSource): boolean {
  return (
    hasConditionalArguments(text) || !readsAlike(asm, (path) => snapshot.included(directory, path)?.text)
  );
}

function readsAlike(file: AsmText, include: (path: string) => AsmText | undefined): boolean {
  let own = alike.get(file);
  if (own === undefined) alike.set(file, (own = showsAll(file.text)));
  if (!own || !tellingInclude.test(file.text)) return own;
  for (const { text } of includedTexts(file, include).values()) if (facts.test(text)) return false;
  return true;
}

function showsAll(text: string): boolean {
  if (computedOffset.test(text) || oddText.test(text)) return false;
  if (hides(text, statementLists, facts) || hides(text, macroDefinitions, facts)) return false;
  if (text.includes("/*") && hides(text, blockComments, /TEXT|DATA|GLOBL/)) return false;
  return !hasConditionalText(text) && !hasCodeBehindData(text);
}

function hides(text: string, parts: RegExp, what: RegExp): boolean {
  for (const [part] of text.matchAll(parts)) if (what.test(part)) return true;
  return false;
}

/** Whether functions depend on conditions. */
function hasConditionalText(text: string): boolean {
  return standsInCondition(text, /^[ \t]*#[ \t]*(?:ifn?def|endif)|^[ \t]*TEXT\b/gm);
}

/** Whether arguments are used on some targets only. */
function hasConditionalArguments(text: string): boolean {
  return standsInCondition(text, /^[ \t]*#[ \t]*(?:ifn?def|endif)|\(FP\)/gm);
}

/** Whether something stands between an `#ifdef` and its `#endif`. */
function standsInCondition(text: string, conditionsAnd: RegExp): boolean {
  let depth = 0;
  for (const [found] of text.matchAll(conditionsAnd)) {
    if (found.endsWith("endif")) depth--;
    else if (found.endsWith("def")) depth++;
    else if (depth > 0) return true;
  }
  return false;
}

/** Whether data stands in the middle of a function, where vet stops looking at its arguments. */
function hasCodeBehindData(text: string): boolean {
  let isBehindData = false;
  for (const [word] of text.matchAll(/^[ \t]*(?:TEXT|DATA|GLOBL)\b|\(FP\)/gm)) {
    if (word !== "(FP)") isBehindData = !word.endsWith("TEXT");
    else if (isBehindData) return true;
  }
  return false;
}
