/**
 * The structs that a function of the workspace fills for the system, byte by byte: the
 * layout of each on a target, and beside each field what it is given. Fields that are
 * given nothing are zero. A struct that the function hands to another of its package to
 * be filled is followed there. It must not know what the structs are for.
 */
import { variableType } from "../../model/go/constantExpr.ts";
import { type Declared, declares, type Package } from "../../model/go/packageScope.ts";
import { layoutOf, type LayoutPart } from "../../model/go/structLayout.ts";
import type { Named, Type } from "../../model/go/type.ts";
import { resolveType } from "../../model/go/typeExpr.ts";
import { typeString } from "../../model/go/typeString.ts";
import type { Scope, View } from "../../model/go/view.ts";
import type { Expr, FuncDecl } from "../../syntax/go/ast.ts";
import { funcHeader } from "../../syntax/go/parseDecl.ts";
import { bodyText, declLocation } from "../../workspace/declLocation.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { argumentOf, type Bound, type LocalScope } from "../../runtime/callArgument.ts";
import { argumentText } from "./callTable.ts";
import type { ByteField, ByteMapSection } from "./previewModel.ts";
import { stepsOn } from "../../runtime/stepsOn.ts";
import type { Location } from "../../workspace/location.ts";

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
): readonly ByteMapSection[] {
  const view = snapshot.view(target);
  const declared = view.lookup(pkg, pkg, name);
  if (!declares(declared, "func")) return [];
  const reader: Reader = { snapshot, view, structs: new Map(), read: 0, running: new Set() };
  readFunction(reader, declared, []);
  return [...reader.structs.values()].flatMap((struct) => sectionOf(snapshot, view, name, struct) ?? []);
}

interface Reader {
  readonly snapshot: Snapshot;
  readonly view: View;
  readonly structs: Map<string, Filled>;
  /** How many functions were looked into. */
  read: number;
  readonly running: Set<object>;
}

/** A variable of a struct type, or an array of them. */
interface Filled {
  /** As the source calls it; of an element `ev[0]`. */
  readonly name: string;
  readonly struct: Named;
  /** How many there are of it: more than one of an array that is handed out whole. */
  count: number;
  readonly values: Map<string, { text: string; readonly place: Location }>;
  isHandedOut: boolean;
}

function readFunction(
  reader: Reader,
  declared: Declared<FuncDecl>,
  args: readonly (Filled | undefined)[],
): void {
  const { snapshot, view, running } = reader;
  const body = bodyText(snapshot, declared);
  if (!body || running.has(declared.decl) || running.size >= deepest) return;
  if (++reader.read > mostRead) return;
  running.add(declared.decl);
  const { local, steps } = stepsOn(view, declared, body.text, []);
  const parameters = funcHeader(declared.decl).type.params.flatMap(({ names }) => names);
  const given = new Map(parameters.map(({ name }, i) => [name, args[i]]));
  const fn: Reading = { reader, local, given, functionName: declared.name };
  for (const { step, conditions } of steps) {
    const place = {
      ...body.place,
      span: { start: body.place.span.start + step.start, end: body.place.span.start + step.end },
    };
    if (step.kind === "assign") {
      for (const [i, left] of step.left.entries()) {
        const right = step.right[i];
        if (right) assign(fn, left.expr, step.op, { ...right, local }, { place, conditions });
      }
    }
    if (step.kind !== "call") continue;
    for (const arg of step.args) fillLiteral(fn, arg.expr, { ...arg, local }, { place, conditions });
    const filled = step.args.map(({ expr }) => handedOut(fn, expr));
    const callee =
      step.fun.expr.kind === "ident"
        ? view.lookup(local.scope.package, local.scope.package, step.fun.expr.name)
        : undefined;
    if (declares(callee, "func")) readFunction(reader, callee, filled);
  }
  running.delete(declared.decl);
}

interface Reading {
  readonly reader: Reader;
  readonly local: LocalScope;
  /** Structs that parameters point to. */
  readonly given: ReadonlyMap<string, Filled | undefined>;
  readonly functionName: string;
}

/** Where a value is given, and under which conditions. */
interface At {
  readonly place: Location;
  readonly conditions: readonly string[];
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
    const names: string[] = [];
    let root: Expr = target;
    for (; root.kind === "selector"; root = root.x) names.unshift(root.sel.name);
    const struct = structAt(fn, root);
    if (!struct) return;
    const field = names.join(".");
    const before = struct.values.get(field)?.text;
    const value = valueText(right, at);
    const joined = op === "|=" ? "|" : op === "&^=" ? "&^" : undefined;
    const text =
      joined === undefined ? value : [before, joined, value].filter((part) => part !== undefined).join(" ");
    struct.values.set(field, { text, place: at.place });
    return;
  }
  if (target.kind === "index" && right.expr.kind === "index") {
    const [to, from] = [structAt(fn, target), structAt(fn, right.expr)];
    if (to && from) for (const [field, value] of from.values) to.values.set(field, value);
  }
}

