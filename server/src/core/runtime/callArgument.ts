/**
 * What an argument of a call stands for: through conversions, parameters and local
 * variables back to what was written first, and its value where it is a constant. It
 * must not know which function is called.
 */
import type { Constant } from "../model/go/constant.ts";
import { toInteger } from "../model/go/constant.ts";
import { constantValue, declaredConstant } from "../model/go/constantExpr.ts";
import { type Declared, declares } from "../model/go/packageScope.ts";
import { sizeOf } from "../model/go/sizes.ts";
import { resolveType, typeName } from "../model/go/typeExpr.ts";
import type { Scope, View } from "../model/go/view.ts";
import type { ConstDecl, Expr } from "../syntax/go/ast.ts";
import { valueSpecs } from "../syntax/go/parseDecl.ts";

/** What the names in a function body mean. */
export interface LocalScope {
  readonly view: View;
  readonly scope: Scope;
  /** Parameters, results and variables of the function; a name that is none of them is the package's. */
  readonly locals: ReadonlyMap<string, Local>;
}

export interface Local {
  /** What it was given, where that never changes. */
  readonly value: Bound | undefined;
  readonly type: Expr | undefined;
  /** Of the type. */
  readonly scope: Scope;
}

/** An expression together with what its names mean. */
export interface Bound {
  readonly expr: Expr;
  readonly text: string;
  readonly local: LocalScope;
}

