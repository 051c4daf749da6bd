/**
 * Builds the tree of a file from its tokens: statements and preprocessor lines.
 * It never throws, whatever the text, and takes time linear in it. It must not
 * know mnemonics, and expands nothing.
 *
 * A statement ends at a newline or `;`, as in `line` of
 * cmd/asm/internal/asm/parse.go; an error costs one operand, never the rest of the file.
 */
import type { Span } from "../../base/span.ts";
import type {
  AsmFile,
  Branch,
  Expr,
  FlagsOperand,
  FrameOperand,
  MacroParam,
  Operand,
  Statement,
  StatementBase,
  SymbolRef,
} from "./ast.ts";
import {
  advance,
  atStatementEnd,
  describe,
  fail,
  following,
  kindAt,
  moveTo,
  newCursor,
  startOf,
  tokenText,
} from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { Kind, lexAsm } from "./lexer.ts";
import type { AsmTokens, SyntaxError } from "./lexer.ts";
import { unquote } from "./literal.ts";
import { parseArgs, parseFactor, parseTerm } from "./parseExpr.ts";
import { parseOperand } from "./parseOperand.ts";

/** What the statements of a file share while it is read. */
interface Builder {
  readonly c: Cursor;
  readonly statements: Statement[];
  readonly branches: Branch[];
  /** Index of the last TEXT, -1 before the first. */
  text: number;
  /** Index of the innermost open branch, -1 for none. */
  branch: number;
}

/** Parses a source as written. */
export function parseAsm(text: string): AsmFile {
  const { tokens, errors } = lexAsm(text);
  return parseTokens(text, tokens, errors);
}

/** Parses tokens that need not be what `lexAsm` makes of the text; `lexErrors` come first in the file's errors. */
export function parseTokens(text: string, tokens: AsmTokens, lexErrors: readonly SyntaxError[]): AsmFile {
  const c = newCursor(text, tokens, [...lexErrors]);
  const b: Builder = { c, statements: [], branches: [], text: -1, branch: -1 };
  let atLineStart = true;
  while (c.kind !== Kind.End) {
    if (c.kind === Kind.Newline || c.kind === Kind.Semicolon) {
      atLineStart = c.kind === Kind.Newline;
      advance(c);
      continue;
    }
    if (c.kind === Kind.Hash && atLineStart) parseDirective(b);
    else parseStatement(b);
    atLineStart = false;
  }
  for (let i = b.branch; i >= 0; i = b.branches[i]!.parent) {
    const opening = b.statements[b.branches[i]!.statement]!;
    c.errors.push({ start: opening.start, end: opening.end, message: "no #endif for this line" });
  }
  return { text, tokens, statements: b.statements, branches: b.branches, errors: c.errors };
}

/** The common part of a statement that starts at `start` and ends where the parser is. */
function base(b: Builder, start: number): { -readonly [K in keyof StatementBase]: StatementBase[K] } {
  return { start, end: b.c.lastEnd, text: b.text, branch: b.branch };
}

function parseStatement(b: Builder): void {
  const { c } = b;
  const start = startOf(c);
  if (c.kind !== Kind.Ident) {
    const message =
      c.kind === Kind.Hash ? '"#" must come first on its line' : `expected a name, found ${describe(c)}`;
    c.errors.push({ start, end: c.starts[c.at + 1]!, message });
    while (!atStatementEnd(c)) advance(c);
    b.statements.push({ kind: "bad", ...base(b, start) });
    return;
  }
  const name = tokenText(c, c.at);
  advance(c);
  const nameEnd = c.lastEnd;
  if (c.kind === Kind.Colon) {
    advance(c);
    b.statements.push({
      kind: "label",
      name,
      nameEnd,
      start,
      end: c.lastEnd,
      text: b.text,
      branch: b.branch,
    });
    return;
  }
  switch (name) {
    case "TEXT":
      b.text = b.statements.length;
      parseText(b, start);
      return;
    case "GLOBL":
      parseGlobl(b, start);
      return;
    case "DATA":
      parseData(b, start);
      return;
    case "FUNCDATA":
    case "PCDATA":
    case "PCALIGN": {
      const kind = name === "FUNCDATA" ? "funcdata" : name === "PCDATA" ? "pcdata" : "pcalign";
      const operands = parseOperands(c);
      b.statements.push({ kind, operands, ...base(b, start) });
      return;
    }
  }
  const takesArguments = c.macros.get(name);
  const endsHere = atStatementEnd(c);
  const isUse =
    takesArguments !== undefined ||
    (endsHere && name.includes("_")) ||
    (c.kind === Kind.Open && startOf(c) === nameEnd && parensEndStatement(c));
  if (isUse) {
    parseMacroUse(b, start, name, nameEnd);
    return;
  }
  let suffix = "";
  while (c.kind === Kind.Dot && kindAt(c, following(c, c.at)) === Kind.Ident) {
    advance(c);
    suffix += `.${tokenText(c, c.at)}`;
    advance(c);
  }
  const operands = endsHere ? none : parseOperands(c);
  b.statements.push({
    kind: "instruction",
    name,
    nameEnd,
    suffix,
    operands,
    start,
    end: c.lastEnd,
    text: b.text,
    branch: b.branch,
  });
}

