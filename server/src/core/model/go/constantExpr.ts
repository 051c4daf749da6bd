/**
 * Evaluates expressions as far as declarations need: constants exactly, with
 * iota, implicit repetition, typed overflow and `unsafe.Sizeof` and its kin;
 * of other expressions only their type, because `unsafe.Sizeof(x)` and `len(x)`
 * are constants too. What does not fit Go's rules is undefined, and the view
 * unresolved; this file reports no errors.
 */
import type {
  BinaryExpr,
  CallExpr,
  ConstDecl,
  Expr,
  FuncDecl,
  SelectorExpr,
  VarDecl,
} from "../../syntax/go/ast.ts";
import { funcHeader, valueSpecs } from "../../syntax/go/parseDecl.ts";
import {
  binary,
  bool,
  type Constant,
  int,
  literalValue,
  type Rational,
  roundToFloat,
  shift,
  toInteger,
  toRational,
  unary,
  utf8,
} from "./constant.ts";
import { type Declared, declares } from "./packageScope.ts";
import { alignOf, fieldOffsets, sizeOf } from "./sizes.ts";
import type { BasicName, Struct, Type } from "./type.ts";
import { invalid } from "./type.ts";
import { resolveFunc, resolveType, typeName, unsafePointer } from "./typeExpr.ts";
import type { VariantCache, Scope, View } from "./view.ts";

/** What an expression is: its type and, where it is constant, its value. */
export interface Operand {
  readonly type: Type;
  readonly value: Constant | undefined;
}

const basic = (name: BasicName): Type => ({ kind: "basic", name });
const untyped = {
  bool: basic("untyped bool"),
  int: basic("untyped int"),
  rune: basic("untyped rune"),
  float: basic("untyped float"),
  imaginary: basic("untyped complex"),
  string: basic("untyped string"),
  nil: basic("untyped nil"),
};
const unresolved: Operand = { type: invalid, value: undefined };

/** The value of a constant expression; undefined where it is not constant or cannot be resolved. */
export function constantValue(view: View, scope: Scope, expr: Expr): Constant | undefined {
  return operand(view, scope, expr).value;
}

const constants: VariantCache<Operand> = new WeakMap();
const variables: VariantCache<Type> = new WeakMap();

/** Type and value of a declared constant. */
export function declaredConstant(view: View, declared: Declared<ConstDecl>): Operand {
  return view.cached(constants, declared, unresolved, () => {
    const specs = valueSpecs(declared.decl);
    const at = specs.findIndex((spec) => spec.names.some(({ name }) => name === declared.name));
    const spec = specs[at];
    if (!spec) return view.fail(unresolved);
    // A spec without values repeats the last one that has some, its type included.
    let source = spec;
    for (let i = at; i >= 0 && source.values.length === 0; i--) source = specs[i]!;
    const expr = source.values[spec.names.findIndex(({ name }) => name === declared.name)];
    if (!expr) return view.fail(unresolved);
    const scope = { file: declared.file, package: declared.package, iota: spec.iota };
    const found = operand(view, scope, expr);
    if (!source.type || found.value === undefined) return found;
    return convert(view, found, resolveType(view, scope, source.type)) ?? view.fail(unresolved);
  });
}

/** The type of a package-level variable. */
export function variableType(view: View, declared: Declared<VarDecl>): Type {
  return view.cached<Type>(variables, declared, invalid, () => {
    const scope = { file: declared.file, package: declared.package };
    for (const spec of valueSpecs(declared.decl)) {
      const index = spec.names.findIndex(({ name }) => name === declared.name);
      if (index < 0) continue;
      if (spec.type) return resolveType(view, scope, spec.type);
      const value = spec.values[index];
      return value ? defaultType(operand(view, scope, value).type) : view.fail(invalid);
    }
    return view.fail(invalid);
  });
}

/** Type and, where constant, value of `expr`. */
export function operand(view: View, scope: Scope, expr: Expr): Operand {
  return view.nested(unresolved, () => evaluate(view, scope, expr) ?? view.fail(unresolved));
}

