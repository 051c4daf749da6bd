/** Makes views: the one place that knows both readers of syntax, which need each other and know of a view alone. */
import { constantValue } from "./constantExpr.ts";
import type { Program } from "./program.ts";
import { underlyingOf } from "./typeExpr.ts";
import { View } from "./view.ts";

/** A view of `program` on the target with this index. */
export function createView(program: Program, target: number): View {
  return new View(program, target, { underlyingOf, constantValue });
}
