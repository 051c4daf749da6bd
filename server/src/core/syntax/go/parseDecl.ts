/**
 * Parses the header of a declaration into nodes: Go's whole grammar of types
 * and expressions, as go/parser reads it, with the bodies of function literals
 * skipped. Headers are parsed when someone asks and remembered by the identity
 * of the declaration. It must not know where a declaration stands, or what a
 * name in it means.
 *
 * Any text is answered: what cannot be read becomes a `BadExpr`. Two bounds keep
 * callers safe who walk the trees recursively: nesting deeper than `maxNesting`
 * is not entered, and a chain (`a + b + …`, `a.b.c…`) stops growing at `maxHeight`.
 */
import { memo } from "../../base/memo.ts";
import type {
  ArrayType,
  BadExpr,
  ChanType,
  ConstDecl,
  Expr,
  Field,
  FuncDecl,
  FuncHeader,
  FuncType,
  Ident,
  InterfaceType,
  StructType,
  TypeDecl,
  TypeHeader,
  ValueSpec,
  VarDecl,
} from "./ast.ts";
import { bodyEnd, Scanner, skipSpace, type Token } from "./scanner.ts";

/** Calls of one level take a handful of stack frames, so this stays far from the stack's end. */
const maxNesting = 250;
/** Go's own tables concatenate close to a thousand strings. */
const maxHeight = 1000;

/** Receiver, name and signature of a function; the same object for the same declaration. */
export const funcHeader = memo((decl: FuncDecl): FuncHeader => readFuncHeader(startAt(decl.header)));

/** Name, type parameters and type of a type spec; the same object for the same declaration. */
export const typeHeader = memo((decl: TypeDecl): TypeHeader => readTypeHeader(startAt(decl.header)));

/** The specs of a const or var declaration, in order; the same array for the same declaration. */
export const valueSpecs = memo((decl: ConstDecl | VarDecl): readonly ValueSpec[] => {
  return readValueSpecs(startAt(decl.header));
});

/** Parses one expression or type; offsets count from the start of `text`. Text behind it makes it bad. */
export function parseExpr(text: string): Expr {
  const p = startAt(text);
  const x = expr(p);
  accept(p, ";");
  return at(p, "EOF") ? x : { kind: "bad", start: 0, end: text.length };
}

interface Parser {
  readonly scanner: Scanner;
  /** End of the token before the current one: where a node that was just read ends. */
  lastEnd: number;
  /** How deep the calls of the grammar's recursive rules are. */
  nesting: number;
  /** Levels of the tree that was read last. */
  height: number;
}

function startAt(text: string): Parser {
  return { scanner: new Scanner(text), lastEnd: 0, nesting: 0, height: 0 };
}

function at(p: Parser, tok: Token): boolean {
  return p.scanner.tok === tok;
}

function advance(p: Parser): void {
  p.lastEnd = p.scanner.end;
  p.scanner.next();
}

/** Passes `tok` if it is next. A missing token is no matter here: `parseGo` reports errors, trees only answer. */
function accept(p: Parser, tok: Token): boolean {
  if (!at(p, tok)) return false;
  advance(p);
  return true;
}

function position(p: Parser): number {
  return p.scanner.start;
}

/** Nothing could be read here. */
function bad(p: Parser): BadExpr {
  p.height = 1;
  return { kind: "bad", start: position(p), end: position(p) };
}

/** A tree that grew too high, without what is in it. */
function cut(x: Expr): BadExpr {
  return { kind: "bad", start: x.start, end: x.end };
}

/**
 * Passes tokens, brackets with all they hold, up to `separator` or to a closing
 * bracket that belongs to someone else.
 */
function skipTo(p: Parser, separator: Token): void {
  let depth = 0;
  for (; !at(p, "EOF"); advance(p)) {
    const { tok } = p.scanner;
    if (tok === "(" || tok === "[" || tok === "{") depth++;
    else if (tok === ")" || tok === "]" || tok === "}") {
      if (depth === 0) return;
      depth--;
    } else if (tok === separator && depth === 0) return;
  }
}

/** Reads with `read` one level deeper, or passes what nests too deep. */
function nested<T extends Expr | undefined>(p: Parser, read: (p: Parser) => T): T | BadExpr {
  if (p.nesting >= maxNesting) {
    const start = position(p);
    skipTo(p, ",");
    p.height = 1;
    return { kind: "bad", start, end: Math.max(start, p.lastEnd) };
  }
  p.nesting++;
  const x = read(p);
  p.nesting--;
  return x;
}