const none: readonly never[] = [];

/** Whether a statement ends, or another name follows, where the current parenthesis closes. */
function parensEndStatement(c: Cursor): boolean {
  let nesting = 0;
  for (let at = c.at; ; at = following(c, at)) {
    const kind = kindAt(c, at);
    if (kind === Kind.End || kind === Kind.Newline || kind === Kind.Semicolon) return false;
    if (kind === Kind.Open) nesting++;
    else if (kind === Kind.Close && --nesting === 0) {
      const after = kindAt(c, following(c, at));
      return after === Kind.End || after === Kind.Newline || after === Kind.Semicolon || after === Kind.Ident;
    }
  }
}

/** From behind the macro's name on. What it hides is unknown, so what follows it is read without complaint. */
function parseMacroUse(b: Builder, start: number, name: string, nameEnd: number): void {
  const { c } = b;
  let args: readonly Span[] | undefined;
  let operands: readonly Operand[] = none;
  if (c.kind === Kind.Open && c.macros.get(name) !== false) {
    c.failed = false;
    args = parseArgs(c);
    c.failed = false;
  }
  // Another name behind the arguments is the next statement: the macro may end with a newline of its own.
  if (!atStatementEnd(c) && !(args !== undefined && c.kind === Kind.Ident)) {
    const errorCount = c.errors.length;
    operands = parseOperands(c);
    c.errors.length = errorCount;
  }
  b.statements.push({ kind: "macroUse", name, nameEnd, args, operands, ...base(b, start) });
}

/** The operands up to the end of the statement. */
function parseOperands(c: Cursor): readonly Operand[] {
  if (atStatementEnd(c)) return none;
  const operands: Operand[] = [];
  for (;;) {
    let operand = parseWholeOperand(c);
    if (c.kind === Kind.Colon) {
      advance(c);
      const second = parseWholeOperand(c);
      operand = { kind: "colonPair", start: operand.start, end: second.end, first: operand, second };
    }
    operands.push(operand);
    if (c.kind !== Kind.Comma) {
      if (atStatementEnd(c)) return operands;
      // Only a second colon gets here.
      c.errors.push({ start: startOf(c), end: c.starts[c.at + 1]!, message: 'unexpected ":"' });
    }
    advance(c);
  }
}

/** One operand with its end; afterwards the parser is at a comma, a colon, or the end of the statement. */
function parseWholeOperand(c: Cursor): Operand {
  const at = c.at;
  const errorCount = c.errors.length;
  if (c.kind === Kind.Comma || c.kind === Kind.Colon || atStatementEnd(c)) {
    // Right behind the separator, since the statement ends there.
    c.errors.push({ start: c.lastEnd, end: c.lastEnd, message: "missing operand" });
    return { kind: "bad", start: c.lastEnd, end: c.lastEnd };
  }
  c.failed = false;
  c.operators = 0;
  const operand = parseOperand(c);
  if (!c.failed && (c.kind === Kind.Comma || c.kind === Kind.Colon || atStatementEnd(c))) return operand;
  fail(c, "end of operand");
  return skipOperand(c, at, errorCount);
}

/**
 * Gives up on the operand that starts at token `at` and goes to its end. A macro
 * in it takes the errors back: it may hide anything, and the expanded source tells.
 */
