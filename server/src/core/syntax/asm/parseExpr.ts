/**
 * Reads constant expressions. The grammar and the precedence are those of `expr`,
 * `term` and `factor` in cmd/asm/internal/asm/parse.go, for floats too; a name may
 * stand for a number, since a source as written has its macros unexpanded. It
 * must not know which names are macros of other files, and computes nothing.
 */
import type { Span } from "../../base/span.ts";
import type { BinaryOp, CallExpr, Expr } from "./ast.ts";
import { advance, expect, fail, following, kindAt, moveTo, startOf, tokenText } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { Kind } from "./lexer.ts";
import { charValue, intValue } from "./literal.ts";

/** More operators and parentheses in an operand are an error, so that no tree is too deep to walk by recursion. */
const maxOperators = 400;

const additive: ReadonlyMap<number, BinaryOp> = new Map([
  [Kind.Plus, "+"],
  [Kind.Minus, "-"],
  [0x7c, "|"],
  [0x5e, "^"],
]);

const multiplicative: ReadonlyMap<number, BinaryOp> = new Map([
  [Kind.Star, "*"],
  [Kind.Slash, "/"],
  [0x25, "%"],
  [0x26, "&"],
  [Kind.ShiftLeft, "<<"],
  [Kind.ShiftRight, ">>"],
]);

/** Sums, differences, `|` and `^` of terms. */
export function parseExpr(c: Cursor): Expr {
  const start = startOf(c);
  let left = parseTerm(c);
  while (!c.failed) {
    const op = additive.get(c.kind);
    if (op === undefined || !countOperator(c)) break;
    advance(c);
    const right = parseTerm(c);
    left = { kind: "binary", start, end: c.lastEnd, op, left, right };
  }
  return left;
}

/** Products, quotients, `&` and shifts of factors. */
export function parseTerm(c: Cursor): Expr {
  const start = startOf(c);
  let left = parseFactor(c);
  while (!c.failed) {
    const op = multiplicative.get(c.kind);
    if (op === undefined || !countOperator(c)) break;
    advance(c);
    // The assembler takes all that follows `>>` in a term as the count, and lets nothing follow `<<`.
    const right = op === ">>" ? parseTerm(c) : parseFactor(c);
    left = { kind: "binary", start, end: c.lastEnd, op, left, right };
    if (op === "<<") break;
  }
  return left;
}

export function parseFactor(c: Cursor): Expr {
  const start = startOf(c);
  switch (c.kind) {
    case Kind.Int:
    case Kind.Char: {
      const literal = tokenText(c, c.at);
      const value = c.kind === Kind.Int ? intValue(literal) : charValue(literal);
      advance(c);
      if (value === "too large") {
        c.errors.push({ start, end: c.lastEnd, message: "number does not fit 64 bits" });
      }
      return { kind: "int", start, end: c.lastEnd, value: value === "too large" ? undefined : value };
    }
    case Kind.Float:
      advance(c);
      return { kind: "float", start, end: c.lastEnd };
    case Kind.String:
      advance(c);
      return { kind: "string", start, end: c.lastEnd };
    case Kind.Plus:
    case Kind.Minus:
    case 0x7e /* ~ */: {
      const op = c.kind === Kind.Plus ? "+" : c.kind === Kind.Minus ? "-" : "~";
      advance(c);
      const operand = nested(c, parseFactor);
      return { kind: "unary", start, end: c.lastEnd, op, operand };
    }
    case Kind.Open: {
      advance(c);
      const inner = nested(c, parseExpr);
      expect(c, Kind.Close, '")"');
      return { kind: "paren", start, end: c.lastEnd, inner };
    }
    case Kind.Ident: {
      const name = tokenText(c, c.at);
      advance(c);
      if (c.kind === Kind.Open && isCall(c, name)) return parseCall(c, start, name);
      return { kind: "name", start, end: c.lastEnd, name };
    }
    default:
      fail(c, "a number");
      return bad(c);
  }
}

function nested(c: Cursor, parse: (c: Cursor) => Expr): Expr {
  if (countOperator(c)) return parse(c);
  return bad(c);
}

/** Stands behind the last token passed, since the statement may end there. */
function bad(c: Cursor): Expr {
  return { kind: "bad", start: c.lastEnd, end: c.lastEnd };
}

function countOperator(c: Cursor): boolean {
  if (c.operators++ < maxOperators) return true;
  fail(c, "a shorter expression");
  return false;
}

/**
 * Whether the parenthesis behind `name` holds arguments of a macro rather than a
 * register: `F(1, 2)` and `F(8)`, not `off(R1)` or `off(R1*8)`.
 */
export function isCall(c: Cursor, name: string): boolean {
  const takesArguments = c.macros.get(name);
  if (takesArguments !== undefined) return takesArguments;
  const first = following(c, c.at);
  if (kindAt(c, first) !== Kind.Ident) return true;
  const second = kindAt(c, following(c, first));
  return second === Kind.Comma || second === Kind.Plus || second === Kind.Minus;
}

function parseCall(c: Cursor, start: number, name: string): CallExpr {
  const args = parseArgs(c);
  return { kind: "call", start, end: c.lastEnd, name, args };
}

/**
 * The arguments of a macro, from the opening parenthesis on, divided as
 * collectArgument of cmd/asm/internal/lex/input.go does: only parentheses nest.
 */
export function parseArgs(c: Cursor): Span[] {
  advance(c);
  const args: Span[] = [];
  let nesting = 0;
  let start = startOf(c);
  let end = start;
  for (;;) {
    const kind = c.kind;
    if (kind === Kind.Newline || kind === Kind.End) {
      fail(c, '")"');
      return args;
    }
    if (nesting === 0 && (kind === Kind.Close || kind === Kind.Comma)) {
      const isEmptyList = kind === Kind.Close && args.length === 0 && end === start;
      if (!isEmptyList) args.push({ start, end });
      advance(c);
      if (kind === Kind.Close) return args;
      start = end = startOf(c);
      continue;
    }
    if (kind === Kind.Open) nesting++;
    else if (kind === Kind.Close) nesting--;
    advance(c);
    end = c.lastEnd;
  }
}

/** Whether the current token is an opening parenthesis around the one name, and which. */
export function nameInParens(c: Cursor): string | undefined {
  if (c.kind !== Kind.Open) return undefined;
  const name = following(c, c.at);
  if (kindAt(c, name) !== Kind.Ident || kindAt(c, following(c, name)) !== Kind.Close) return undefined;
  return tokenText(c, name);
}

/** Goes back to token `at` as if nothing after it had been read. */
export function rewind(c: Cursor, at: number, errorCount: number): void {
  moveTo(c, at);
  c.errors.length = errorCount;
  c.failed = false;
}
