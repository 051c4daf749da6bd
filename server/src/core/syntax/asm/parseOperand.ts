/**
 * Reads operands, every architecture's form of them: what `operand` of
 * cmd/asm/internal/asm/parse.go takes for one target or another. It must not know
 * targets, so it accepts `[R0-R3]` or `(R1, R2)` anywhere; and where only a
 * register table could tell a register from a number, the form around the name decides.
 */
import type {
  Expr,
  Operand,
  Prefix,
  PseudoRegister,
  RegisterRange,
  RegisterRef,
  ShiftOp,
  SymbolRef,
} from "./ast.ts";
import { advance, expect, fail, following, kindAt, startOf, tokenText } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { Kind } from "./lexer.ts";
import { nameInParens, parseExpr, parseFactor, rewind } from "./parseExpr.ts";

/** Reads one operand and stops where it ends. After a failure `c.failed` is set and the place is anywhere in it. */
export function parseOperand(c: Cursor): Operand {
  const start = startOf(c);
  let prefix: Prefix = "";
  if (c.kind === Kind.Dollar || c.kind === Kind.Star) {
    prefix = c.kind === Kind.Dollar ? "$" : "*";
    advance(c);
  }
  switch (c.kind) {
    case Kind.Ident:
      return parseNamed(c, start, prefix);
    case Kind.OpenBracket:
      return parseRegisterList(c, start);
    case Kind.Open:
      if (holdsRegister(c, prefix)) return parseIndirect(c, start, prefix, undefined);
      return parseConstant(c, start, prefix);
    default:
      return parseConstant(c, start, prefix);
  }
}

/** An operand that starts with a name, behind its prefix. */
function parseNamed(c: Cursor, start: number, prefix: Prefix): Operand {
  const at = c.at;
  const errorCount = c.errors.length;
  const nameStart = startOf(c);
  const name = tokenText(c, at);
  advance(c);
  const nameEnd = c.lastEnd;
  switch (c.kind) {
    case Kind.Less:
    case Kind.Plus:
    case Kind.Minus:
      break;
    case Kind.Open: {
      const inner = nameInParens(c);
      // The name of a number, as in `g_m(SP)`, makes no symbol; only SB cannot follow a number.
      const isNumber = inner !== "SB" && c.macros.get(name) === false;
      if (inner !== undefined && isPseudo(inner) && !isNumber) break;
      if (isNumberedRegister(c, name)) {
        rewind(c, at, errorCount);
        return parseRegister(c, start, prefix);
      }
      rewind(c, at, errorCount);
      return parseConstant(c, start, prefix);
    }
    case Kind.Dot:
    case Kind.OpenBracket:
    case Kind.ShiftLeft:
    case Kind.ShiftRight:
    case Kind.ArithmeticShift:
    case Kind.Rotate:
      rewind(c, at, errorCount);
      return prefix === "$" ? parseConstant(c, start, prefix) : parseRegister(c, start, prefix);
    case Kind.Star:
    case Kind.Slash:
    case 0x25 /* % */:
    case 0x26 /* & */:
    case 0x5e /* ^ */:
    case 0x7c /* | */:
      rewind(c, at, errorCount);
      return parseConstant(c, start, prefix);
    default:
      if (prefix !== "$") return { kind: "name", start, end: nameEnd, prefix, name };
      return {
        kind: "immediate",
        start,
        end: nameEnd,
        value: { kind: "name", start: nameStart, end: nameEnd, name },
      };
  }
  const hasAttribute = c.kind === Kind.Less;
  const symbol = parseSymbol(c, nameStart, name, nameEnd);
  const isNumber = symbol.base === undefined || (symbol.base !== "SB" && c.macros.get(name) === false);
  if (isNumber && !hasAttribute) {
    // `NAME+8(R1)` and `$NAME+8` are numbers; so is `NAME+8`, where the assembler has a symbol without base.
    rewind(c, at, errorCount);
    return parseConstant(c, start, prefix);
  }
  if (symbol.base === undefined) fail(c, '"(SB)"');
  if (c.kind !== Kind.Open || c.failed) {
    return { kind: "symbol", start, end: c.lastEnd, prefix, symbol, index: undefined, scale: undefined };
  }
  const { index, scale } = parseIndex(c);
  return { kind: "symbol", start, end: c.lastEnd, prefix, symbol, index, scale };
}

