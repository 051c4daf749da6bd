/**
 * The structs that a function of the workspace fills for the system: the layout of each on
 * a target, and what is stored in each field, in the order of the source. A struct that the
 * function hands to another of its package, or that a method of its fills, is followed
 * there. It must not know what the structs are for, nor how a store is shown.
 */
import { variableType } from "../model/go/constantExpr.ts";
import { type Declared, declares, type Package, type PackageFile } from "../model/go/packageScope.ts";
import { layoutOf, type LayoutPart } from "../model/go/structLayout.ts";
import type { Named, Type } from "../model/go/type.ts";
import { resolveType } from "../model/go/typeExpr.ts";
import type { Scope, View } from "../model/go/view.ts";
import type { Expr, FuncDecl } from "../syntax/go/ast.ts";
import { funcHeader } from "../syntax/go/parseDecl.ts";
import type { CallStep } from "../syntax/go/readBody.ts";
import { bodyText } from "../workspace/declLocation.ts";
import type { Location } from "../workspace/location.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { argumentOf, type Bound, type CallArgument, type LocalScope } from "./callArgument.ts";
import { stepsOn } from "./stepsOn.ts";

/** A variable of a struct type, or an array of them, that is filled or handed out to be filled. */
export interface FilledStruct {
  /** As the source calls it; of an element `ev[0]`. */
  readonly name: string;
  readonly type: Named;
  /** How many there are of it: more than one of an array that is handed out whole. */
  readonly count: number;
  readonly layout: LayoutPart;
  /** By the path of a field: "tv_sec", "sigev.value". A field that is not among them is zero. */
  readonly stores: ReadonlyMap<string, readonly FieldStore[]>;
}

/** What a field is given. Of several the later ones count where their conditions hold. */
export interface FieldStore {
  readonly value: StoredInField;
  /** What has to hold, as the source has it; empty for what is always stored. */
  readonly conditions: readonly string[];
  readonly place: Location;
}

export type StoredInField =
  /** "=", or "|=" and its kin, which change what is there; "++" adds 1. */
  | { readonly kind: "value"; readonly op: string; readonly argument: CallArgument }
  /** A function that cannot be looked into was handed the field: it may have stored anything. */
  | { readonly kind: "left"; readonly by: string };

/** Functions of functions of functions … */
const deepest = 3;
/** Functions that are looked into, one that is called twice counting twice. */
const mostRead = 500;

/** The structs that the function `name` of `pkg` fills, or hands out to be filled, in the order of its source. */
export function filledStructs(
  snapshot: Snapshot,
  pkg: Package,
  name: string,
  target: number,
): readonly FilledStruct[] {
  const view = snapshot.view(target);
  const declared = view.lookup(pkg, pkg, name);
  if (!declares(declared, "func")) return [];
  const reader: Reader = { snapshot, view, structs: new Map(), read: 0, running: new Set() };
  const unknown = parametersOf(declared).map((parameter) => [parameter, undefined] as const);
  readFunction(reader, declared, new Map(unknown), []);
  return [...reader.structs.values()].flatMap((struct) => laidOut(view, struct) ?? []);
}

function parametersOf({ decl }: Declared<FuncDecl>): string[] {
  return funcHeader(decl).type.params.flatMap(({ names }) => names.map(({ name }) => name));
}

function laidOut(view: View, struct: StructVariable): FilledStruct | undefined {
  const { name, type, count, fields, isHandedOut } = struct;
  // One that is neither filled nor an event that comes back says nothing.
  if (fields.size === 0 && !(isHandedOut && count > 1)) return undefined;
  const { value: layout, resolved } = view.measure(() => layoutOf(view, name, type));
  if (!resolved || layout.parts.length === 0) return undefined;
  const isOwn = (condition: string): boolean => !struct.outer.includes(condition);
  const stores = new Map(
    [...fields].map(([path, field]) => [
      path,
      field.stores.map((made) => ({ ...made, conditions: made.conditions.filter(isOwn) })),
    ]),
  );
  return { name, type, count, layout, stores };
}

interface Reader {
  readonly snapshot: Snapshot;
  readonly view: View;
  readonly structs: Map<string, StructVariable>;
  /** How many functions were looked into. */
  read: number;
  readonly running: Set<object>;
}

interface StructVariable {
  readonly name: string;
  readonly type: Named;
  count: number;
  readonly fields: Map<string, Field>;
  isHandedOut: boolean;
  /** The conditions that it is there under at all; what is stored in it is told without them. */
  readonly outer: readonly string[];
  /** The last function that was handed it and cannot be looked into. */
  handed: Handed | undefined;
}

