/**
 * A Go type that mirrors a struct of the kernel, laid out as the compiler lays it out, beside that struct.
 * It must not know what is reported or shown of the two.
 */
import type { TypeDecl } from "../../syntax/go/ast.ts";
import { arches, type GoArch } from "../../facts/arch.ts";
import {
  closestStruct,
  type KernelStruct,
  kernelStructsOf,
  type Mirror,
  type MirrorField,
} from "../../oslayer/kernelStruct.ts";
import type { Declared } from "./packageScope.ts";
import { fieldOffsets, sizeOf } from "./sizes.ts";
import type { Type, TypeView } from "./type.ts";
import { declaredType } from "./typeExpr.ts";
import { compilerView, type VariantCache, type View } from "./view.ts";

export interface KernelMirror {
  readonly mirror: Mirror;
  /** Of the structs that the type may stand for, the one it differs from least. */
  readonly struct: KernelStruct;
}

/** Undefined for a type that stands for no known struct on the target of the view, or that cannot be laid out. */
export function kernelMirror(view: View, declared: Declared<TypeDecl>): KernelMirror | undefined {
  const { name, package: pkg } = declared;
  const { goos, goarch } = view.program.targets[view.target]!;
  const structs = kernelStructsOf({ goos, goarch }, pkg.path, name);
  // A package that has stat_t beside Stat_t hands the former to the kernel and fills in the latter itself.
  const twin = name[0]!.toLowerCase() + name.slice(1);
  if (structs.length === 0 || (twin !== name && view.lookup(pkg, pkg, twin))) return undefined;
  const type = declaredType(view, declared, []);
  const { resolved, value: mirror } = view.measure(() =>
    view.cached(mirrors, type, unknown, () => mirrorOf(compilerView(view), type, goarch)),
  );
  const struct = closestStruct(structs, mirror);
  return resolved && struct ? { mirror, struct } : undefined;
}

const mirrors: VariantCache<Mirror> = new WeakMap();
const unknown: Mirror = { size: 0, isBigEndian: false, fields: [] };

/** A struct as the comparison with the kernel takes it. */
function mirrorOf(view: TypeView, type: Type, goarch: GoArch): Mirror {
  const under = view.underlying(type);
  const parts = under.kind === "struct" ? under.fields : [];
  const offsets = fieldOffsets(view, parts);
  const fields = parts.map(({ name, type }, i): MirrorField => {
    const { kind } = view.underlying(type);
    const shape = kind === "array" || kind === "struct" ? kind : "scalar";
    return { name, offset: offsets[i]!, size: sizeOf(view, type), kind: shape };
  });
  return { size: sizeOf(view, type), isBigEndian: arches[goarch].bigEndian, fields };
}
