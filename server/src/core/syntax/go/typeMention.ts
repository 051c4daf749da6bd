/**
 * Whether a name in a Go file may be that of a type which a package declares, as far
 * as the declaration around it tells: no key, label or method, nothing behind the dot
 * of a value, and nothing that the function declares itself. What is in doubt is no
 * mention. It must not know what any package declares.
 */
import type { Span } from "../../base/span.ts";
import type { GoDecl, GoFile } from "./ast.ts";
import { typeHeader } from "./parseDecl.ts";
import { Scanner, type Token } from "./scanner.ts";

export interface TypeMention {
  readonly name: string;
  /** Before the dot: what the file calls the package; undefined for a name of the file's own package. */
  readonly qualifier: string | undefined;
}

/** The mention whose name begins at an offset. Reads the one declaration around it, in linear time. */
export function typeMentionAt(file: GoFile, offset: number): TypeMention | undefined {
  const { declSpans, summary } = file;
  const at = declSpans.findIndex(
    ({ header, body }) => header.start <= offset && offset < (body ?? header).end,
  );
  if (at < 0) return undefined;
  const { header, body } = declSpans[at]!;
  const words = wordsOf(file.text, { start: header.start, end: (body ?? header).end });
  const i = words.findIndex(({ start }) => start === offset);
  const word = words[i];
  if (word?.tok !== "ident") return undefined;
  const name = word.text;
  const decl = summary.decls[at]!;
  if (words[i - 1]?.tok === ".") {
    const qualifier = words[i - 2];
    if (qualifier?.tok !== "ident" || words[i - 3]?.tok === "." || declares(decl, words, qualifier.text))
      return undefined;
    return { name, qualifier: qualifier.text };
  }
  return isUse(words, i) && !declares(decl, words, name) ? { name, qualifier: undefined } : undefined;
}

interface Word extends Span {
  readonly tok: Token;
  readonly text: string;
}

function wordsOf(text: string, { start, end }: Span): Word[] {
  const scanner = new Scanner(text.slice(start, end));
  const words: Word[] = [];
  for (; scanner.tok !== "EOF"; scanner.next()) {
    const { tok, literal } = scanner;
    words.push({ tok, text: literal, start: start + scanner.start, end: start + scanner.end });
  }
  return words;
}

const branches: ReadonlySet<Token | undefined> = new Set<Token>(["goto", "break", "continue", "func"]);
/** What a type of a case may stand right behind; before any other colon stands a key or a label. */
const inCase: ReadonlySet<Token | undefined> = new Set<Token>(["case", "*", "]"]);

/** Whether a name that stands behind no dot may stand for a type there. */
function isUse(words: readonly Word[], i: number): boolean {
  const [before, after] = [words[i - 1]?.tok, words[i + 1]?.tok];
  // `N(` may be a method's name.
  if (branches.has(before) || after === "(" || (after === ":" && !inCase.has(before))) return false;
  return !mayDeclare(words, i);
}

/** Whether the declaration gives a name another meaning for all that stands in it, or may do so. */
function declares(decl: GoDecl, words: readonly Word[], name: string): boolean {
  // A field has its name behind a dot; a type's parameters are all that it declares.
  if (decl.kind === "type")
    return typeHeader(decl).typeParams.some(({ names }) => names.some((param) => param.name === name));
  return words.some(({ tok, text }, i) => {
    if (tok !== "ident" || text !== name) return false;
    const [before, after] = [words[i - 1]?.tok, words[i + 1]?.tok];
    // Alone on its line it may be a constant that repeats the expression above.
    const isAlone = (before === ";" || before === "{") && (after === ";" || after === "}");
    return before !== "." && (isAlone || mayDeclare(words, i));
  });
}

const declarers: ReadonlySet<Token | undefined> = new Set<Token>(["type", "var", "const"]);
/** What a type may stand right behind where a list goes on or a value follows: `a N, b`, `var x []N = y`. */
const beforeTypes: ReadonlySet<Token | undefined> = new Set<Token>(["ident", "]", "*", ")", "chan", "<-"]);
/** What follows the last name of a list that is declared: a type or a value. */
// prettier-ignore
const afterNames: ReadonlySet<Token | undefined> = new Set<Token>([
  ":=", "=", "ident", "*", "[", "func", "struct", "map", "chan", "interface", "<-", "...",
]);

/** Of a longer one nobody looks for the end, so that reading stays linear. */
const longestList = 50;

/** Whether a name that stands behind no dot is one that is being declared, or may be. */
function mayDeclare(words: readonly Word[], i: number): boolean {
  const [before, after] = [words[i - 1]?.tok, words[i + 1]?.tok];
  if (declarers.has(before) || (before === "," && after === ";")) return true;
  if ((after === "," || after === "=") && beforeTypes.has(before)) return false;
  let last = i;
  while (words[last + 1]?.tok === "," && words[last + 2]?.tok === "ident") {
    last += 2;
    if (last > i + 2 * longestList) return true;
  }
  return afterNames.has(words[last + 1]?.tok);
}