interface Field {
  readonly stores: readonly FieldStore[];
  /** What the struct had been handed to when the last of them was made. */
  readonly handed: Handed | undefined;
}

interface Handed extends At {
  readonly by: string;
}

/** Where something is done, and under which conditions. */
interface At {
  readonly place: Location;
  readonly conditions: readonly string[];
}

/** A function whose body is being read. */
interface Reading {
  readonly reader: Reader;
  readonly local: LocalScope;
  /** Structs that parameters and the receiver point to; undefined for a parameter that points to none. */
  readonly given: Given;
  readonly functionName: string;
  /** The conditions that the function is called under. */
  readonly outer: readonly string[];
}

type Given = ReadonlyMap<string, StructVariable | undefined>;

/** Reads a function that is called under the conditions `outer`; whether it could be looked into. */
function readFunction(
  reader: Reader,
  declared: Declared<FuncDecl>,
  given: Given,
  outer: readonly string[],
): boolean {
  const { snapshot, view, running } = reader;
  const body = bodyText(snapshot, declared);
  if (!body || running.has(declared.decl) || running.size >= deepest) return false;
  if (++reader.read > mostRead) return false;
  running.add(declared.decl);
  const { local, steps } = stepsOn(view, declared, body.text, []);
  const fn: Reading = { reader, local, given, functionName: declared.name, outer };
  for (const { step, conditions } of steps) {
    const { start } = body.place.span;
    const place = { ...body.place, span: { start: start + step.start, end: start + step.end } };
    const at: At = { place, conditions: [...new Set([...outer, ...conditions])] };
    if (step.kind === "call") readCall(fn, step, at);
    if (step.kind !== "assign") continue;
    for (const [i, { expr }] of step.left.entries()) {
      const right = step.right[i];
      if (right) assign(fn, expr, step.op, { ...right, local }, at);
      else if (step.op === "++" || step.op === "--") count(fn, expr, step.op, at);
    }
  }
  running.delete(declared.decl);
  return true;
}

/** `ev.flags = x`, `ev[0].flags = x`, `*(*T)(unsafe.Pointer(&ev.data)) = x`, `ev = T{flags: x}`, `ev[1] = ev[0]`. */
function assign(fn: Reading, left: Expr, op: string, right: Bound, at: At): void {
  const target = withoutAddress(left);
  if (right.expr.kind === "composite") {
    const struct = structAt(fn, target);
    if (struct) fill(struct, right, at);
    return;
  }
  if (target.kind === "selector") {
    const found = fieldAt(fn, target);
    if (found) store(found.struct, found.path, { kind: "value", op, argument: argumentOf(right) }, at);
    return;
  }
  if (target.kind === "index" && right.expr.kind === "index") {
    const [to, from] = [structAt(fn, target), structAt(fn, right.expr)];
    if (to && from) for (const [path, field] of from.fields) to.fields.set(path, field);
  }
}

/** `ts.tv_sec++`. */
function count(fn: Reading, left: Expr, op: string, at: At): void {
  const found = fieldAt(fn, withoutAddress(left));
  if (!found) return;
  const argument: CallArgument = { text: "1", value: 1n, names: [] };
  store(found.struct, found.path, { kind: "value", op: op === "++" ? "+=" : "-=", argument }, at);
}

/** A field of a struct is given something. What it was given before under the same conditions, or more of them, is gone. */
function store(struct: StructVariable, path: string, value: StoredInField, at: At): void {
  const { conditions, place } = at;
  const known = struct.fields.get(path);
  const { handed } = struct;
  const isChange = value.kind === "value" && value.op !== "=" && value.op !== ":=";
  let stores = known?.stores ?? [];
  if (isChange && handed && known?.handed !== handed)
    stores = [
      ...withoutThose(stores, handed.conditions),
      { value: { kind: "left", by: handed.by }, conditions: handed.conditions, place: handed.place },
    ];
  if (!isChange) stores = withoutThose(stores, conditions);
  struct.fields.set(path, { stores: [...stores, { value, conditions, place }], handed });
}

function withoutThose(stores: readonly FieldStore[], conditions: readonly string[]): FieldStore[] {
  return stores.filter((old) => !conditions.every((condition) => old.conditions.includes(condition)));
}