function skipOperand(c: Cursor, at: number, errorCount: number): Operand {
  const stop = c.at;
  let nesting = 0;
  let hasMacro = false;
  moveTo(c, at);
  for (;;) {
    if (atStatementEnd(c)) break;
    if (nesting <= 0 && (c.kind === Kind.Comma || c.kind === Kind.Colon) && c.at >= stop) break;
    if (c.kind === Kind.Open || c.kind === Kind.OpenBracket) nesting++;
    else if (c.kind === Kind.Close || c.kind === Kind.CloseBracket) nesting--;
    else if (c.kind === Kind.Ident && !hasMacro && c.macros.size > 0) {
      hasMacro = c.macros.has(tokenText(c, c.at));
    }
    advance(c);
  }
  if (hasMacro) c.errors.length = errorCount;
  return { kind: "bad", start: c.starts[at]!, end: c.lastEnd };
}

/** `TEXT symbol(SB), flags, $frame-args`, from behind TEXT on. */
function parseText(b: Builder, start: number): void {
  const { c } = b;
  const symbol = parseSymbolPart(c, "TEXT");
  let flags: FlagsOperand | undefined;
  let frame: FrameOperand | undefined;
  if (passComma(c)) {
    if (commaFollows(c)) {
      flags = parseFlags(c);
      passComma(c);
    }
    frame = parseFrame(c);
  }
  endStatement(c);
  b.statements.push({ kind: "text", symbol, flags, frame, ...base(b, start) });
}

/** `GLOBL symbol(SB), flags, $size`, from behind GLOBL on. */
function parseGlobl(b: Builder, start: number): void {
  const { c } = b;
  const symbol = parseSymbolPart(c, "GLOBL");
  let flags: FlagsOperand | undefined;
  let size: Operand | undefined;
  if (passComma(c)) {
    if (commaFollows(c)) {
      flags = parseFlags(c);
      passComma(c);
    }
    size = parseWholeOperand(c);
  }
  endStatement(c);
  b.statements.push({ kind: "globl", symbol, flags, size, ...base(b, start) });
}

/** `DATA symbol+8(SB)/width, value`, from behind DATA on. */
function parseData(b: Builder, start: number): void {
  const { c } = b;
  const symbol = parseSymbolPart(c, "DATA");
  let width: Expr | undefined;
  let value: Operand | undefined;
  if (c.kind === Kind.Slash) {
    advance(c);
    c.failed = false;
    const at = c.at;
    const errorCount = c.errors.length;
    width = parseFactor(c);
    if (c.failed) skipOperand(c, at, errorCount);
  } else if (symbol !== undefined) {
    c.errors.push({ start: startOf(c), end: startOf(c), message: 'expected "/" and a size' });
  }
  if (passComma(c)) value = parseWholeOperand(c);
  endStatement(c);
  b.statements.push({ kind: "data", symbol, width, value, ...base(b, start) });
}

/** The `symbol(SB)` of a directive; undefined, with an error, where there is none. */
function parseSymbolPart(c: Cursor, directive: string): SymbolRef | undefined {
  const at = c.at;
  const errorCount = c.errors.length;
  c.failed = false;
  c.operators = 0;
  if (!atStatementEnd(c)) {
    const operand = parseOperand(c);
    const isSymbol = operand.kind === "symbol" && operand.prefix === "" && operand.index === undefined;
    if (!c.failed && isSymbol && operand.symbol.base === "SB") return operand.symbol;
  }
  c.errors.length = errorCount;
  const start = c.starts[at]!;
  const end = Math.max(start, c.lastEnd);
  c.errors.push({ start, end, message: `${directive} needs a symbol of the form name(SB)` });
  if (!atStatementEnd(c) && c.kind !== Kind.Comma && c.kind !== Kind.Slash) skipOperand(c, at, errorCount);
  return undefined;
}

/** `NOSPLIT|WRAPPER`, `7`, `$7`. */
function parseFlags(c: Cursor): FlagsOperand {
  const operand = parseWholeOperand(c);
  const { start, end } = operand;
  switch (operand.kind) {
    case "immediate":
      return { start, end, value: operand.value };
    case "name":
      return { start, end, value: { kind: "name", start, end, name: operand.name } };
    case "macroCall":
      return { start, end, value: operand.call };
    case "memory":
      if (operand.offset !== undefined && operand.base === undefined && operand.index === undefined) {
        return { start, end, value: operand.offset };
      }
      // `(NOSPLIT)` looks like a register.
      if (operand.offset === undefined && operand.base !== undefined && operand.index === undefined) {
        return { start, end, value: { kind: "name", start, end, name: operand.base.name } };
      }
  }
  return { start, end, value: { kind: "bad", start, end } };
}

