/**
 * Build constraints as expressions: the text after `//go:build`, and the older one
 * after `// +build`, read into one tree, by the rules of go/build/constraint/expr.go.
 * It must not know where such lines may stand (header.ts) nor which tags hold.
 */
import { fieldSpans } from "./space.ts";

export type Constraint =
  | Tag
  | { readonly kind: "not"; readonly x: Constraint }
  | { readonly kind: "and"; readonly x: Constraint; readonly y: Constraint }
  | { readonly kind: "or"; readonly x: Constraint; readonly y: Constraint };

/** Offsets count as those of the text given to the parser, moved by its `offset`. */
export interface Tag {
  readonly kind: "tag";
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

export interface ConstraintError {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface ParsedConstraint {
  /** Undefined where the text is no expression; Go rejects a file with such a `//go:build` line. */
  readonly expr: Constraint | undefined;
  readonly error: ConstraintError | undefined;
  /** Every tag as written, in order, in broken text too. */
  readonly tags: readonly Tag[];
}

/** Operands of one `//go:build` expression; a longer one is an error, which also bounds the depth of the tree. */
const maxOperands = 1000;
/** Operators of one `// +build` line. */
const maxPlusBuildOperators = 100;

/** Parses the text after `//go:build`. Offsets of the result are those in `text` plus `offset`. */
export function parseGoBuild(text: string, offset = 0): ParsedConstraint {
  const { tokens, error: lexError } = lex(text, offset);
  const tags = tokens.flatMap((token): Tag[] =>
    token.isTag ? [{ kind: "tag", tag: token.text, start: token.start, end: token.end }] : [],
  );
  const end = offset + text.length;
  let next = 0;
  let operands = 0;
  let depth = 0;
  let error: ConstraintError | undefined;

  // The first error stays, and parsing goes on to nothing: every function then returns undefined.
  function fail(start: number, end: number, message: string): undefined {
    error ??= { start, end, message };
    return undefined;
  }
  // Where the tokens end early because of a bad character, that is the error.
  function failAtEnd(start: number, end: number, message: string): undefined {
    const { start: from, end: to, message: what } = lexError ?? { start, end, message };
    return fail(from, to, what);
  }
  function operator(kind: "and" | "or", symbol: string, operand: () => Constraint | undefined) {
    let x = operand();
    while (x !== undefined && tokens[next]?.text === symbol) {
      next++;
      const y = operand();
      x = y && { kind, x, y };
    }
    return x;
  }
  const or = (): Constraint | undefined => operator("or", "||", and);
  const and = (): Constraint | undefined => operator("and", "&&", not);
  function not(): Constraint | undefined {
    const token = tokens[next];
    if (++operands > maxOperands) {
      return fail(token?.start ?? end, token?.end ?? end, "build expression too large");
    }
    if (token?.text !== "!") return atom();
    const second = tokens[++next];
    if (second?.text === "!") return fail(second.start, second.end, "double negation not allowed");
    const x = atom();
    return x && { kind: "not", x };
  }
  function atom(): Constraint | undefined {
    const token = tokens[next];
    if (token === undefined) {
      return failAtEnd(end, end, depth > 0 ? "missing close paren" : "unexpected end of expression");
    }
    next++;
    if (token.text === "(") {
      depth++;
      const x = or();
      depth--;
      if (x === undefined) return undefined;
      const close = tokens[next++];
      if (close?.text === ")") return x;
      const message = "missing close paren";
      return close ? fail(token.start, token.end, message) : failAtEnd(token.start, token.end, message);
    }
    if (!token.isTag) return fail(token.start, token.end, `unexpected token ${token.text}`);
    return { kind: "tag", tag: token.text, start: token.start, end: token.end };
  }

  const expr = or();
  const rest = tokens[next];
  if (rest !== undefined) fail(rest.start, rest.end, `unexpected token ${rest.text}`);
  error ??= lexError;
  return { expr: error === undefined ? expr : undefined, error, tags };
}

/**
 * Parses the text after `// +build`: space is "or", comma is "and". A word that is no tag never holds, which Go
 * writes as the tag "ignore". Offsets of the result are those in `text` plus `offset`.
 */
export function parsePlusBuild(text: string, offset = 0): ParsedConstraint {
  const tags: Tag[] = [];
  let operators = 0;
  let expr: Constraint | undefined;
  for (const field of fieldSpans(text, 0, text.length)) {
    let clause: Constraint | undefined;
    let start = field.start;
    for (const word of text.slice(field.start, field.end).split(",")) {
      const literal = parseLiteral(word, offset + start, tags);
      if (clause !== undefined) operators++;
      clause = clause === undefined ? literal : { kind: "and", x: clause, y: literal };
      start += word.length + 1;
    }
    if (clause === undefined) continue;
    if (expr !== undefined) operators++;
    expr = expr === undefined ? clause : { kind: "or", x: expr, y: clause };
  }
  if (operators > maxPlusBuildOperators) {
    const message = "expression too complex for // +build lines";
    return { expr: undefined, error: { start: offset, end: offset + text.length, message }, tags };
  }
  return { expr: expr ?? never(offset), error: undefined, tags };
}

/** Whether the constraint holds where `has` tells which tags do. */
export function evalConstraint(expr: Constraint, has: (tag: string) => boolean): boolean {
  switch (expr.kind) {
    case "tag":
      return has(expr.tag);
    case "not":
      return !evalConstraint(expr.x, has);
    case "and":
      return evalConstraint(expr.x, has) && evalConstraint(expr.y, has);
    case "or":
      return evalConstraint(expr.x, has) || evalConstraint(expr.y, has);
  }
}

/** The constraint in the syntax of `//go:build`, with the parentheses Go's own printer writes. */
export function formatConstraint(expr: Constraint): string {
  switch (expr.kind) {
    case "tag":
      return expr.tag;
    case "not":
      return `!${operand(expr.x, "and", "or")}`;
    case "and":
      return `${operand(expr.x, "or")} && ${operand(expr.y, "or")}`;
    case "or":
      return `${operand(expr.x, "and")} || ${operand(expr.y, "and")}`;
  }
}

function operand(expr: Constraint, ...parenthesized: Constraint["kind"][]): string {
  const text = formatConstraint(expr);
  return parenthesized.includes(expr.kind) ? `(${text})` : text;
}

/** One word between commas of a `// +build` line: a tag or its negation. */
function parseLiteral(word: string, start: number, tags: Tag[]): Constraint {
  const negated = word.startsWith("!");
  const name = negated ? word.slice(1) : word;
  // `!!x` and a bare `!` never hold, yet `!` before any other word that is no tag negates it, and always holds.
  if (negated && (name === "" || name.startsWith("!"))) return never(start);
  let x: Tag = never(start);
  if (isTagText(name)) {
    const from = negated ? start + 1 : start;
    x = { kind: "tag", tag: name, start: from, end: from + name.length };
    tags.push(x);
  }
  return negated ? { kind: "not", x } : x;
}

function never(at: number): Tag {
  return { kind: "tag", tag: "ignore", start: at, end: at };
}

const tagLetter = /[\p{L}\p{Nd}_.]/u;

function isTagText(text: string): boolean {
  return text !== "" && tagEnd(text, 0) === text.length;
}

/** The end of the run of tag letters at `start`: letters, digits, underscores, dots; all digits are fine ("386"). */
function tagEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    const letter = String.fromCodePoint(text.codePointAt(i)!);
    if (!tagLetter.test(letter)) break;
    i += letter.length;
  }
  return i;
}

interface Token {
  readonly text: string;
  readonly isTag: boolean;
  readonly start: number;
  readonly end: number;
}

/** The tokens up to the first thing that is none. */
function lex(text: string, offset: number): { tokens: Token[]; error: ConstraintError | undefined } {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === " " || c === "\t") {
      i++;
      continue;
    }
    let end = i + 1;
    let isTag = false;
    if (c === "&" || c === "|") {
      end = text.charAt(i + 1) === c ? i + 2 : i;
    } else if (c !== "(" && c !== ")" && c !== "!") {
      end = tagEnd(text, i);
      isTag = true;
    }
    if (end === i) {
      const letter = String.fromCodePoint(text.codePointAt(i)!);
      const start = offset + i;
      const error = { start, end: start + letter.length, message: `invalid syntax at ${letter}` };
      return { tokens, error };
    }
    tokens.push({ text: text.slice(i, end), isTag, start: offset + i, end: offset + end });
    i = end;
  }
  return { tokens, error: undefined };
}
