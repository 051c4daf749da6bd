/**
 * A constraint in the form that `// +build` lines can say: lines that must all
 * hold, of clauses of which one must, of tags or negated tags that must all
 * (`PlusBuildLines` in go/build/constraint/expr.go). It must not know files.
 */
import { type Constraint, formatConstraint } from "./constraint.ts";

/** The text after `// +build` of each line; undefined where the constraint is nested too deep for the form. */
export function plusBuildForm(constraint: Constraint): readonly string[] | undefined {
  const lines: string[][][] = [];
  for (const line of operands("and", withoutNots(constraint, false))) {
    const clauses = operands("or", line).map((clause) => operands("and", clause));
    if (clauses.some((clause) => clause.some(({ kind }) => kind === "and" || kind === "or")))
      return undefined;
    lines.push(clauses.map((clause) => clause.map(formatConstraint)));
  }
  // Where no line has a choice, one line says it all.
  const single = lines.every((clauses) => clauses.length === 1) ? [[lines.flat(2)]] : lines;
  return single.map((clauses) => clauses.map((clause) => clause.join(",")).join(" "));
}

/** The constraint, or its negation, with negation at tags alone. */
function withoutNots(x: Constraint, negated: boolean): Constraint {
  switch (x.kind) {
    case "tag":
      return negated ? { kind: "not", x } : x;
    case "not":
      return withoutNots(x.x, !negated);
    case "and":
    case "or": {
      const kind = negated === (x.kind === "and") ? "or" : "and";
      return { kind, x: withoutNots(x.x, negated), y: withoutNots(x.y, negated) };
    }
  }
}

/** What a chain of one operator joins, however it is nested. */
function operands(kind: "and" | "or", x: Constraint): Constraint[] {
  const found: Constraint[] = [];
  const visit = (x: Constraint): void => {
    if (x.kind !== kind) return void found.push(x);
    visit(x.x);
    visit(x.y);
  };
  visit(x);
  return found;
}