/**
 * Reads items with `read`, each followed by `separator` or `close`, and passes
 * `close`. Returns the height of the highest item through `p.height`.
 */
function list(p: Parser, separator: "," | ";", close: Token, read: (p: Parser) => void): void {
  let height = 0;
  while (!at(p, close) && !at(p, "EOF")) {
    const before = position(p);
    p.height = 0;
    read(p);
    height = Math.max(height, p.height);
    if (!at(p, separator) && !at(p, close)) {
      skipTo(p, separator);
      // Only another's closing bracket is left: the list was never closed.
      if (!at(p, separator) && !at(p, close)) break;
    }
    if (!accept(p, separator) && position(p) === before) break;
  }
  accept(p, close);
  p.height = height;
}

// Declarations.

function readFuncHeader(p: Parser): FuncHeader {
  accept(p, "func");
  const receiver = at(p, "(") ? parameters(p) : [];
  const name = ident(p);
  return { name, receiver, type: signature(p, 0) };
}

function readTypeHeader(p: Parser): TypeHeader {
  const name = ident(p);
  const open = position(p);
  if (!accept(p, "[")) {
    const isAlias = accept(p, "=");
    return { name, typeParams: [], isAlias, type: type(p) };
  }
  if (!at(p, "ident")) return { name, typeParams: [], isAlias: false, type: arrayType(p, open, undefined) };

  // An array length or type parameters: read as an expression and see whether a
  // name and its constraint can be split off, as parseTypeSpec in go/parser does.
  // After `P [` only a constraint can follow, since no index is a constant.
  let x: Expr = ident(p);
  if (!at(p, "[")) x = binaryExpr(p, 1, primaryExpr(p, x));
  const first = splitTypeParam(p, x, at(p, ","));
  if (first === undefined || (first.type === undefined && at(p, "]"))) {
    return { name, typeParams: [], isAlias: false, type: arrayType(p, open, x) };
  }
  const typeParams = parameterList(p, "]", first);
  const isAlias = accept(p, "=");
  return { name, typeParams, isAlias, type: type(p) };
}

/**
 * Splits `P`, `P *C`, `P *C|D` or `P (C)`, which read as expressions, into the
 * name and the constraint of a type parameter; undefined where `x` can only be an
 * array length. `force`: a comma follows, which no array length allows.
 */
function splitTypeParam(p: Parser, x: Expr, force: boolean): Param | undefined {
  if (x.kind === "ident") return { name: x, type: undefined };
  if (x.kind === "binary" && x.op === "*") {
    if (x.x.kind !== "ident" || !(force || isTypeElement(x.y))) return undefined;
    // The star, like the parenthesis below, is the next token behind the name.
    const start = skipSpace(p.scanner.text, x.x.end);
    return { name: x.x, type: { kind: "star", start, end: x.end, x: x.y } };
  }
  if (x.kind === "binary" && x.op === "|") {
    const left = splitTypeParam(p, x.x, force || isTypeElement(x.y));
    if (left?.type === undefined) return undefined;
    return { name: left.name, type: { ...x, start: left.type.start, x: left.type } };
  }
  if (x.kind === "call" && x.fun.kind === "ident" && x.args.length === 1) {
    const arg = x.args[0]!;
    if (!(force || isTypeElement(arg))) return undefined;
    const start = skipSpace(p.scanner.text, x.fun.end);
    return { name: x.fun, type: { kind: "paren", start, end: x.end, x: arg } };
  }
  return undefined;
}

/** Whether `x` can only be a type. */
function isTypeElement(x: Expr): boolean {
  switch (x.kind) {
    case "array":
    case "struct":
    case "funcType":
    case "interface":
    case "map":
    case "chan":
      return true;
    case "binary":
      return isTypeElement(x.x) || isTypeElement(x.y);
    case "unary":
      return x.op === "~";
    case "paren":
      return isTypeElement(x.x);
    default:
      return false;
  }
}

function readValueSpecs(p: Parser): ValueSpec[] {
  advance(p);
  const specs: ValueSpec[] = [];
  const readSpec = (): void => {
    const names = [ident(p)];
    while (accept(p, ",")) names.push(ident(p));
    const specType = at(p, "=") ? undefined : tryType(p);
    const values: Expr[] = [];
    if (accept(p, "=")) {
      do values.push(expr(p));
      while (accept(p, ","));
    }
    specs.push({ names, type: specType, values, iota: specs.length });
  };
  if (accept(p, "(")) list(p, ";", ")", readSpec);
  else readSpec();
  return specs;
}

