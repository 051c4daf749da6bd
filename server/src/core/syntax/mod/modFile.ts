/**
 * The line syntax that go.mod and go.work share (golang.org/x/mod/modfile/read.go):
 * a verb and its words on a line, or a verb and a parenthesized block of lines. It
 * must not know what any verb means.
 */
import type { Span } from "../../base/span.ts";

/** A word, unquoted, and where it stands with its quotes. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** One statement; a line of a block has the block's verb as its own. */
export interface ModLine {
  readonly verb: string;
  /** What follows the verb. */
  readonly words: readonly Word[];
  /** The text after `//` at the end of the line, trimmed; "" without one. */
  readonly comment: string;
  readonly span: Span;
}

export interface ModError {
  readonly span: Span;
  readonly message: string;
}

export interface ModLines {
  readonly lines: readonly ModLine[];
  readonly errors: readonly ModError[];
}

/** Reads the statements of a file. Never fails: what does not fit is an error, and the next line starts afresh. */
export function parseModLines(text: string): ModLines {
  const lines: ModLine[] = [];
  const errors: ModError[] = [];
  let block: Word | undefined;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const { words, comment } = readWords(text, start, end, errors);
    start = end + 1;
    const [first, ...rest] = words;
    const last = words.at(-1);
    if (first === undefined || last === undefined) continue;
    const span = { start: first.span.start, end: last.span.end };
    if (block !== undefined) {
      if (isParen(text, first, ")")) {
        if (rest.length > 0) errors.push({ span, message: "unexpected text after )" });
        block = undefined;
      } else {
        lines.push({ verb: block.text, words, comment, span });
      }
    } else if (isParen(text, first, "(") || isParen(text, first, ")")) {
      errors.push({ span, message: `unexpected ${first.text}` });
    } else if (rest.length === 1 && isParen(text, last, "(")) {
      block = first;
    } else if (rest.length === 2 && isParen(text, rest[0]!, "(") && isParen(text, last, ")")) {
      // An empty block on one line.
    } else {
      lines.push({ verb: first.text, words: rest, comment, span });
    }
  }
  if (block !== undefined) errors.push({ span: block.span, message: "missing ) after block" });
  return { lines, errors };
}

/** A parenthesis as a token of its own, not a quoted one. */
function isParen(text: string, word: Word, paren: "(" | ")"): boolean {
  return word.text === paren && text.charAt(word.span.start) === paren;
}

function readWords(
  text: string,
  start: number,
  end: number,
  errors: ModError[],
): { words: Word[]; comment: string } {
  const words: Word[] = [];
  let i = start;
  while (i < end) {
    const c = text.charAt(i);
    if (isBlank(c)) {
      i++;
    } else if (text.startsWith("//", i)) {
      return { words, comment: text.slice(i + 2, end).trim() };
    } else if (c === '"' || c === "`") {
      const close = closingQuote(text, i, end);
      if (close === undefined) errors.push({ span: { start: i, end }, message: "unterminated string" });
      const wordEnd = close === undefined ? end : close + 1;
      words.push({ text: unquote(text.slice(i + 1, close ?? end), c), span: { start: i, end: wordEnd } });
      i = wordEnd;
    } else {
      const wordEnd = isDelimiter(c) ? i + 1 : bareWordEnd(text, i, end);
      words.push({ text: text.slice(i, wordEnd), span: { start: i, end: wordEnd } });
      i = wordEnd;
    }
  }
  return { words, comment: "" };
}

function bareWordEnd(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && !isBlank(text.charAt(i)) && !isDelimiter(text.charAt(i)) && !text.startsWith("//", i))
    i++;
  return i;
}

function closingQuote(text: string, open: number, end: number): number | undefined {
  const quote = text.charAt(open);
  for (let i = open + 1; i < end; i++) {
    const c = text.charAt(i);
    if (c === quote) return i;
    if (c === "\\" && quote === '"') i++;
  }
  return undefined;
}

/** Paths and versions need no other escapes than these two. */
function unquote(text: string, quote: string): string {
  return quote === '"' ? text.replace(/\\(["\\])/g, "$1") : text;
}

function isBlank(c: string): boolean {
  return c === " " || c === "\t" || c === "\r";
}

/** Characters that are a token each; they cannot be in a bare word. */
function isDelimiter(c: string): boolean {
  return c === "(" || c === ")" || c === "[" || c === "]" || c === "{" || c === "}" || c === ",";
}