/** A struct literal that is written where it is passed: `append(pfds, pollfd{fd: fd})`. */
function fillLiteral(fn: Reading, expr: Expr, bound: Bound, at: At): void {
  const literal = expr.kind === "unary" && expr.op === "&" ? expr.x : expr;
  if (literal.kind !== "composite" || !literal.type || literal.elements.length === 0) return;
  const struct = systemStruct(fn, resolve(fn, literal.type));
  if (!struct) return;
  const made = filledNamed(fn, literal.type.kind === "ident" ? literal.type.name : "literal", struct);
  fill(made, { ...bound, expr: literal, text: bound.text.slice(literal.start - expr.start) }, at);
  made.isHandedOut = true;
}

function fill(struct: Filled, { expr, text, local }: Bound, at: At): void {
  if (expr.kind !== "composite") return;
  for (const element of expr.elements) {
    if (element.kind !== "keyValue" || element.key.kind !== "ident") continue;
    const { value, key } = element;
    const written = text.slice(value.start - expr.start, value.end - expr.start);
    const bound: Bound = { expr: value, text: written, local };
    struct.values.set(key.name, { text: valueText(bound, at), place: at.place });
  }
}

/** `EV_ADD|EV_CLEAR (33)`, with what has to hold for it. */
function valueText(value: Bound, { conditions }: At): string {
  const text = argumentText(argumentOf(value));
  return conditions.length === 0 ? text : `${text} when ${conditions.join(", ")}`;
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

/** The struct that an argument is the address of, which is thereby handed out. */
function handedOut(fn: Reading, arg: Expr): Filled | undefined {
  const inner = withoutAddress(arg);
  if (inner === arg && inner.kind === "ident") return fn.given.get(inner.name);
  const found =
    inner.kind === "ident" || inner.kind === "index" || inner.kind === "slice"
      ? structAt(fn, inner.kind === "slice" ? inner.x : inner)
      : undefined;
  if (found) found.isHandedOut = true;
  return found;
}

/** The struct that a variable or an element of one is, where the system reads or writes its kind. */
function structAt(fn: Reading, expr: Expr): Filled | undefined {
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
  const filled = filledNamed(fn, name + element, struct);
  const under = fn.local.view.underlying(type);
  if (element === "" && under.kind === "array") filled.count = under.length;
  return filled;
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

function filledNamed({ reader, functionName }: Reading, name: string, struct: Named): Filled {
  const key = `${functionName} ${name}`;
  let found = reader.structs.get(key);
  if (!found) {
    found = { name, struct, count: 1, values: new Map(), isHandedOut: false };
    reader.structs.set(key, found);
  }
  return found;
}

function sectionOf(
  snapshot: Snapshot,
  view: View,
  functionName: string,
  { name, struct, count, values, isHandedOut }: Filled,
): ByteMapSection | undefined {
  // One that is neither filled nor an event that comes back says nothing.
  if (values.size === 0 && !(isHandedOut && count > 1)) return undefined;
  const { value: layout, resolved } = view.measure(() => layoutOf(view, name, struct));
  if (!resolved || layout.parts.length === 0) return undefined;
  const place = struct.declared && declLocation(snapshot, struct.declared);
  const title = count > 1 ? `${name}, ${count} × ${struct.name}, comes back` : `${name}, ${struct.name}`;
  return {
    kind: "bytes",
    key: `${functionName} ${name}`,
    title,
    size: layout.size,
    align: layout.align,
    fields: fieldsOf(layout, struct.path, values, "", place),
  };
}

function fieldsOf(
  layout: LayoutPart,
  packagePath: string,
  values: Filled["values"],
  prefix: string,
  place: Location | undefined,
): ByteField[] {
  const fields: ByteField[] = [];
  let end = layout.offset;
  const pad = (to: number): void => {
    if (to > end)
      fields.push({ name: "", type: "", offset: end, size: to - end, isPadding: true, fields: [] });
    end = to;
  };
  for (const part of layout.parts) {
    pad(part.offset);
    const path = prefix + part.name;
    const value = values.get(path);
    const isFilled = [...values.keys()].some((key) => key.startsWith(`${path}.`));
    fields.push({
      name: part.name,
      type: typeString(part.type).replaceAll(`${packagePath}.`, ""),
      offset: part.offset,
      size: part.size,
      isPadding: false,
      fields: isFilled ? fieldsOf(part, packagePath, values, `${path}.`, place) : [],
      ...(value && { note: value.text }),
      ...(value ? { place: value.place } : place && { place }),
    });
    end = part.offset + part.size;
  }
  pad(layout.offset + layout.size);
  return fields;
}