function fill(struct: StructVariable, { expr, text, local }: Bound, at: At): void {
  if (expr.kind !== "composite") return;
  for (const element of expr.elements) {
    if (element.kind !== "keyValue" || element.key.kind !== "ident") continue;
    const { value, key } = element;
    const written = text.slice(value.start - expr.start, value.end - expr.start);
    const argument = argumentOf({ expr: value, text: written, local });
    store(struct, key.name, { kind: "value", op: "=", argument }, at);
  }
}

/** A call may be given a literal, be handed structs, and fill them. */
function readCall(fn: Reading, step: CallStep, at: At): void {
  const { reader, local } = fn;
  for (const arg of step.args) fillLiteral(fn, arg.expr, { ...arg, local }, at);
  const handed = step.args.map(({ expr }) => handedOut(fn, expr));
  const method = methodOf(fn, step);
  const callee = method?.declared ?? functionOf(fn, step);
  if (!callee) return;
  const { name } = callee;
  for (const { expr } of step.args) {
    const field = isAddress(expr) ? fieldAt(fn, withoutAddress(expr)) : undefined;
    if (field) store(field.struct, field.path, { kind: "left", by: name }, at);
  }
  const before = handed.map((struct) => struct?.handed);
  const given = new Map(parametersOf(callee).map((parameter, i) => [parameter, handed[i]]));
  const [self] = funcHeader(callee.decl).receiver[0]?.names ?? [];
  if (method && self) given.set(self.name, method.struct);
  const isOwn = method !== undefined || callee.package === local.scope.package;
  const isRead = isOwn && readFunction(reader, callee, given, at.conditions);
  const types = funcHeader(callee.decl).type.params.flatMap(({ names, type }) => names.map(() => type));
  for (const [i, struct] of handed.entries()) {
    // Through an address that is no pointer nothing is followed.
    const isFollowed = isRead && types[i]?.kind === "star" && struct?.handed === before[i];
    // What is told is the function that is called here, whatever it calls in turn.
    if (struct && !isFollowed) struct.handed = { by: name, ...at };
  }
}

/** A struct literal that is written where it is passed: `append(pfds, pollfd{fd: fd})`. */
function fillLiteral(fn: Reading, expr: Expr, bound: Bound, at: At): void {
  const literal = expr.kind === "unary" && expr.op === "&" ? expr.x : expr;
  if (literal.kind !== "composite" || !literal.type || literal.elements.length === 0) return;
  const struct = systemStruct(fn, resolve(fn, literal.type));
  if (!struct) return;
  const made = structNamed(fn, literal.type.kind === "ident" ? literal.type.name : "literal", struct);
  fill(made, { ...bound, expr: literal, text: bound.text.slice(literal.start - expr.start) }, at);
  made.isHandedOut = true;
}

/** The function that a step calls; undefined for a conversion, a builtin and what a variable holds. */
function functionOf({ local }: Reading, { fun: { expr } }: CallStep): Declared<FuncDecl> | undefined {
  const { view, scope, locals } = local;
  let found: Declared | undefined;
  if (expr.kind === "ident" && !locals.has(expr.name))
    found = view.lookup(scope.package, scope.package, expr.name);
  if (expr.kind === "selector" && expr.x.kind === "ident" && !locals.has(expr.x.name)) {
    const pkg = view.importedPackage(scope, expr.x.name);
    found = pkg && pkg !== "unsafe" ? view.lookup(scope.package, pkg, expr.sel.name) : undefined;
  }
  return declares(found, "func") ? found : undefined;
}

/** `setNsec` of `ts.setNsec(ns)`, where its receiver is a pointer to the struct. */
function methodOf(
  fn: Reading,
  { fun: { expr } }: CallStep,
): { readonly struct: StructVariable; readonly declared: Declared<FuncDecl> } | undefined {
  if (expr.kind !== "selector") return undefined;
  const struct = structAt(fn, expr.x);
  const pkg = struct?.type.declared?.package;
  if (!struct || !pkg) return undefined;
  const { view } = fn.local;
  for (const file of pkg.files) {
    if (!file.targets.has(view.target)) continue;
    const decl = methodIn(file, struct.type.name, expr.sel.name);
    if (decl) return { struct, declared: { name: expr.sel.name, decl, file, package: pkg } };
  }
  return undefined;
}

