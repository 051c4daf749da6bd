/**
 * Go's lexical grammar: where words, literals, comments and bodies end, and a
 * `Scanner` that reads one token at a time and inserts semicolons as go/scanner
 * does. `parseGo` walks whole files with the small functions alone, because it
 * wants few tokens; `parseDecl` reads headers with the `Scanner`.
 *
 * Everything here works on UTF-16 offsets of one text, never fails, and is
 * linear in what it passes over. It must not know what a declaration means.
 */

import { charAt } from "../../base/charAt.ts";

/** A token is its own spelling; names and literals, which have many, are named by kind. */
export type Token =
  "EOF" | "ident" | "int" | "float" | "imaginary" | "rune" | "string" | "illegal" | Keyword | Operator;

export type Keyword = (typeof keywords)[number];
export type Operator = (typeof operators)[number];

const keywords = [
  "break",
  "case",
  "chan",
  "const",
  "continue",
  "default",
  "defer",
  "else",
  "fallthrough",
  "for",
  "func",
  "go",
  "goto",
  "if",
  "import",
  "interface",
  "map",
  "package",
  "range",
  "return",
  "select",
  "struct",
  "switch",
  "type",
  "var",
] as const;

/** Longer spellings stand before their prefixes. */
// prettier-ignore
const operators = [
  "<<=", ">>=", "&^=", "...",
  "<<", ">>", "&^", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "&&", "||", "<-", "++", "--", "==", "!=", "<=", ">=", ":=",
  "+", "-", "*", "/", "%", "&", "|", "^", "<", ">", "=", "!", "~", "(", "[", "{", ",", ".", ")", "]", "}", ";", ":",
] as const;

const keywordOf = new Map<string, Keyword>(keywords.map((k) => [k, k]));

/** Operators by the code of their first character. */
const operatorsAt: (readonly Operator[])[] = Array.from({ length: 128 }, (_, c) =>
  operators.filter((op) => op.charCodeAt(0) === c),
);

/** Tokens after which the end of a line is a semicolon. */
const endsStatement: ReadonlySet<Token> = new Set<Token>([
  ...(["ident", "int", "float", "imaginary", "rune", "string"] as const),
  ...(["break", "continue", "fallthrough", "return", "++", "--", ")", "]", "}"] as const),
]);

const newline = 10;
const quote = 34;
const apostrophe = 39;
const star = 42;
const slash = 47;
const backslash = 92;
const backquote = 96;
const openBrace = 123;
const closeBrace = 125;

const unicodeLetter = /^\p{L}/u;
const unicodeDigit = /^\p{Nd}/u;

/** Whether a name may start at `i`: an ASCII letter, "_" or a Unicode letter. */
export function isNameStart(text: string, i: number): boolean {
  const c = charAt(text, i);
  if (c < 128) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
  return i < text.length && unicodeLetter.test(String.fromCodePoint(text.codePointAt(i)!));
}

/** The end of the name, keyword or digits that run on from `i`; `i` itself where there are none. */
export function wordEnd(text: string, i: number): number {
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95) continue;
    if (c < 128) return i;
    const point = String.fromCodePoint(text.codePointAt(i)!);
    if (!unicodeLetter.test(point) && !unicodeDigit.test(point)) return i;
    i += point.length - 1;
  }
  return i;
}

/** The end of a number that starts at `i`, without a judgement on its digits. */
export function numberEnd(text: string, i: number): number {
  const second = charAt(text, i + 1) | 32;
  const isHex = text.charCodeAt(i) === 48 && second === 120;
  const exponent = isHex ? 112 : 101;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c | 32) === exponent) {
      const sign = charAt(text, i + 1);
      if (sign === 43 || sign === 45) i++;
    } else if (!((c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 122) || c === 46 || c === 95)) break;
  }
  return i;
}

/** The end of the line that holds `i`: the offset of its "\n", or of the end of the text. */
export function lineEnd(text: string, i: number): number {
  const end = text.indexOf("\n", i);
  return end < 0 ? text.length : end;
}

/** The end of a block comment that opens at `i`; without a closing mark it reaches the end of the text. */
export function blockCommentEnd(text: string, i: number): number {
  const end = text.indexOf("*/", i + 2);
  return end < 0 ? text.length : end + 2;
}

/** The end of a raw string that opens at `i`; without a closing mark, the end of its first line. */
export function rawStringEnd(text: string, i: number): number {
  const end = text.indexOf("`", i + 1);
  return end < 0 ? lineEnd(text, i) : end + 1;
}

/** The end of a string or rune that opens at `i`; without a closing mark, the end of the line. */
export function quotedEnd(text: string, i: number): number {
  const close = text.charCodeAt(i);
  for (i++; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === close) return i + 1;
    if (c === newline) return i;
    if (c === backslash && charAt(text, i + 1) !== newline) i++;
  }
  return text.length;
}

/**
 * The end of the comment that starts at `i`, or `i` where none starts. A line
 * comment ends before its "\n".
 */
export function commentEnd(text: string, i: number): number {
  if (charAt(text, i) !== slash) return i;
  const second = charAt(text, i + 1);
  if (second === slash) return lineEnd(text, i);
  if (second === star) return blockCommentEnd(text, i);
  return i;
}

/** Whether there is a "\n" between `start` and `end`. */
export function spansLines(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === newline) return true;
  return false;
}

/** The offset of the next token at or after `i`: white space and comments passed, lines too. */
export function skipSpace(text: string, i: number): number {
  for (;;) {
    const c = charAt(text, i);
    if (c === 32 || c === 9 || c === newline || c === 13) i++;
    else {
      const end = commentEnd(text, i);
      if (end === i) return i;
      i = end;
    }
  }
}