// Fields: parameters, struct fields, interface elements.

/** What stands between two commas of a parameter list before it is known whether names are types. */
interface Param {
  readonly name: Ident | undefined;
  readonly type: Expr | undefined;
}

/** Type parameters, parameters and results, from the "[" or "(" on. */
function signature(p: Parser, start: number): FuncType {
  const typeParams = accept(p, "[") ? parameterList(p, "]", undefined) : [];
  let height = p.height;
  const params = parameters(p);
  height = Math.max(height, p.height);
  let results: readonly Field[] = [];
  if (at(p, "(")) results = parameters(p);
  else {
    const result = tryType(p);
    if (result !== undefined) results = [fieldOf([], result)];
  }
  p.height = Math.max(height, p.height) + 1;
  return { kind: "funcType", start, end: Math.max(start, p.lastEnd), typeParams, params, results };
}

function parameters(p: Parser): readonly Field[] {
  p.height = 0;
  return accept(p, "(") ? parameterList(p, ")", undefined) : [];
}

/**
 * Reads up to and with `close`. `first` is an entry that was read before; its
 * constraint may go on, and its type may still be missing.
 */
function parameterList(p: Parser, close: ")" | "]", first: Param | undefined): readonly Field[] {
  const params: Param[] = [];
  let pending = first;
  if (pending?.type !== undefined) {
    params.push({ name: pending.name, type: union(p, pending.type) });
    pending = undefined;
    accept(p, ",");
  }
  list(p, ",", close, () => {
    params.push(param(p, pending?.name, close === "]"));
    pending = undefined;
  });
  if (pending !== undefined) params.push(pending);
  return groupParams(params);
}

/** `type`, `name type`, or a name alone, which may be either; `T[A]` against `name [N]T` is settled here. */
function param(p: Parser, known: Ident | undefined, isConstraint: boolean): Param {
  let name: Ident | undefined;
  let typ: Expr | undefined;
  if (known !== undefined || at(p, "ident")) {
    name = known ?? ident(p);
    if (at(p, "[")) {
      ({ name, type: typ } = arrayOrInstance(p, name));
    } else if (at(p, "...")) {
      return { name, type: variadic(p) };
    } else if (at(p, ".")) {
      typ = typeName(p, name);
      name = undefined;
    } else if (isConstraint && at(p, "~")) {
      return { name, type: union(p, undefined) };
    } else if (isConstraint && at(p, "|")) {
      return { name: undefined, type: union(p, name) };
    } else {
      typ = tryType(p);
    }
  } else if (at(p, "...")) {
    return { name, type: variadic(p) };
  } else if (isConstraint && at(p, "~")) {
    return { name, type: union(p, undefined) };
  } else {
    typ = type(p);
  }
  if (isConstraint && typ !== undefined && at(p, "|")) typ = union(p, typ);
  return { name, type: typ };
}

function variadic(p: Parser): Expr {
  const start = position(p);
  advance(p);
  const elem = type(p);
  return { kind: "ellipsis", start, end: p.lastEnd, elem };
}

/** Gives names without a type the type of the next entry that has one, unless all entries are types. */
function groupParams(params: readonly Param[]): readonly Field[] {
  const named = params.some((entry) => entry.name !== undefined && entry.type !== undefined);
  const fields: Field[] = [];
  let names: Ident[] = [];
  for (const { name, type: typ } of params) {
    if (!named) {
      const only = typ ?? name;
      if (only !== undefined) fields.push(fieldOf([], only));
    } else if (typ === undefined) {
      if (name !== undefined) names.push(name);
    } else {
      if (name !== undefined) names.push(name);
      fields.push(fieldOf(names, typ));
      names = [];
    }
  }
  if (names.length > 0) {
    const { end } = names[names.length - 1]!;
    fields.push(fieldOf(names, { kind: "bad", start: end, end }));
  }
  return fields;
}

function fieldOf(names: readonly Ident[], typ: Expr, tag?: { text: string; end: number }): Field {
  const start = names[0]?.start ?? typ.start;
  return { names, type: typ, tag: tag?.text, start, end: tag?.end ?? typ.end };
}

function structType(p: Parser): StructType {
  const start = position(p);
  advance(p);
  const fields: Field[] = [];
  p.height = 0;
  if (accept(p, "{")) list(p, ";", "}", () => fields.push(structField(p)));
  p.height++;
  return { kind: "struct", start, end: p.lastEnd, fields };
}