/** What follows a symbol's name: `<>` or an ABI, an offset, the base. */
function parseSymbol(c: Cursor, start: number, name: string, nameEnd: number): SymbolRef {
  let isStatic = false;
  let abi: string | undefined;
  if (c.kind === Kind.Less) {
    advance(c);
    if (c.kind === Kind.Ident) {
      abi = tokenText(c, c.at);
      advance(c);
    } else {
      isStatic = true;
    }
    expect(c, Kind.Greater, '">"');
  }
  const offset = c.kind === Kind.Plus || c.kind === Kind.Minus ? parseExpr(c) : undefined;
  let base: PseudoRegister | undefined;
  const inner = nameInParens(c);
  if (inner !== undefined && isPseudo(inner)) {
    base = inner;
    advance(c);
    advance(c);
    advance(c);
  }
  return {
    start,
    end: c.lastEnd,
    name,
    nameSpan: { start, end: nameEnd },
    isStatic,
    abi,
    offset,
    base,
  };
}

function isPseudo(name: string): name is PseudoRegister {
  return name === "SB" || name === "FP" || name === "SP" || name === "PC";
}

/** Whether the current token opens the `(8)` of `SPR(8)`, rather than an argument of a macro. */
function isNumberedRegister(c: Cursor, name: string): boolean {
  if (c.macros.get(name) === true) return false;
  const number = following(c, c.at);
  return kindAt(c, number) === Kind.Int && kindAt(c, following(c, number)) === Kind.Close;
}

/** A number, with `$` an immediate, otherwise an offset that an indirection may follow. */
function parseConstant(c: Cursor, start: number, prefix: Prefix): Operand {
  const value = parseExpr(c);
  if (c.failed) return { kind: "bad", start, end: c.lastEnd };
  if (c.kind === Kind.Open) return parseIndirect(c, start, prefix, value);
  if (prefix === "$") return { kind: "immediate", start, end: c.lastEnd, value };
  if (value.kind === "call" && prefix === "") {
    // A macro call in place of an operand is a name to the tree: nobody can say what it expands to.
    return { kind: "macroCall", start, end: c.lastEnd, call: value };
  }
  return {
    kind: "memory",
    start,
    end: c.lastEnd,
    prefix,
    offset: value,
    base: undefined,
    index: undefined,
    scale: undefined,
  };
}

/**
 * Whether the current parenthesis, the first token of an operand but for its
 * prefix, holds a register and not a number. Without macros the assembler knows
 * from its register table; here `(R1)`, `(R1)(R2*8)`, `(R1*8)`, `(R1, R2)` and
 * `(R1+R2)` are told from `(N*8)(R1)`, `(N+4)(R1)` and `$(N)` by what follows.
 */
function holdsRegister(c: Cursor, prefix: Prefix): boolean {
  const first = following(c, c.at);
  if (kindAt(c, first) !== Kind.Ident) return false;
  const isMacro = c.macros.has(tokenText(c, first));
  const second = following(c, first);
  const third = following(c, second);
  const closed = kindAt(c, following(c, third)) === Kind.Close;
  const opensAgain = closed && kindAt(c, following(c, following(c, third))) === Kind.Open;
  switch (kindAt(c, second)) {
    case Kind.Close:
      // `$(R1)` is valid, but constants of go_asm.h are what stands there in practice.
      return prefix !== "$" || kindAt(c, third) === Kind.Open;
    case Kind.Comma:
    case Kind.Dot:
      return true;
    case Kind.Open:
      // `(R(1))` is a register by number, `(F(1))` a macro.
      return !isMacro && kindAt(c, third) === Kind.Int && closed && !isExpressionAfter(c, third);
    case Kind.Star:
      return prefix !== "$" && kindAt(c, third) === Kind.Int && closed && !opensAgain;
    case Kind.Plus:
      return prefix !== "$" && kindAt(c, third) === Kind.Ident && closed && !opensAgain;
    case Kind.ShiftLeft:
      return prefix !== "$" && kindAt(c, third) === Kind.Int && closed && !isMacro;
    default:
      return false;
  }
}

/** Whether something other than `)` follows the parenthesis that closes behind token `at`. */
function isExpressionAfter(c: Cursor, at: number): boolean {
  return kindAt(c, following(c, following(c, at))) !== Kind.Close;
}

/** From the parenthesis of `(R1)`, `(R1)(R2*8)`, `(R1*8)`, `(R1, R2)` or `(R1+R2)` on. */
function parseIndirect(c: Cursor, start: number, prefix: Prefix, offset: Expr | undefined): Operand {
  advance(c);
  const first = parseRegisterRef(c);
  if (c.kind === Kind.Comma && offset === undefined && prefix === "") {
    advance(c);
    const second = parseRegisterRef(c);
    expect(c, Kind.Close, '")"');
    return { kind: "registerPair", start, end: c.lastEnd, first, second };
  }
  let base: RegisterRef | undefined = first;
  let index: RegisterRef | undefined;
  let scale: Expr | undefined;
  if (c.kind === Kind.Plus) {
    advance(c);
    index = parseRegisterRef(c);
    expect(c, Kind.Close, '")"');
  } else if (c.kind === Kind.Star) {
    advance(c);
    scale = parseFactor(c);
    expect(c, Kind.Close, '")"');
    base = undefined;
    index = first;
  } else {
    expect(c, Kind.Close, '")"');
    if (c.kind === Kind.Open) ({ index, scale } = parseIndex(c));
  }
  return { kind: "memory", start, end: c.lastEnd, prefix, offset, base, index, scale };
}