function evaluate(view: View, scope: Scope, expr: Expr): Operand | undefined {
  switch (expr.kind) {
    case "paren":
      return operand(view, scope, expr.x);
    case "literal": {
      const value = literalValue(expr.literal, expr.text);
      return value && { type: untyped[expr.literal], value };
    }
    case "ident":
      return named(view, scope, expr.name);
    case "selector":
      return selected(view, scope, expr);
    case "call":
      return called(view, scope, expr);
    case "binary":
      return binaryChain(view, scope, expr);
    case "unary": {
      const x = operand(view, scope, expr.x);
      if (expr.op === "&") return typed({ kind: "pointer", elem: x.type });
      if (expr.op === "<-") return element(view, x.type);
      return unaryOperand(view, expr.op, x);
    }
    case "star": {
      const pointer = view.underlying(operand(view, scope, expr.x).type);
      return pointer.kind === "pointer" ? typed(pointer.elem) : undefined;
    }
    case "index":
      return element(view, operand(view, scope, expr.x).type);
    case "slice":
      return sliced(view, operand(view, scope, expr.x).type);
    case "composite": {
      if (!expr.type) return undefined;
      const { type } = expr;
      if (type.kind !== "array" || type.length?.kind !== "ellipsis")
        return typed(resolveType(view, scope, type));
      const length = literalLength(view, scope, expr.elements);
      return length === undefined
        ? undefined
        : typed({ kind: "array", length, elem: resolveType(view, scope, type.elem) });
    }
    case "funcLit":
      return typed(resolveFunc(view, scope, expr.type));
    case "typeAssert":
      return expr.type && typed(resolveType(view, scope, expr.type));
    default:
      return undefined;
  }
}

const typed = (type: Type): Operand => ({ type, value: undefined });

/** Elements of `[...]T{…}`: one more than the largest index. */
function literalLength(view: View, scope: Scope, elements: readonly Expr[]): number | undefined {
  let next = 0;
  let length = 0;
  for (const element of elements) {
    if (element.kind === "keyValue") {
      const key = constantValue(view, scope, element.key);
      const index = key && toInteger(key);
      if (index === undefined || index < 0n || index > Number.MAX_SAFE_INTEGER) return undefined;
      next = Number(index);
    }
    length = Math.max(length, ++next);
  }
  return length;
}

function named(view: View, scope: Scope, name: string): Operand | undefined {
  const declared = view.lookup(scope.package, scope.package, name);
  if (declared) return declaredOperand(view, declared);
  for (const pkg of view.dotImports(scope)) {
    const found = view.lookup(scope.package, pkg, name);
    if (found) return declaredOperand(view, found);
  }
  if (name === "iota")
    return scope.iota === undefined ? undefined : { type: untyped.int, value: int(scope.iota) };
  if (name === "true" || name === "false") return { type: untyped.bool, value: bool(name === "true") };
  return name === "nil" ? typed(untyped.nil) : undefined;
}

function declaredOperand(view: View, declared: Declared): Operand | undefined {
  if (declares(declared, "const")) return declaredConstant(view, declared);
  if (declares(declared, "var")) return typed(variableType(view, declared));
  return declares(declared, "func") ? typed(functionType(view, declared)) : undefined;
}

const functions: VariantCache<Type> = new WeakMap();

function functionType(view: View, declared: Declared<FuncDecl>): Type {
  const scope = { file: declared.file, package: declared.package };
  const resolve = () => resolveFunc(view, scope, funcHeader(declared.decl).type);
  return view.cached<Type>(functions, declared, invalid, resolve);
}

/** `pkg.Name`, or a field of a value. */
function selected(view: View, scope: Scope, expr: SelectorExpr): Operand | undefined {
  if (expr.x.kind === "ident" && !view.lookup(scope.package, scope.package, expr.x.name)) {
    const pkg = view.importedPackage(scope, expr.x.name);
    if (pkg === "unsafe") return undefined;
    const declared = pkg && view.lookup(scope.package, pkg, expr.sel.name);
    return declared && declaredOperand(view, declared);
  }
  const field = findField(view, operand(view, scope, expr.x).type, expr.sel.name);
  return field && typed(field.type);
}

interface FoundField {
  readonly type: Type;
  /** From the start of the struct; undefined where a pointer lies between. */
  readonly offset: number | undefined;
}

