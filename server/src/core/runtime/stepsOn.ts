/**
 * The steps of a function's body that a target can come to, with what its names stand
 * for and the conditions that are not decided there. It must not know what is looked
 * for in them.
 */
import { LatestCache } from "../base/memo.ts";
import type { Declared } from "../model/go/packageScope.ts";
import type { Scope, View } from "../model/go/view.ts";
import type { Expr, FuncDecl, GoDecl } from "../syntax/go/ast.ts";
import { funcHeader } from "../syntax/go/parseDecl.ts";
import { type BodyExpr, type BodyStep, type Condition, contrary, readBody } from "../syntax/go/readBody.ts";
import { argumentOf, type Bound, isTrue, type Local, type LocalScope } from "./callArgument.ts";

export interface StepOn {
  readonly step: BodyStep;
  /** As the source has them; empty for a step that is always taken. */
  readonly conditions: readonly string[];
}

/** The steps of the function with this body, called with these arguments: undefined ones are not known. */
export function stepsOn(
  view: View,
  declared: Declared<FuncDecl>,
  body: string,
  args: readonly Bound[],
): { readonly local: LocalScope; readonly steps: readonly StepOn[] } {
  const all = stepsOf(declared, body);
  const local = localsOf(declared, args, all, view);
  const left = new LeftUnder();
  const steps = all.flatMap((step): StepOn[] => {
    const conditions = undecided(local, left.of(step));
    if (conditions === undefined) return [];
    if (step.kind === "return") left.add(step);
    return [{ step, conditions }];
  });
  return { local, steps };
}

/** The same few functions are asked for on every target. */
const bodies = new LatestCache<GoDecl, { readonly text: string; readonly steps: readonly BodyStep[] }>();

/** The steps of a body: an edit within it leaves the declaration the object it was. */
function stepsOf({ decl }: Declared, text: string): readonly BodyStep[] {
  const { steps } = bodies.get(
    decl,
    (known) => known.text === text,
    () => ({ text, steps: readBody(text) }),
  );
  return steps;
}

/** The conditions under which a function has returned: what comes after stands under their contrary. */
class LeftUnder {
  private readonly returns: BodyStep[] = [];

  add(step: BodyStep): void {
    if (step.conditions.at(-1)?.kind === "if") this.returns.push(step);
  }

  /** The conditions that a step stands under, those included. */
  of({ literal, conditions }: BodyStep): Condition[] {
    const all = [...conditions];
    for (const left of this.returns.toReversed()) {
      const last = left.conditions.at(-1)!;
      const outer = left.conditions.slice(0, -1);
      if (left.literal !== literal || conditions.includes(last)) continue;
      if (outer.every((condition, i) => conditions[i] === condition))
        all.splice(outer.length, 0, contrary(last));
    }
    return all;
  }
}

/** What is not known of the conditions, as text; undefined where they cannot hold on the target. */
function undecided(local: LocalScope, conditions: readonly Condition[]): string[] | undefined {
  const texts = new Set<string>();
  for (const condition of conditions) {
    const known = decide(local, condition);
    if (known === false) return undefined;
    if (known === undefined) texts.add(condition.text);
  }
  return [...texts];
}

function decide(local: LocalScope, { kind, exprs, tag, negated }: Condition): boolean | undefined {
  if (kind === "loop" || exprs.length === 0) return undefined;
  const equals = (expr: Expr): Expr =>
    tag ? { kind: "binary", op: "==", x: tag, y: expr, start: 0, end: 0 } : expr;
  const known = exprs.map((expr) => isTrue(local, equals(expr)));
  if (known.includes(true)) return !negated;
  return known.includes(undefined) ? undefined : negated;
}

/** What the local names of a function stand for: parameters what was passed, variables that are set once that. */
function localsOf(
  declared: Declared<FuncDecl>,
  args: readonly Bound[],
  steps: readonly BodyStep[],
  view: View,
): LocalScope {
  const scope: Scope = { file: declared.file, package: declared.package };
  const locals = new Map<string, Local>();
  const local: LocalScope = { view, scope, locals };
  const { params, results } = funcHeader(declared.decl).type;
  for (const { names, type } of results) {
    for (const { name } of names) locals.set(name, { value: undefined, type, scope });
  }
  const names = params.flatMap(({ names, type }) => names.map(({ name }) => ({ name, type })));
  for (const [i, { name, type }] of names.entries()) locals.set(name, { value: args[i], type, scope });
  const set = new Set<string>(locals.keys());
  for (const step of steps) {
    if (step.kind === "var") {
      const [value] = step.values;
      const isOnly = step.names.length === 1 && step.values.length === 1;
      for (const name of step.names) {
        const given =
          isOnly && value && !set.has(name) && tells(value, local) ? { ...value, local } : undefined;
        locals.set(name, { value: given, type: step.type?.expr, scope });
        if (value) set.add(name);
      }
    }
    if (step.kind !== "assign") continue;
    for (const { expr } of step.left) {
      if (expr.kind !== "ident") continue;
      const [value] = step.right;
      const isFirst = step.op === ":=" && !set.has(expr.name) && step.left.length === 1;
      set.add(expr.name);
      const known = locals.get(expr.name);
      const given = isFirst && value && tells(value, local) ? { ...value, local } : undefined;
      const type = value && step.op === ":=" ? (typeOf(value.expr) ?? known?.type) : known?.type;
      locals.set(expr.name, { value: given, type, scope });
    }
  }
  return local;
}

/** The type of a value that names it: `T{…}`, `(*T)(p)`. */
function typeOf(expr: Expr): Expr | undefined {
  if (expr.kind === "composite") return expr.type;
  if (expr.kind !== "call" || expr.fun.kind !== "paren") return undefined;
  return expr.fun.x.kind === "star" ? expr.fun.x : undefined;
}

/** Whether a variable's first value tells more than its name. */
function tells(value: BodyExpr, local: LocalScope): boolean {
  let inner = value.expr;
  while (inner.kind === "paren" || (inner.kind === "call" && inner.args.length === 1))
    inner = inner.kind === "paren" ? inner.x : inner.args[0]!;
  switch (inner.kind) {
    case "ident":
    case "selector":
    case "literal":
    case "unary":
      return true;
    case "binary":
      return argumentOf({ ...value, local }).value !== undefined;
    default:
      return false;
  }
}