function structField(p: Parser): Field {
  let names: Ident[] = [];
  let typ: Expr;
  if (at(p, "ident")) {
    const name = ident(p);
    if (at(p, ".")) {
      typ = typeName(p, name);
    } else if (at(p, "string") || at(p, ";") || at(p, "}")) {
      typ = name;
    } else if (at(p, "[")) {
      const field = arrayOrInstance(p, name);
      if (field.name !== undefined) names = [field.name];
      typ = field.type;
    } else {
      names = [name];
      while (accept(p, ",")) names.push(ident(p));
      typ = type(p);
    }
  } else {
    typ = type(p);
  }
  if (!at(p, "string")) return fieldOf(names, typ);
  const tag = { text: p.scanner.literal, end: p.scanner.end };
  advance(p);
  return fieldOf(names, typ, tag);
}

/** After a name, at "[": `name []T`, `name [N]T`, or the type `name[A, B]`. */
function arrayOrInstance(p: Parser, x: Ident): { name: Ident | undefined; type: Expr } {
  const open = position(p);
  advance(p);
  if (at(p, "]") || at(p, "...")) return { name: x, type: arrayType(p, open, undefined) };
  const indices: Expr[] = [];
  list(p, ",", "]", () => indices.push(expr(p)));
  const { lastEnd: close, height } = p;
  if (indices.length === 1) {
    const elem = tryType(p);
    if (elem !== undefined) {
      p.height = Math.max(p.height, height) + 1;
      return { name: x, type: { kind: "array", start: open, end: p.lastEnd, length: indices[0], elem } };
    }
  }
  p.height = height + 1;
  return { name: undefined, type: { kind: "index", start: x.start, end: close, x, indices } };
}

function interfaceType(p: Parser): InterfaceType {
  const start = position(p);
  advance(p);
  const elements: Field[] = [];
  p.height = 0;
  if (accept(p, "{")) list(p, ";", "}", () => elements.push(interfaceElement(p)));
  p.height++;
  return { kind: "interface", start, end: p.lastEnd, elements };
}

function interfaceElement(p: Parser): Field {
  if (!at(p, "ident")) return fieldOf([], union(p, undefined));
  const name = ident(p);
  if (at(p, "(")) return fieldOf([name], signature(p, position(p)));
  return fieldOf([], union(p, typeName(p, name)));
}

/** `A | ~B | …`, with `first` read before if given. */
function union(p: Parser, first: Expr | undefined): Expr {
  let x = first ?? unionTerm(p);
  let { height } = p;
  while (accept(p, "|")) {
    const y = unionTerm(p);
    height = Math.max(height, p.height) + 1;
    x = { kind: "binary", start: x.start, end: Math.max(x.start, p.lastEnd), op: "|", x, y };
    if (height > maxHeight) {
      x = cut(x);
      height = 1;
    }
  }
  p.height = height;
  return x;
}

function unionTerm(p: Parser): Expr {
  const start = position(p);
  if (!accept(p, "~")) return type(p);
  const x = type(p);
  p.height++;
  return { kind: "unary", start, end: Math.max(start, p.lastEnd), op: "~", x };
}

// Types.

function type(p: Parser): Expr {
  return tryType(p) ?? bad(p);
}

/** A type, or undefined with nothing read where none starts here. */
function tryType(p: Parser): Expr | undefined {
  return nested(p, typeHere);
}

function typeHere(p: Parser): Expr | undefined {
  const start = position(p);
  switch (p.scanner.tok) {
    case "ident":
      return typeName(p, ident(p));
    case "[":
      advance(p);
      return arrayType(p, start, undefined);
    case "struct":
      return structType(p);
    case "*": {
      advance(p);
      const x = type(p);
      p.height++;
      return { kind: "star", start, end: p.lastEnd, x };
    }
    case "func":
      advance(p);
      return signature(p, start);
    case "interface":
      return interfaceType(p);
    case "map": {
      advance(p);
      accept(p, "[");
      const key = type(p);
      const { height } = p;
      accept(p, "]");
      const value = type(p);
      p.height = Math.max(p.height, height) + 1;
      return { kind: "map", start, end: p.lastEnd, key, value };
    }
    case "chan":
    case "<-":
      return chanType(p);
    case "(": {
      advance(p);
      const x = type(p);
      accept(p, ")");
      p.height++;
      return { kind: "paren", start, end: p.lastEnd, x };
    }
    default:
      return undefined;
  }
}