/** 1 for the characters `bodyEnd` stops at. */
const bodyMarks = new Uint8Array(128);
for (const c of [newline, quote, apostrophe, slash, backquote, openBrace, closeBrace]) bodyMarks[c] = 1;

/**
 * The end of the block whose "{" is at `open`, or, where the text ends first,
 * the complement (`~`) of where reading stopped. With `careful`, a line that
 * starts a declaration at its first column stops it too: that is how the
 * declarations below an unfinished body are found.
 */
export function bodyEnd(text: string, open: number, careful: boolean): number {
  const length = text.length;
  let depth = 0;
  let i = open;
  while (i < length) {
    const c = text.charCodeAt(i);
    if (c > closeBrace || bodyMarks[c] === 0) {
      i++;
    } else if (c === openBrace) {
      depth++;
      i++;
    } else if (c === closeBrace) {
      i++;
      if (--depth === 0) return i;
    } else if (c === newline) {
      i++;
      if (careful && startsDeclaration(text, i)) return ~i;
    } else if (c === slash) {
      const end = commentEnd(text, i);
      i = end === i ? i + 1 : end;
    } else if (c === backquote) {
      i = rawStringEnd(text, i);
    } else {
      i = quotedEnd(text, i);
    }
  }
  return ~length;
}

/** The keyword of the declaration that starts at `i`, if one does. */
export function declarationKeyword(
  text: string,
  i: number,
): "func" | "type" | "const" | "var" | "import" | undefined {
  switch (charAt(text, i)) {
    case 102:
      return isWord(text, i, "func") ? "func" : undefined;
    case 116:
      return isWord(text, i, "type") ? "type" : undefined;
    case 99:
      return isWord(text, i, "const") ? "const" : undefined;
    case 118:
      return isWord(text, i, "var") ? "var" : undefined;
    case 105:
      return isWord(text, i, "import") ? "import" : undefined;
    default:
      return undefined;
  }
}

/** Whether the whole word at `i` is `word`. */
export function isWord(text: string, i: number, word: string): boolean {
  return text.startsWith(word, i) && wordEnd(text, i + word.length) === i + word.length;
}

/** Whether the line at `lineStart` opens a declaration at its first column. */
export function startsDeclaration(text: string, lineStart: number): boolean {
  return declarationKeyword(text, lineStart) !== undefined;
}

/** Whether a line that ends after the word from `start` to `end` goes on: all keywords do but four. */
export function lineGoesOnAfter(text: string, start: number, end: number): boolean {
  if (end - start > 11) return false;
  const keyword = keywordOf.get(text.slice(start, end));
  return keyword !== undefined && !endsStatement.has(keyword);
}

/** Reads tokens one by one. `tok`, `start` and `end` describe the current one; `next` moves on. */
export class Scanner {
  readonly text: string;
  tok: Token = "EOF";
  start = 0;
  end = 0;

  constructor(text: string) {
    this.text = text;
    this.next();
  }

  /** The source of the current token; empty for an inserted semicolon. */
  get literal(): string {
    return this.text.slice(this.start, this.end);
  }

  next(): void {
    const { text } = this;
    const lineEndsStatement = endsStatement.has(this.tok);
    let i = this.end;
    for (;;) {
      const c = charAt(text, i);
      if (c === newline && lineEndsStatement) return this.set(";", i, i);
      if (c === 32 || c === 9 || c === newline || c === 13) {
        i++;
        continue;
      }
      const end = commentEnd(text, i);
      if (end === i) break;
      // A comment that reaches the end of the line ends the statement where it starts.
      if (lineEndsStatement && (charAt(text, i + 1) === slash || spansLines(text, i, end))) {
        return this.set(";", i, end);
      }
      i = end;
    }
    if (i >= text.length) {
      if (lineEndsStatement) return this.set(";", i, i);
      return this.set("EOF", i, i);
    }
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) return this.number(i);
    if (c === 46) {
      const digit = charAt(text, i + 1);
      if (digit >= 48 && digit <= 57) return this.number(i);
    }
    if (c === quote) return this.set("string", i, quotedEnd(text, i));
    if (c === apostrophe) return this.set("rune", i, quotedEnd(text, i));
    if (c === backquote) return this.set("string", i, rawStringEnd(text, i));
    if (c < 128) {
      for (const op of operatorsAt[c]!) {
        if (op.length === 1 || text.startsWith(op, i)) return this.set(op, i, i + op.length);
      }
    }
    if (!isNameStart(text, i)) return this.set("illegal", i, i + (text.codePointAt(i)! > 0xffff ? 2 : 1));
    const end = wordEnd(text, i);
    const keyword = end - i <= 11 ? keywordOf.get(text.slice(i, end)) : undefined;
    this.set(keyword ?? "ident", i, end);
  }

  /** Makes a block that ends at `end` the current token, after a body was passed by other means. */
  resumeAfter(end: number): void {
    this.set("}", end, end);
  }

  private number(i: number): void {
    const end = numberEnd(this.text, i);
    const digits = this.text.slice(i, end).toLowerCase();
    const isHex = digits.startsWith("0x");
    if (digits.endsWith("i")) this.set("imaginary", i, end);
    else if (digits.includes(".") || digits.includes(isHex ? "p" : "e")) this.set("float", i, end);
    else this.set("int", i, end);
  }

  private set(tok: Token, start: number, end: number): void {
    this.tok = tok;
    this.start = start;
    this.end = end;
  }
}
