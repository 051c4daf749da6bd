/** Whether Go code can call an assembly function: by its name and ABI, on any target. */
import type { AsmFunction } from "../../model/asm/asmCode.ts";
import type { Package } from "../../model/go/packageScope.ts";

/** The Go name of a function that the package declares without a body and that takes its arguments on the stack. */
export function declaredName(pkg: Package, { name, text }: AsmFunction): string | undefined {
  if (text.symbol?.abi === "ABIInternal" || text.symbol?.isStatic) return undefined;
  const dot = name.lastIndexOf("·");
  const own = name.slice(dot + 1);
  return dot >= 0 && pkg.bodyless.has(own) ? own : undefined;
}