/** `T`, `pkg.T`, each with type arguments or without, with the first name read before. */
function typeName(p: Parser, first: Ident): Expr {
  let x: Expr = first;
  p.height = 1;
  if (accept(p, ".")) {
    const sel = ident(p);
    x = { kind: "selector", start: first.start, end: p.lastEnd, x: first, sel };
    p.height = 2;
  }
  if (!accept(p, "[")) return x;
  const indices: Expr[] = [];
  list(p, ",", "]", () => indices.push(type(p)));
  p.height += 2;
  return { kind: "index", start: first.start, end: p.lastEnd, x, indices };
}

/** From behind the "[" at `start`; `length` is given where it was read before. */
function arrayType(p: Parser, start: number, length: Expr | undefined): ArrayType {
  p.height = length === undefined ? 0 : p.height;
  if (length === undefined && at(p, "...")) {
    length = { kind: "ellipsis", start: position(p), end: p.scanner.end, elem: undefined };
    advance(p);
  } else if (length === undefined && !at(p, "]")) {
    length = expr(p);
  }
  const { height } = p;
  if (!at(p, "]")) skipTo(p, "]");
  accept(p, "]");
  const elem = type(p);
  p.height = Math.max(p.height, height) + 1;
  return { kind: "array", start, end: Math.max(start, p.lastEnd), length, elem };
}

function chanType(p: Parser): ChanType {
  const start = position(p);
  let direction: ChanType["direction"] = "both";
  if (accept(p, "<-")) {
    direction = "receive";
    accept(p, "chan");
  } else {
    advance(p);
    if (accept(p, "<-")) direction = "send";
  }
  const elem = type(p);
  p.height++;
  return { kind: "chan", start, end: Math.max(start, p.lastEnd), direction, elem };
}

// Expressions. Types are among them: in `T(x)`, `make(T)` and `(T)` they cannot be told apart.

function expr(p: Parser): Expr {
  return binaryExpr(p, 1, undefined);
}

function precedence(tok: Token): number {
  switch (tok) {
    case "||":
      return 1;
    case "&&":
      return 2;
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return 3;
    case "+":
    case "-":
    case "|":
    case "^":
      return 4;
    case "*":
    case "/":
    case "%":
    case "<<":
    case ">>":
    case "&":
    case "&^":
      return 5;
    default:
      return 0;
  }
}

/** Operators that bind at least as tightly as `least`; `first` is the left operand if it was read before. */
function binaryExpr(p: Parser, least: number, first: Expr | undefined): Expr {
  let x = first ?? unaryExpr(p);
  let { height } = p;
  for (;;) {
    const op = p.scanner.tok;
    const binding = precedence(op);
    if (binding < least || binding === 0) break;
    advance(p);
    const y = binaryExpr(p, binding + 1, undefined);
    height = Math.max(height, p.height) + 1;
    x = { kind: "binary", start: x.start, end: Math.max(x.start, p.lastEnd), op, x, y };
    if (height > maxHeight) {
      x = cut(x);
      height = 1;
    }
  }
  p.height = height;
  return x;
}

function unaryExpr(p: Parser): Expr {
  return nested(p, unaryExprHere);
}

function unaryExprHere(p: Parser): Expr {
  const start = position(p);
  const op = p.scanner.tok;
  switch (op) {
    case "+":
    case "-":
    case "!":
    case "^":
    case "&":
    case "~":
    case "<-": {
      advance(p);
      const x = unaryExpr(p);
      if (op === "<-" && x.kind === "chan" && x.direction !== "receive") return receiveOnly(p, x, start);
      p.height++;
      return { kind: "unary", start, end: Math.max(start, p.lastEnd), op, x };
    }
    case "*": {
      advance(p);
      const x = unaryExpr(p);
      p.height++;
      return { kind: "star", start, end: Math.max(start, p.lastEnd), x };
    }
    default:
      return primaryExpr(p, undefined);
  }
}

/**
 * What read as a receive from the channel type `x` is the type `<-chan T`: the
 * arrow at `start` goes to `x`, and an arrow that `x` had goes on to its element.
 */
function receiveOnly(p: Parser, x: ChanType, start: number): ChanType {
  if (x.direction === "both") return { ...x, start, direction: "receive" };
  const arrow = skipSpace(p.scanner.text, x.start + "chan".length);
  const { elem: inner } = x;
  const elem: Expr =
    inner.kind === "chan"
      ? receiveOnly(p, inner, arrow)
      : { kind: "bad", start: inner.start, end: inner.end };
  return { ...x, start, direction: "receive", elem };
}

