/**
 * The place of the parser in a list of tokens: one current token, trivia skipped,
 * and the errors so far. It must not know what the tokens make up.
 */
import { isTrivia, Kind } from "./lexer.ts";
import type { AsmTokens, SyntaxError } from "./lexer.ts";

export interface Cursor {
  readonly text: string;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly count: number;
  readonly errors: SyntaxError[];
  /** Macros defined so far in this very file: whether they take arguments. */
  readonly macros: Map<string, boolean>;
  /** Index of the current token; `count` at the end. */
  at: number;
  /** Kind of the current token; `Kind.End` at the end. */
  kind: number;
  /** Offset of the end of the last token passed. */
  lastEnd: number;
  /** Set by `fail`; whoever parses an operand clears it and recovers. */
  failed: boolean;
  /** Operators and parentheses read in the current operand; their number is limited. */
  operators: number;
}

export function newCursor(text: string, tokens: AsmTokens, errors: SyntaxError[]): Cursor {
  const { kinds, starts, count } = tokens;
  const cursor: Cursor = {
    text,
    kinds,
    starts,
    count,
    errors,
    macros: new Map(),
    at: 0,
    kind: Kind.End,
    lastEnd: 0,
    failed: false,
    operators: 0,
  };
  moveTo(cursor, 0);
  return cursor;
}

/** Makes the first token from index `at` on that is no trivia the current one. */
export function moveTo(c: Cursor, at: number): void {
  const { kinds, count } = c;
  while (at < count && isTrivia(kinds[at]!)) at++;
  c.at = at;
  c.kind = at < count ? kinds[at]! : Kind.End;
}

/** Passes the current token; there must be one. */
export function advance(c: Cursor): void {
  c.lastEnd = c.starts[c.at + 1]!;
  moveTo(c, c.at + 1);
}

/** Index of the token after token `at`, trivia skipped; `count` at the end. */
export function following(c: Cursor, at: number): number {
  do at++;
  while (at < c.count && isTrivia(c.kinds[at]!));
  return at;
}

export function kindAt(c: Cursor, at: number): number {
  return at < c.count ? c.kinds[at]! : Kind.End;
}

export function tokenText(c: Cursor, at: number): string {
  return c.text.slice(c.starts[at], c.starts[at + 1]);
}

/** Offset of the start of the current token, or of the end of the text. */
export function startOf(c: Cursor): number {
  return c.starts[c.at]!;
}

/** Offset of the end of the current token, or of the text. */
export function endOf(c: Cursor): number {
  return c.at < c.count ? c.starts[c.at + 1]! : c.starts[c.at]!;
}

/** Whether the current token ends a statement. */
export function atStatementEnd(c: Cursor): boolean {
  return c.kind === Kind.Newline || c.kind === Kind.Semicolon || c.kind === Kind.End;
}

/** Records that the current token is not what the grammar wants; only the first failure counts. */
export function fail(c: Cursor, expected: string): void {
  if (c.failed) return;
  c.failed = true;
  const end = atStatementEnd(c) ? startOf(c) : endOf(c);
  c.errors.push({ start: startOf(c), end, message: `expected ${expected}, found ${describe(c)}` });
}

/** The current token in words. */
export function describe(c: Cursor): string {
  if (c.kind === Kind.End) return "end of file";
  if (c.kind === Kind.Newline) return "end of line";
  return JSON.stringify(tokenText(c, c.at));
}

/** Passes the current token if it is of the kind; fails otherwise. */
export function expect(c: Cursor, kind: number, expected: string): void {
  if (c.kind === kind) advance(c);
  else fail(c, expected);
}
