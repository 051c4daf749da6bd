/** The constants a package declares, with their values on one target. */
import { declares } from "../model/go/packageScope.ts";
import { constantString } from "../model/go/constant.ts";
import { declaredConstant } from "../model/go/constantExpr.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

export interface NamedConstant {
  readonly name: string;
  /** Exact, as go/constant's ExactString prints it: 1/3 is no float, strings are quoted. */
  readonly value: string;
}

/** Package-level constants by name; complex ones, and those that cannot be resolved, are left out. */
export function packageConstants(snapshot: Snapshot, directory: string, target: number): NamedConstant[] {
  const pkg = snapshot.package(directory);
  if (!pkg) return [];
  const view = snapshot.view(target);
  const constants: NamedConstant[] = [];
  for (const name of [...pkg.scope.keys()].sort()) {
    const declared = view.lookup(pkg, pkg, name);
    if (!declares(declared, "const")) continue;
    const { resolved, value } = view.measure(() => declaredConstant(view, declared).value);
    if (resolved && value && value.kind !== "complex") constants.push({ name, value: constantString(value) });
  }
  return constants;
}
