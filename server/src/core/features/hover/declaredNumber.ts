/**
 * The value of a constant that the package of a Go file declares under the name of a system call, an error number
 * or a signal. The source counts: what it says may be older than the kernel's table, or wrong. It must not know
 * what any kernel has under the name.
 */
import { toInteger } from "../../model/go/constant.ts";
import { declaredConstant } from "../../model/go/constantExpr.ts";
import { declares } from "../../model/go/packageScope.ts";
import type { HoverInput } from "./hoverSource.ts";

/** Undefined where the package declares no such integer for the target, or the place means another package's. */
export function declaredNumber(
  { snapshot, directory, source, entity }: HoverInput,
  name: string,
  target: number,
): number | undefined {
  const pkg = snapshot.package(directory);
  const isQualified = source.text[entity.span.start - 1] === ".";
  if (!pkg || source.kind !== "go" || isQualified) return undefined;
  const view = snapshot.view(target);
  const declared = view.lookup(pkg, pkg, name);
  if (!declares(declared, "const")) return undefined;
  const { value } = view.measure(() => declaredConstant(view, declared).value);
  const integer = value && toInteger(value);
  return integer === undefined ? undefined : Number(integer);
}