/** `$16-24`, `$-8`, `$FRAME-16`, or a macro for the whole. */
function parseFrame(c: Cursor): FrameOperand | undefined {
  const at = c.at;
  const start = startOf(c);
  const errorCount = c.errors.length;
  c.failed = false;
  c.operators = 0;
  let size: Expr | undefined;
  let args: Expr | undefined;
  if (c.kind === Kind.Dollar) {
    advance(c);
    // A sign belongs to the number, so that the minus behind it is the one before the arguments.
    size = parseTerm(c);
    if (c.kind === Kind.Plus && !c.failed) size = parseSum(c, size);
    if (c.kind === Kind.Minus && !c.failed) {
      advance(c);
      args = parseTerm(c);
      if (c.kind === Kind.Plus && !c.failed) args = parseSum(c, args);
    }
  } else if (c.kind === Kind.Ident) {
    const name = parseFactor(c);
    if (name.kind === "call") c.failed = false;
  } else if (atStatementEnd(c)) {
    c.errors.push({ start, end: start, message: "missing frame size" });
    return undefined;
  } else {
    fail(c, '"$" and a frame size');
  }
  if (!c.failed && !atStatementEnd(c) && c.kind !== Kind.Comma) fail(c, "end of operand");
  if (c.failed) skipOperand(c, at, errorCount);
  return { start, end: c.lastEnd, size, args };
}

/** The rest of a sum whose first term has been read. */
function parseSum(c: Cursor, first: Expr): Expr {
  let left = first;
  while (c.kind === Kind.Plus && !c.failed) {
    advance(c);
    const right = parseTerm(c);
    left = { kind: "binary", start: first.start, end: c.lastEnd, op: "+", left, right };
  }
  return left;
}

/** Passes the comma between two operands; says so if there is none. */
function passComma(c: Cursor): boolean {
  if (c.kind === Kind.Comma) {
    advance(c);
    return true;
  }
  if (atStatementEnd(c)) c.errors.push({ start: startOf(c), end: startOf(c), message: "missing operand" });
  return false;
}

/** Whether another comma follows in the statement, outside parentheses. */
function commaFollows(c: Cursor): boolean {
  let nesting = 0;
  for (let at = c.at; ; at = following(c, at)) {
    switch (kindAt(c, at)) {
      case Kind.Newline:
      case Kind.Semicolon:
      case Kind.End:
        return false;
      case Kind.Comma:
        if (nesting <= 0) return true;
        break;
      case Kind.Open:
      case Kind.OpenBracket:
        nesting++;
        break;
      case Kind.Close:
      case Kind.CloseBracket:
        nesting--;
        break;
    }
  }
}

/** Goes to the end of a statement whose operands have all been read. */
function endStatement(c: Cursor): void {
  if (atStatementEnd(c)) return;
  const start = startOf(c);
  while (!atStatementEnd(c)) advance(c);
  c.errors.push({ start, end: c.lastEnd, message: "unexpected operand" });
}

/** A line that starts with `#`; the directives of cmd/asm/internal/lex/input.go. */
function parseDirective(b: Builder): void {
  const { c } = b;
  const start = startOf(c);
  advance(c);
  const word = c.kind === Kind.Ident ? tokenText(c, c.at) : "";
  if (c.kind === Kind.Ident) advance(c);
  switch (word) {
    case "include": {
      const pathSpan = tokenSpan(c);
      const path = c.kind === Kind.String ? unquote(tokenText(c, c.at)) : undefined;
      if (path === undefined) return badDirective(b, start, "#include needs a path in quotes");
      advance(c);
      endDirective(c, word);
      b.statements.push({ kind: "include", path, pathSpan, ...base(b, start) });
      return;
    }
    case "define":
      parseDefine(b, start);
      return;
    case "undef":
    case "ifdef":
    case "ifndef": {
      if (c.kind !== Kind.Ident) {
        // A branch is opened all the same, so that the #endif finds its match.
        if (word !== "undef") openBranch(b, b.branch, "", word === "ifdef");
        return badDirective(b, start, `#${word} needs a name`);
      }
      const nameSpan = tokenSpan(c);
      const name = tokenText(c, c.at);
      advance(c);
      endDirective(c, word);
      const { branch } = b;
      if (word === "undef") c.macros.delete(name);
      else openBranch(b, branch, name, word === "ifdef");
      b.statements.push({ kind: word, name, nameSpan, ...base(b, start), branch });
      return;
    }
    case "else": {
      endDirective(c, word);
      const open = b.branches[b.branch];
      if (open === undefined) return badDirective(b, start, "#else without #ifdef");
      openBranch(b, open.parent, open.macro, !open.defined);
      b.statements.push({ kind: "else", ...base(b, start), branch: open.parent });
      return;
    }
    case "endif": {
      endDirective(c, word);
      const open = b.branches[b.branch];
      if (open === undefined) return badDirective(b, start, "#endif without #ifdef");
      b.branch = open.parent;
      b.statements.push({ kind: "endif", ...base(b, start) });
      return;
    }
    case "line": {
      const isNumber = c.kind === Kind.Int;
      if (isNumber) advance(c);
      if (!isNumber || c.kind !== Kind.String) {
        return badDirective(b, start, "#line needs a number and a file name in quotes");
      }
      advance(c);
      endDirective(c, word);
      b.statements.push({ kind: "line", ...base(b, start) });
      return;
    }
    default:
      return badDirective(
        b,
        start,
        word === "" ? 'expected a directive behind "#"' : `unknown directive #${word}`,
      );
  }
}