/** The field that `name` selects, promoted through embedded structs, nearest first. */
function findField(view: View, type: Type, name: string): FoundField | undefined {
  let level: { struct: Struct; offset: number | undefined }[] = [];
  const enter = (t: Type, offset: number | undefined, next: typeof level) => {
    const under = view.underlying(t);
    const target = under.kind === "pointer" ? view.underlying(under.elem) : under;
    if (target.kind === "struct")
      next.push({ struct: target, offset: under.kind === "pointer" ? undefined : offset });
  };
  const outer = view.underlying(type);
  enter(outer.kind === "pointer" ? outer.elem : outer, 0, level);
  for (let depth = 0; depth < 16 && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { struct, offset } of level) {
      const offsets = fieldOffsets(view, struct.fields);
      for (const [i, field] of struct.fields.entries()) {
        const at = offset === undefined ? undefined : offset + offsets[i]!;
        if (field.name === name) return { type: field.type, offset: at };
        if (field.embedded) enter(field.type, at, next);
      }
    }
    level = next;
  }
  return undefined;
}

/** What `x[i]`, `<-x` or ranging over `x` gives: an element. */
function element(view: View, type: Type): Operand | undefined {
  const under = view.underlying(type);
  switch (under.kind) {
    case "pointer": {
      const array = view.underlying(under.elem);
      return array.kind === "array" ? typed(array.elem) : undefined;
    }
    case "slice":
    case "array":
    case "chan":
      return typed(under.elem);
    case "map":
      return typed(under.value);
    case "basic":
      return typed(basic("byte"));
    default:
      return undefined;
  }
}

/** What `x[i:j]` gives. */
function sliced(view: View, type: Type): Operand | undefined {
  const under = view.underlying(type);
  const array = under.kind === "pointer" ? view.underlying(under.elem) : under;
  return typed(array.kind === "array" ? { kind: "slice", elem: array.elem } : type);
}

/** Whether `expr` denotes a type, so that a call of it is a conversion. */
function isType(view: View, scope: Scope, expr: Expr): boolean {
  switch (expr.kind) {
    case "paren":
    case "star":
    case "index":
      return isType(view, scope, expr.x);
    case "ident":
    case "selector":
      return typeName(view, scope, expr) !== undefined;
    default:
      return ["array", "map", "chan", "funcType", "struct", "interface"].includes(expr.kind);
  }
}

function called(view: View, scope: Scope, expr: CallExpr): Operand | undefined {
  const { fun, args } = expr;
  const [first] = args;
  if (isType(view, scope, fun)) {
    return first && convert(view, operand(view, scope, first), resolveType(view, scope, fun));
  }
  if (
    fun.kind === "selector" &&
    fun.x.kind === "ident" &&
    view.importedPackage(scope, fun.x.name) === "unsafe"
  ) {
    return first && unsafeCall(view, scope, fun.sel.name, first);
  }
  if (fun.kind === "ident" && !view.lookup(scope.package, scope.package, fun.name)) {
    return builtin(view, scope, fun.name, args);
  }
  const under = view.underlying(operand(view, scope, fun).type);
  const [result] = under.kind === "func" ? under.results : [];
  return result && typed(result.type);
}

function size(bytes: number): Operand {
  return { type: basic("uintptr"), value: int(bytes) };
}

function unsafeCall(view: View, scope: Scope, name: string, arg: Expr): Operand | undefined {
  if (name === "Sizeof") return size(sizeOf(view, defaultType(operand(view, scope, arg).type)));
  if (name === "Alignof") return size(alignOf(view, defaultType(operand(view, scope, arg).type)));
  if (name === "Offsetof") {
    let selector = arg;
    while (selector.kind === "paren") selector = selector.x;
    if (selector.kind !== "selector") return undefined;
    const field = findField(view, operand(view, scope, selector.x).type, selector.sel.name);
    return field?.offset === undefined ? undefined : size(field.offset);
  }
  return name === "Add" ? typed(unsafePointer) : undefined;
}

