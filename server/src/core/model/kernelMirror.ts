/**
 * A Go type that mirrors a struct of the kernel, laid out as the compiler lays it out, beside that struct.
 * It must not know what is reported or shown of the two.
 */
import { arches, type GoArch } from "../facts/arch.ts";
import {
  closestStruct,
  type KernelStruct,
  kernelStructsOf,
  type Mirror,
  type MirrorField,
} from "../oslayer/kernelStruct.ts";
import type { Declared } from "./packageScope.ts";
import { type LayoutPart, layoutOf } from "./structLayout.ts";
import type { Extent, TypeView, Underlying } from "./type.ts";
import { declaredType } from "./typeExpr.ts";
import type { View } from "./view.ts";

export interface KernelMirror {
  readonly mirror: Mirror;
  /** Of the structs that the type may stand for, the one it differs from least. */
  readonly struct: KernelStruct;
}

/** Undefined for a type that stands for no known struct on the target of the view, or that cannot be laid out. */
export function kernelMirror(view: View, declared: Declared): KernelMirror | undefined {
  const { name, package: pkg } = declared;
  const { goos, goarch } = view.program.targets[view.target]!;
  const structs = kernelStructsOf({ goos, goarch }, pkg.path, name);
  // A package that has stat_t beside Stat_t hands the former to the kernel and fills in the latter itself.
  const twin = name[0]!.toLowerCase() + name.slice(1);
  if (structs.length === 0 || (twin !== name && view.lookup(pkg, pkg, twin))) return undefined;
  const { resolved, value } = view.measure(() => {
    const own = compilerView(view);
    return mirrorOf(own, layoutOf(own, name, declaredType(view, declared, [])), goarch);
  });
  const struct = closestStruct(structs, value);
  return resolved && struct ? { mirror: value, struct } : undefined;
}

/** A struct as the comparison with the kernel takes it. */
function mirrorOf(view: TypeView, { size, parts }: LayoutPart, goarch: GoArch): Mirror {
  const fields = parts.map(({ name, type, offset, size }): MirrorField => {
    const { kind } = view.underlying(type);
    return { name, offset, size, kind: kind === "array" || kind === "struct" ? kind : "scalar" };
  });
  return { size, isBigEndian: arches[goarch].bigEndian, fields };
}

/**
 * The view with the compiler's rules for sizes, whatever its own are: what the kernel is handed is what
 * the compiler made.
 */
function compilerView(view: View): TypeView {
  const { sizes } = view;
  if (sizes.rules === "gc") return view;
  const known = new Map<Underlying, Extent>();
  const own: TypeView = {
    sizes: { ...sizes, rules: "gc" },
    underlying: (type) => view.underlying(type),
    extentOf: (type, compute) => {
      let extent = known.get(type);
      if (!extent) {
        // A type that contains itself finds this when it comes back to itself.
        known.set(type, { size: 0, align: 1 });
        known.set(type, (extent = compute()));
      }
      return extent;
    },
  };
  return own;
}