/** Opens the branch of the statement that is pushed next. */
function openBranch(b: Builder, parent: number, macro: string, defined: boolean): void {
  b.branch = b.branches.length;
  b.branches.push({ parent, macro, defined, statement: b.statements.length });
}

function badDirective(b: Builder, start: number, message: string): void {
  const { c } = b;
  while (c.kind !== Kind.Newline && c.kind !== Kind.End) advance(c);
  c.errors.push({ start, end: c.lastEnd, message });
  b.statements.push({ kind: "badDirective", ...base(b, start) });
}

/** Goes to the end of the line, where nothing may follow the directive any more. */
function endDirective(c: Cursor, word: string): void {
  if (c.kind === Kind.Newline || c.kind === Kind.End) return;
  const start = startOf(c);
  while (c.kind !== Kind.Newline && c.kind !== Kind.End) advance(c);
  c.errors.push({ start, end: c.lastEnd, message: `expected end of line behind #${word}` });
}

function tokenSpan(c: Cursor): Span {
  return { start: startOf(c), end: c.at < c.count ? c.starts[c.at + 1]! : startOf(c) };
}

/** `#define NAME(a, b) body`, from behind the word on. */
function parseDefine(b: Builder, start: number): void {
  const { c } = b;
  if (c.kind !== Kind.Ident) return badDirective(b, start, "#define needs a name");
  const nameSpan = tokenSpan(c);
  const name = tokenText(c, c.at);
  advance(c);
  let params: MacroParam[] | undefined;
  if (c.kind === Kind.Open && startOf(c) === nameSpan.end) {
    params = parseParams(c);
    if (params === undefined) return badDirective(b, start, `malformed parameters of macro ${name}`);
  }
  const from = c.at;
  let to = from;
  while (c.kind !== Kind.Newline && c.kind !== Kind.End) {
    if (c.kind === Kind.Backslash) {
      advance(c);
      if (c.kind === Kind.End) break;
      if (c.kind !== Kind.Newline && c.kind !== Kind.Backslash) {
        const end = c.starts[c.at + 1]!;
        c.errors.push({
          start: startOf(c),
          end,
          message: 'only a newline or "\\" can follow "\\" in a macro',
        });
      }
    }
    to = c.at + 1;
    advance(c);
  }
  c.macros.set(name, params !== undefined);
  b.statements.push({ kind: "define", name, nameSpan, params, body: { from, to }, ...base(b, start) });
}

/** The parameters from the parenthesis on; undefined where they are malformed. */
function parseParams(c: Cursor): MacroParam[] | undefined {
  const params: MacroParam[] = [];
  const names = new Set<string>();
  advance(c);
  let wantName = true;
  for (;;) {
    if (c.kind === Kind.Close) {
      advance(c);
      return params;
    }
    if (c.kind === Kind.Comma) {
      if (wantName) return undefined;
      wantName = true;
    } else if (c.kind === Kind.Ident) {
      const name = tokenText(c, c.at);
      if (!wantName || names.has(name)) return undefined;
      names.add(name);
      params.push({ ...tokenSpan(c), name });
      wantName = false;
    } else {
      return undefined;
    }
    advance(c);
  }
}