function primaryExpr(p: Parser, first: Expr | undefined): Expr {
  let x = first ?? operand(p);
  if (first !== undefined) p.height = 1;
  let { height } = p;
  for (;;) {
    if (height > maxHeight) {
      x = cut(x);
      height = 1;
    }
    p.height = height;
    const { start } = x;
    if (accept(p, ".")) {
      if (accept(p, "(")) {
        const asserted = accept(p, "type") ? undefined : type(p);
        accept(p, ")");
        x = { kind: "typeAssert", start, end: p.lastEnd, x, type: asserted };
      } else {
        const sel = ident(p);
        x = { kind: "selector", start, end: p.lastEnd, x, sel };
      }
    } else if (at(p, "[")) {
      x = indexOrSlice(p, x);
    } else if (accept(p, "(")) {
      const args: Expr[] = [];
      list(p, ",", ")", () => {
        args.push(expr(p));
        accept(p, "...");
      });
      x = { kind: "call", start, end: p.lastEnd, fun: x, args };
    } else if (at(p, "{") && canBeLiteralType(x)) {
      const elements = literalElements(p);
      x = { kind: "composite", start, end: p.lastEnd, type: x, elements };
    } else {
      return x;
    }
    height = Math.max(height, p.height) + 1;
  }
}

function canBeLiteralType(x: Expr): boolean {
  let inner = x;
  while (inner.kind === "paren") inner = inner.x;
  switch (inner.kind) {
    case "bad":
    case "ident":
    case "selector":
    case "index":
    case "array":
    case "struct":
    case "map":
      return true;
    default:
      return false;
  }
}

function operand(p: Parser): Expr {
  const start = position(p);
  p.height = 1;
  const { tok } = p.scanner;
  switch (tok) {
    case "ident":
      return ident(p);
    case "int":
    case "float":
    case "imaginary":
    case "rune":
    case "string": {
      const text = p.scanner.literal;
      advance(p);
      return { kind: "literal", start, end: p.lastEnd, literal: tok, text };
    }
    case "(": {
      advance(p);
      const x = expr(p);
      if (!at(p, ")")) skipTo(p, ")");
      accept(p, ")");
      p.height++;
      return { kind: "paren", start, end: Math.max(start, p.lastEnd), x };
    }
    case "func": {
      advance(p);
      const signatureType = signature(p, start);
      if (!at(p, "{")) return signatureType;
      const close = bodyEnd(p.scanner.text, position(p), false);
      p.scanner.resumeAfter(close < 0 ? ~close : close);
      advance(p);
      return { kind: "funcLit", start, end: p.lastEnd, type: signatureType };
    }
    default:
      return type(p);
  }
}

function indexOrSlice(p: Parser, x: Expr): Expr {
  const { start } = x;
  advance(p);
  let isSlice = false;
  const indices: Expr[] = [];
  // The bounds of a slice are read and dropped: no declaration depends on them.
  const readIndex = (): void => {
    if (!at(p, ":")) indices.push(expr(p));
    while (accept(p, ":")) {
      isSlice = true;
      if (!at(p, ":") && !at(p, "]")) expr(p);
    }
  };
  if (at(p, "]")) indices.push(bad(p));
  list(p, ",", "]", readIndex);
  const end = p.lastEnd;
  return isSlice ? { kind: "slice", start, end, x } : { kind: "index", start, end, x, indices };
}

function literalElements(p: Parser): readonly Expr[] {
  const elements: Expr[] = [];
  advance(p);
  list(p, ",", "}", () => elements.push(element(p)));
  return elements;
}

function element(p: Parser): Expr {
  const key = elementValue(p);
  if (!accept(p, ":")) return key;
  const { height } = p;
  const value = elementValue(p);
  p.height = Math.max(p.height, height) + 1;
  return { kind: "keyValue", start: key.start, end: Math.max(key.start, p.lastEnd), key, value };
}

function elementValue(p: Parser): Expr {
  return at(p, "{") ? nested(p, elidedLiteral) : expr(p);
}

function elidedLiteral(p: Parser): Expr {
  const start = position(p);
  const elements = literalElements(p);
  p.height++;
  return { kind: "composite", start, end: p.lastEnd, type: undefined, elements };
}

/** A name; where there is none, a blank one of no length, so that what follows keeps its place. */
function ident(p: Parser): Ident {
  const { start, end } = p.scanner;
  if (!at(p, "ident")) return { kind: "ident", name: "_", start, end: start };
  const name = p.scanner.literal;
  advance(p);
  return { kind: "ident", name, start, end };
}