function methodIn({ summary }: PackageFile, type: string, name: string): FuncDecl | undefined {
  for (const decl of summary.decls) {
    if (decl.kind !== "func" || !decl.isMethod || decl.name !== name) continue;
    const receiver = funcHeader(decl).receiver[0]?.type;
    if (receiver?.kind === "star" && receiver.x.kind === "ident" && receiver.x.name === type) return decl;
  }
  return undefined;
}

/** `x` of `*(*T)(unsafe.Pointer(&x))`. */
function withoutAddress(expr: Expr): Expr {
  let at = expr;
  for (;;) {
    if (at.kind === "star" || at.kind === "paren") at = at.x;
    else if (at.kind === "call" && at.args.length === 1) at = at.args[0]!;
    else if (at.kind === "unary" && at.op === "&") at = at.x;
    else return at;
  }
}

/** Whether an expression is an address, in whatever conversions it stands. */
function isAddress(expr: Expr): boolean {
  let at = expr;
  while (at.kind === "paren" || (at.kind === "call" && at.args.length === 1))
    at = at.kind === "paren" ? at.x : at.args[0]!;
  return at.kind === "unary" && at.op === "&";
}

/** The struct that an argument is the address of, which is thereby handed out. */
function handedOut(fn: Reading, arg: Expr): StructVariable | undefined {
  const inner = withoutAddress(arg);
  if (inner === arg && inner.kind === "ident") return fn.given.get(inner.name);
  const found =
    inner.kind === "ident" || inner.kind === "index" || inner.kind === "slice"
      ? structAt(fn, inner.kind === "slice" ? inner.x : inner)
      : undefined;
  if (found) found.isHandedOut = true;
  return found;
}

/** The struct of `ts.tv_sec`, and the path of the field in it. */
function fieldAt(
  fn: Reading,
  expr: Expr,
): { readonly struct: StructVariable; readonly path: string } | undefined {
  if (expr.kind !== "selector") return undefined;
  const names: string[] = [];
  let root: Expr = expr;
  for (; root.kind === "selector"; root = root.x) names.unshift(root.sel.name);
  const struct = structAt(fn, root);
  return struct && { struct, path: names.join(".") };
}

/** The struct that a variable or an element of one is, where the system reads or writes its kind. */
function structAt(fn: Reading, expr: Expr): StructVariable | undefined {
  let at = expr;
  let element = "";
  while (at.kind === "paren" || at.kind === "star") at = at.x;
  if (at.kind === "index") {
    const [index] = at.indices;
    element = index?.kind === "literal" ? `[${index.text}]` : "[i]";
    at = at.x;
  }
  if (at.kind !== "ident") return undefined;
  const { name } = at;
  if (fn.given.has(name)) return fn.given.get(name);
  const type = typeOf(fn, name);
  const struct = type && systemStruct(fn, type);
  if (!struct) return undefined;
  const found = structNamed(fn, name + element, struct);
  const under = fn.local.view.underlying(type);
  if (element === "" && under.kind === "array") found.count = under.length;
  return found;
}

function typeOf({ local }: Reading, name: string): Type | undefined {
  const { view, scope, locals } = local;
  const known = locals.get(name);
  if (known) return known.type && resolve({ local }, known.type, known.scope);
  const declared = view.lookup(scope.package, scope.package, name);
  return declares(declared, "var") ? view.measure(() => variableType(view, declared)).value : undefined;
}

function resolve({ local: { view, scope } }: Pick<Reading, "local">, type: Expr, from: Scope = scope): Type {
  return view.measure(() => resolveType(view, from, type)).value;
}

/** The struct behind arrays, slices and pointers, if it is declared where what belongs to one system is. */
function systemStruct({ local: { view } }: Reading, type: Type): Named | undefined {
  let at = type;
  for (let i = 0; i < 4; i++) {
    if (at.kind === "alias") at = at.actual;
    const under = view.underlying(at);
    if (at.kind === "named" && under.kind === "struct") {
      const file = at.declared?.file.name ?? "";
      return /^(?:defs|os\d?_|netpoll_|sys_|ztypes|types_)/.test(file) ? at : undefined;
    }
    if (under.kind !== "array" && under.kind !== "slice" && under.kind !== "pointer") return undefined;
    at = under.elem;
  }
  return undefined;
}

function structNamed({ reader, functionName, outer }: Reading, name: string, type: Named): StructVariable {
  const key = `${functionName} ${name}`;
  let found = reader.structs.get(key);
  if (!found) {
    found = { name, type, count: 1, fields: new Map(), isHandedOut: false, outer, handed: undefined };
    reader.structs.set(key, found);
  }
  return found;
}