function builtin(view: View, scope: Scope, name: string, args: readonly Expr[]): Operand | undefined {
  const [first, second] = args;
  if (!first) return undefined;
  switch (name) {
    case "len":
    case "cap": {
      const x = operand(view, scope, first);
      if (x.value?.kind === "string" && name === "len")
        return { type: basic("int"), value: int(x.value.bytes.length) };
      const under = view.underlying(x.type);
      const array = under.kind === "pointer" ? view.underlying(under.elem) : under;
      return { type: basic("int"), value: array.kind === "array" ? int(array.length) : undefined };
    }
    case "real":
    case "imag":
      return part(view, name, operand(view, scope, first));
    case "complex":
      return second && complex(operand(view, scope, first), operand(view, scope, second));
    case "min":
    case "max": {
      let best = operand(view, scope, first);
      for (const arg of args.slice(1)) {
        const pair = match(view, best, operand(view, scope, arg));
        if (!pair) return undefined;
        const [x, y] = pair;
        const less = x.value && y.value && binary("<", y.value, x.value, true);
        best = less?.kind === "bool" ? (less.value === (name === "min") ? y : x) : typed(x.type);
      }
      return best;
    }
    case "new":
      return typed({ kind: "pointer", elem: resolveType(view, scope, first) });
    case "make":
      return typed(resolveType(view, scope, first));
    case "append":
      return typed(operand(view, scope, first).type);
    default:
      return undefined;
  }
}

function part(view: View, name: "real" | "imag", x: Operand): Operand | undefined {
  const under = view.underlying(x.type);
  if (under.kind !== "basic") return undefined;
  const type =
    under.name === "complex64"
      ? basic("float32")
      : under.name === "complex128"
        ? basic("float64")
        : untyped.float;
  if (!x.value) return typed(type);
  if (x.value.kind === "complex") return { type, value: name === "real" ? x.value.real : x.value.imaginary };
  return { type, value: name === "real" ? x.value : int(0) };
}

function complex(real: Operand, imaginary: Operand): Operand | undefined {
  const [re, im] = [real.value && toRational(real.value), imaginary.value && toRational(imaginary.value)];
  const part = [real.type, imaginary.type].find((t) => t.kind === "basic" && !t.name.startsWith("untyped"));
  const name = part?.kind === "basic" ? part.name : undefined;
  const type = name === "float32" ? basic("complex64") : name ? basic("complex128") : untyped.imaginary;
  return { type, value: re && im && { kind: "complex", real: re, imaginary: im } };
}

function unaryOperand(view: View, op: string, x: Operand): Operand | undefined {
  if (!x.value) return typed(x.type);
  const value = unary(op, x.value);
  if (!value) return undefined;
  const range = integerRange(view, x.type);
  // The complement of an unsigned value has only its type's bits.
  if (op === "^" && range?.low === 0n && value.kind === "int") {
    return { type: x.type, value: int(value.value & range.high) };
  }
  return represent(view, value, x.type);
}

/** A chain of binary operators, from the left without recursion: long sums of strings nest thousands deep. */
function binaryChain(view: View, scope: Scope, expr: BinaryExpr): Operand | undefined {
  const chain: BinaryExpr[] = [];
  let left: Expr = expr;
  for (; left.kind === "binary"; left = left.x) chain.push(left);
  let result: Operand | undefined = operand(view, scope, left);
  for (const link of chain.reverse()) {
    if (!result) return undefined;
    result = binaryOperand(view, link.op, result, operand(view, scope, link.y));
  }
  return result;
}

function binaryOperand(view: View, op: string, x: Operand, y: Operand): Operand | undefined {
  if (op === "<<" || op === ">>") {
    const type = isUntyped(x.type) && x.value && toInteger(x.value) !== undefined ? untyped.int : x.type;
    const keep = isUntyped(x.type) && !isBasic(x.type, "untyped rune") ? type : x.type;
    const count = y.value && toInteger(y.value);
    if (!x.value || count === undefined) return typed(keep);
    const value = shift(op, x.value, count);
    return value && represent(view, value, keep);
  }
  const isComparison = ["==", "!=", "<", "<=", ">", ">="].includes(op);
  const pair = match(view, x, y);
  if (!pair) return isComparison ? typed(untyped.bool) : undefined;
  const [a, b] = pair;
  const type = isComparison ? untyped.bool : a.type;
  if (!a.value || !b.value) return typed(type);
  const value = binary(op, a.value, b.value, isInteger(view, a.type));
  return value && represent(view, value, type);
}

const untypedRank: readonly BasicName[] = ["untyped int", "untyped rune", "untyped float", "untyped complex"];

