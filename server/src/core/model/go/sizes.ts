/**
 * Sizes, alignments and field offsets in bytes, by the rules of Go's compiler
 * (cmd/compile/internal/types2/gcsizes.go) or of go/types before Go 1.22
 * (go/types/sizes.go of that time). It must not know where a type came from.
 */
import type { ArrayOf, BasicName, Extent, Struct, StructField, Type, TypeView } from "./type.ts";

/** Size of a value of `type`, in bytes; an unresolved type counts as a word. */
export function sizeOf(view: TypeView, type: Type): number {
  const { wordSize } = view.sizes;
  const under = view.underlying(type);
  switch (under.kind) {
    case "basic":
      return basicSize(under.name, wordSize);
    case "array":
    case "struct":
      return extentOf(view, under).size;
    case "slice":
      return 3 * wordSize;
    case "interface":
      return 2 * wordSize;
    default:
      return wordSize;
  }
}

/** Alignment of `type` in bytes, at least 1. */
export function alignOf(view: TypeView, type: Type): number {
  const { wordSize, maxAlign } = view.sizes;
  const under = view.underlying(type);
  switch (under.kind) {
    case "array":
      return extentOf(view, under).align;
    case "struct":
      return under.fields.length === 0 && isAtomicAlign64(type) ? 8 : extentOf(view, under).align;
    case "slice":
    case "interface":
      return wordSize;
    case "basic": {
      if (under.name === "string") return wordSize;
      const size = basicSize(under.name, wordSize);
      const align = under.name === "complex64" || under.name === "complex128" ? size / 2 : size;
      return Math.min(Math.max(align, 1), maxAlign);
    }
    default:
      return Math.min(wordSize, maxAlign);
  }
}

function extentOf(view: TypeView, type: Struct | ArrayOf): Extent {
  return view.extentOf(type, () =>
    type.kind === "array" ? arrayExtent(view, type) : structExtent(view, type),
  );
}

function arrayExtent(view: TypeView, { elem, length }: ArrayOf): Extent {
  const align = alignOf(view, elem);
  const size = sizeOf(view, elem);
  if (length <= 0) return { size: 0, align };
  if (view.sizes.rules === "gc") return { size: size * length, align };
  return { size: alignUp(size, align) * (length - 1) + size, align };
}

function structExtent(view: TypeView, { fields }: Struct): Extent {
  let align = 1;
  for (const field of fields) align = Math.max(align, alignOf(view, field.type));
  const last = fields.at(-1);
  if (last === undefined) return { size: 0, align };
  const offset = fieldOffsets(view, fields).at(-1)!;
  const size = sizeOf(view, last.type);
  if (view.sizes.rules === "std") return { size: offset + size, align };
  // A pointer to a zero-sized last field must not point past the struct, so the compiler gives it a byte.
  const end = offset > 0 && size === 0 ? offset + 1 : offset + size;
  return { size: alignUp(end, align), align };
}

/** Offset of each field from the start of the struct, in bytes. */
export function fieldOffsets(view: TypeView, fields: readonly Pick<StructField, "type">[]): number[] {
  let offset = 0;
  return fields.map((field) => {
    const start = alignUp(offset, alignOf(view, field.type));
    offset = start + sizeOf(view, field.type);
    return start;
  });
}

/** The smallest multiple of `align` that is not below `offset`. */
export function alignUp(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

/**
 * An empty struct of this name is how sync/atomic and its runtime twin ask the
 * compiler for 64-bit alignment on 32-bit machines (cmd/compile/internal/types/size.go).
 */
function isAtomicAlign64(type: Type): boolean {
  return (
    type.kind === "named" &&
    type.name === "align64" &&
    (type.path === "sync/atomic" ||
      type.path === "internal/runtime/atomic" ||
      type.path === "runtime/internal/atomic")
  );
}

function basicSize(name: BasicName, wordSize: number): number {
  switch (name) {
    case "bool":
    case "int8":
    case "uint8":
    case "byte":
      return 1;
    case "int16":
    case "uint16":
      return 2;
    case "int32":
    case "uint32":
    case "rune":
    case "float32":
      return 4;
    case "int64":
    case "uint64":
    case "float64":
    case "complex64":
      return 8;
    case "complex128":
      return 16;
    case "string":
      return 2 * wordSize;
    default:
      return wordSize;
  }
}