export interface CallArgument {
  /** As written, without conversions, in the words of the outermost function that knows it. */
  readonly text: string;
  /** Undefined where it is no integer constant. */
  readonly value: bigint | undefined;
  /** The named constants it is put together from: one, or several joined by `|`. */
  readonly names: readonly NamedValue[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: bigint;
}

export function argumentOf(bound: Bound): CallArgument {
  const origin = originOf(bound);
  const { expr, local } = origin;
  const value = integer(constantOf(origin));
  const names = value === undefined ? undefined : namesOf(local.view, local.scope, expr, 0);
  return { text: oneLine(origin.text), value, names: names ?? [] };
}

/** Whether a condition holds; undefined where that is not known on the target. */
export function isTrue(local: LocalScope, expr: Expr): boolean | undefined {
  const value = constantOf({ expr, text: "", local });
  return value?.kind === "bool" ? value.value : undefined;
}

/** What was written first for an argument: what a parameter was called with, what a variable was set to. */
export function originOf(bound: Bound): Bound {
  let at = bound;
  // A variable may be set to itself in an inner block.
  for (let steps = 0; steps < 20; steps++) {
    const expr = withoutConversions(at, at.expr);
    at = { ...at, expr, text: at.text.slice(expr.start - at.expr.start, expr.end - at.expr.start) };
    const value = expr.kind === "ident" ? at.local.locals.get(expr.name)?.value : undefined;
    if (!value) break;
    at = value;
  }
  return at;
}

/** `x` of `uintptr(unsafe.Pointer(x))`. */
function withoutConversions({ local: { view, scope, locals } }: Bound, expr: Expr): Expr {
  for (;;) {
    if (expr.kind === "paren") expr = expr.x;
    else if (expr.kind === "call" && expr.args.length === 1 && isType(view, scope, locals, expr.fun))
      expr = expr.args[0]!;
    else return expr;
  }
}

function isType(view: View, scope: Scope, locals: LocalScope["locals"], expr: Expr): boolean {
  if (expr.kind === "paren" || expr.kind === "star") return isType(view, scope, locals, expr.x);
  // The runtime's own function that changes nothing but what the compiler may think.
  if (expr.kind === "ident" && expr.name === "noescape") return true;
  if (expr.kind === "selector" && expr.x.kind === "ident" && expr.x.name === "unsafe")
    return expr.sel.name === "Pointer";
  if (expr.kind === "ident" && locals.has(expr.name)) return false;
  return (
    (expr.kind === "ident" || expr.kind === "selector") &&
    view.measure(() => typeName(view, scope, expr)).value !== undefined
  );
}

/** The value of a constant expression; of one that local names are part of, only where the names are what decides. */
function constantOf({ expr, local }: Bound): Constant | undefined {
  const { view, scope, locals } = local;
  const size = expr.kind === "call" ? sizeOfLocal(local, expr) : undefined;
  if (size !== undefined) return { kind: "int", value: BigInt(size) };
  if (locals.size > 0 && mentionsLocal(expr, locals)) return undefined;
  return view.measure(() => constantValue(view, scope, expr)).value;
}

/** `unsafe.Sizeof(x)` and `unsafe.Sizeof(*x)` of a variable or parameter, and of a field `x.f` or `T{}.f`. */
function sizeOfLocal(
  { view, locals, scope: own }: LocalScope,
  expr: Extract<Expr, { kind: "call" }>,
): number | undefined {
  const { fun, args } = expr;
  let [of] = args;
  const isSizeof =
    fun.kind === "selector" && fun.x.kind === "ident" && fun.x.name === "unsafe" && fun.sel.name === "Sizeof";
  if (!isSizeof || !of) return undefined;
  if (of.kind === "selector") {
    const { sel, x } = of;
    const variable = x.kind === "ident" ? locals.get(x.name) : undefined;
    const written = x.kind === "composite" ? x.type : variable?.type;
    if (!written) return undefined;
    const measured = view.measure(() => {
      const under = view.underlying(resolveType(view, variable?.scope ?? own, written));
      const field = under.kind === "struct" ? under.fields.find(({ name }) => name === sel.name) : undefined;
      return field && sizeOf(view, field.type);
    });
    return measured.resolved ? measured.value : undefined;
  }
  const isPointee = of.kind === "star";
  if (of.kind === "star") of = of.x;
  const local = of.kind === "ident" ? locals.get(of.name) : undefined;
  if (!local?.type) return undefined;
  const { type, scope } = local;
  const measured = view.measure(() => {
    const found = resolveType(view, scope, type);
    const under = view.underlying(found);
    return isPointee
      ? under.kind === "pointer"
        ? sizeOf(view, under.elem)
        : undefined
      : sizeOf(view, found);
  });
  return measured.resolved ? measured.value : undefined;
}

function mentionsLocal(expr: Expr, locals: LocalScope["locals"]): boolean {
  const visit = (x: Expr): boolean => {
    switch (x.kind) {
      case "ident":
        return locals.has(x.name);
      case "selector":
      case "paren":
      case "star":
      case "unary":
        return visit(x.x);
      case "binary":
        return visit(x.x) || visit(x.y);
      case "call":
        return visit(x.fun) || x.args.some(visit);
      case "literal":
        return false;
      default:
        return true;
    }
  };
  return visit(expr);
}

/** The names in a constant that is one name, or names joined by `|`; those of a name that is made of names. */
function namesOf(view: View, scope: Scope, expr: Expr, depth: number): NamedValue[] | undefined {
  if (depth > 4) return undefined;
  if (expr.kind === "paren") return namesOf(view, scope, expr.x, depth);
  if (expr.kind === "binary" && expr.op === "|") {
    const parts: Expr[] = [];
    let left: Expr = expr;
    for (; left.kind === "binary" && left.op === "|"; left = left.x) parts.push(left.y);
    const names = [left, ...parts.reverse()].map((part) => namesOf(view, scope, part, depth + 1));
    return names.every((list) => list !== undefined) ? names.flat() : undefined;
  }
  const declared = constantDeclared(view, scope, expr);
  if (!declared) return undefined;
  const own = view.measure(() => declaredConstant(view, declared).value).value;
  const value = integer(own);
  if (value === undefined) return undefined;
  const specs = valueSpecs(declared.decl);
  const spec = specs.find(({ names }) => names.some(({ name }) => name === declared.name));
  const made = spec?.names.length === 1 ? spec.values[0] : undefined;
  const inner = { file: declared.file, package: declared.package };
  const parts = made?.kind === "binary" ? namesOf(view, inner, made, depth + 1) : undefined;
  return parts ?? [{ name: declared.name.replace(/^_/, ""), value }];
}

function constantDeclared(view: View, scope: Scope, expr: Expr): Declared<ConstDecl> | undefined {
  let found: Declared | undefined;
  if (expr.kind === "ident") found = view.lookup(scope.package, scope.package, expr.name);
  if (expr.kind === "selector" && expr.x.kind === "ident") {
    const pkg = view.importedPackage(scope, expr.x.name);
    found = pkg && pkg !== "unsafe" ? view.lookup(scope.package, pkg, expr.sel.name) : undefined;
  }
  return declares(found, "const") ? found : undefined;
}

function integer(value: Constant | undefined): bigint | undefined {
  return value && toInteger(value);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