/** Both operands with one type, as a binary operator wants them. */
function match(view: View, x: Operand, y: Operand): [Operand, Operand] | undefined {
  const [a, b] = [isUntyped(x.type), isUntyped(y.type)];
  if (a && b) {
    const rank = (t: Type) => (t.kind === "basic" ? untypedRank.indexOf(t.name) : -1);
    const type = rank(x.type) >= rank(y.type) ? x.type : y.type;
    return [
      { type, value: x.value },
      { type, value: y.value },
    ];
  }
  const to = (o: Operand, type: Type) => (o.value ? represent(view, o.value, type) : typed(type));
  if (a) {
    const converted = to(x, y.type);
    return converted && [converted, y];
  }
  if (!b) return [x, y];
  const converted = to(y, x.type);
  return converted && [x, converted];
}

/** The conversion `type(x)`. */
function convert(view: View, x: Operand, type: Type): Operand | undefined {
  const under = view.underlying(type);
  if (!x.value || under.kind !== "basic") return typed(type);
  if (under.name === "string" && x.value.kind === "int") {
    const rune = x.value.value;
    const valid = rune >= 0n && rune <= 0x10ffffn && !(rune >= 0xd800n && rune <= 0xdfffn);
    return {
      type,
      value: { kind: "string", bytes: utf8(String.fromCodePoint(valid ? Number(rune) : 0xfffd)) },
    };
  }
  if (under.name === "unsafe.Pointer") return typed(type);
  return represent(view, x.value, type);
}

/** `value` as a constant of `type`, rounded where it is a float; undefined where it does not fit. */
function represent(view: View, value: Constant, type: Type): Operand | undefined {
  const under = view.underlying(type);
  if (under.kind !== "basic") return { type, value };
  switch (under.name) {
    case "bool":
    case "untyped bool":
      return value.kind === "bool" ? { type, value } : undefined;
    case "string":
    case "untyped string":
      return value.kind === "string" ? { type, value } : undefined;
    case "float32":
    case "float64": {
      const exact = toRational(value);
      const rounded = exact && roundToFloat(exact, under.name === "float32" ? 32 : 64);
      return rounded && { type, value: rounded };
    }
    case "complex64":
    case "complex128": {
      const bits = under.name === "complex64" ? 32 : 64;
      const zero: Rational = { kind: "float", num: 0n, den: 1n };
      const parts = value.kind === "complex" ? value : { real: toRational(value), imaginary: zero };
      const real = parts.real && roundToFloat(parts.real, bits);
      const imaginary = roundToFloat(parts.imaginary, bits);
      return real && imaginary && { type, value: { kind: "complex", real, imaginary } };
    }
    default: {
      const range = integerRange(view, type);
      if (!range) return { type, value };
      const integer = toInteger(value);
      if (integer === undefined || integer < range.low || integer > range.high) return undefined;
      return { type, value: int(integer) };
    }
  }
}

const integerBits: Partial<Record<BasicName, number>> = {
  int8: -8,
  int16: -16,
  int32: -32,
  rune: -32,
  int64: -64,
  uint8: 8,
  byte: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
};

/** The values of an integer type; undefined for other types. */
function integerRange(view: View, type: Type): { low: bigint; high: bigint } | undefined {
  const under = view.underlying(type);
  if (under.kind !== "basic") return undefined;
  let bits = integerBits[under.name];
  if (under.name === "int") bits = -8 * view.sizes.wordSize;
  if (under.name === "uint" || under.name === "uintptr") bits = 8 * view.sizes.wordSize;
  if (bits === undefined) return undefined;
  if (bits > 0) return { low: 0n, high: (1n << BigInt(bits)) - 1n };
  const half = 1n << BigInt(-bits - 1);
  return { low: -half, high: half - 1n };
}

function isInteger(view: View, type: Type): boolean {
  if (isBasic(type, "untyped int") || isBasic(type, "untyped rune")) return true;
  return integerRange(view, type) !== undefined;
}

function isBasic(type: Type, name: BasicName): boolean {
  return type.kind === "basic" && type.name === name;
}

function isUntyped(type: Type): boolean {
  return type.kind === "basic" && type.name.startsWith("untyped");
}

/** The type an untyped constant takes in a variable. */
function defaultType(type: Type): Type {
  if (type.kind !== "basic") return type;
  switch (type.name) {
    case "untyped bool":
      return basic("bool");
    case "untyped int":
      return basic("int");
    case "untyped rune":
      return basic("rune");
    case "untyped float":
      return basic("float64");
    case "untyped complex":
      return basic("complex128");
    case "untyped string":
      return basic("string");
    default:
      return type;
  }
}