/** `(R2*8)` or `(R2.UXTW<<3)`, behind a base. */
function parseIndex(c: Cursor): { index: RegisterRef; scale: Expr | undefined } {
  advance(c);
  const index = parseRegisterRef(c);
  let scale: Expr | undefined;
  if (c.kind === Kind.Star) {
    advance(c);
    scale = parseFactor(c);
  }
  expect(c, Kind.Close, '")"');
  return { index, scale };
}

/** A register in a form of its own, `V0.B16` or `R1<<2`; arm has `R1<<2(R3)` for memory too. */
function parseRegister(c: Cursor, start: number, prefix: Prefix): Operand {
  if (prefix !== "") fail(c, "no prefix before a register");
  const register = parseRegisterRef(c);
  if (c.kind !== Kind.Open || c.failed) return { kind: "register", start, end: c.lastEnd, register };
  advance(c);
  const base = parseRegisterRef(c);
  expect(c, Kind.Close, '")"');
  return {
    kind: "memory",
    start,
    end: c.lastEnd,
    prefix,
    offset: undefined,
    base,
    index: register,
    scale: undefined,
  };
}

function parseRegisterRef(c: Cursor): RegisterRef {
  const start = startOf(c);
  if (c.kind !== Kind.Ident) {
    fail(c, "a register");
    return {
      start,
      end: start,
      name: "",
      number: undefined,
      suffix: "",
      element: undefined,
      shift: undefined,
    };
  }
  const name = tokenText(c, c.at);
  advance(c);
  let number: Expr | undefined;
  if (c.kind === Kind.Open && isNumberedRegister(c, name)) {
    advance(c);
    number = parseFactor(c);
    advance(c);
  }
  let suffix = "";
  while (c.kind === Kind.Dot) {
    advance(c);
    if (c.kind !== Kind.Ident) {
      fail(c, "a register suffix");
      break;
    }
    const part = tokenText(c, c.at);
    suffix = suffix === "" ? part : `${suffix}.${part}`;
    advance(c);
  }
  let element: Expr | undefined;
  if (c.kind === Kind.OpenBracket) {
    advance(c);
    element = parseExpr(c);
    expect(c, Kind.CloseBracket, '"]"');
  }
  const op = shiftOp(c.kind);
  if (op === undefined) {
    return { start, end: c.lastEnd, name, number, suffix, element, shift: undefined };
  }
  advance(c);
  const by = parseExpr(c);
  return { start, end: c.lastEnd, name, number, suffix, element, shift: { op, by } };
}

function shiftOp(kind: number): ShiftOp | undefined {
  switch (kind) {
    case Kind.ShiftLeft:
      return "<<";
    case Kind.ShiftRight:
      return ">>";
    case Kind.ArithmeticShift:
      return "->";
    case Kind.Rotate:
      return "@>";
    default:
      return undefined;
  }
}

/** `[R0-R3,R5]`, or `[R1, $2](P0.B)` on arm64. */
function parseRegisterList(c: Cursor, start: number): Operand {
  advance(c);
  const items: RegisterRange[] = [];
  while (c.kind !== Kind.CloseBracket) {
    const itemStart = startOf(c);
    const first = parseRegisterRef(c);
    let last: RegisterRef | undefined;
    if (c.kind === Kind.Minus) {
      advance(c);
      last = parseRegisterRef(c);
    }
    items.push({ start: itemStart, end: c.lastEnd, first, last });
    if (c.kind !== Kind.CloseBracket) expect(c, Kind.Comma, '"," or "]"');
    if (c.failed) return { kind: "bad", start, end: c.lastEnd };
    if (c.kind === Kind.Dollar && items.length === 1) {
      advance(c);
      const index = parseExpr(c);
      expect(c, Kind.CloseBracket, '"]"');
      expect(c, Kind.Open, '"("');
      const predicate = parseRegisterRef(c);
      expect(c, Kind.Close, '")"');
      return { kind: "registerSelect", start, end: c.lastEnd, register: first, index, predicate };
    }
  }
  advance(c);
  return { kind: "registerList", start, end: c.lastEnd, items };
}
