/**
 * How a type lies in memory on the target of a view, down to the fields of its fields: offsets, sizes and
 * what padding costs. It must not know packages, kernels, or how a layout is shown.
 */
import { alignOf, alignUp, fieldOffsets, sizeOf } from "./sizes.ts";
import type { StructField, Type, TypeView, Underlying } from "./type.ts";

/** A place in a type; all numbers are bytes, the offset counts from the start of the whole. */
export interface LayoutPart {
  /** A field's name; "[3]" for an element. */
  readonly name: string;
  readonly type: Type;
  readonly offset: number;
  readonly size: number;
  readonly align: number;
  /** Of a struct its fields, of a short array of structs its elements; else none. */
  readonly parts: readonly LayoutPart[];
}

/** Arrays of more elements are not taken apart, nor is anything below this depth. */
const mostElements = 16;
const maxDepth = 8;
/** Structs in structs multiply; when there are more parts than this, what is left stays whole. */
const mostParts = 4000;

/** The type itself as a part that begins at 0. */
export function layoutOf(view: TypeView, name: string, type: Type): LayoutPart {
  return partOf(view, name, type, 0, { depth: 0, budget: { left: mostParts } });
}

interface Nesting {
  readonly depth: number;
  readonly budget: { left: number };
}

function partOf(view: TypeView, name: string, type: Type, offset: number, nesting: Nesting): LayoutPart {
  const parts = partsOf(view, view.underlying(type), offset, nesting);
  return { name, type, offset, size: sizeOf(view, type), align: alignOf(view, type), parts };
}

function partsOf(view: TypeView, type: Underlying, offset: number, { depth, budget }: Nesting): LayoutPart[] {
  if (depth >= maxDepth) return [];
  const inner = { depth: depth + 1, budget };
  if (type.kind === "struct") {
    // The fields of the type itself are always told.
    if (depth > 0 && type.fields.length > budget.left) return [];
    budget.left -= type.fields.length;
    const offsets = fieldOffsets(view, type.fields);
    return type.fields.map((field, i) => partOf(view, field.name, field.type, offset + offsets[i]!, inner));
  }
  if (type.kind !== "array" || type.length > Math.min(mostElements, budget.left)) return [];
  if (view.underlying(type.elem).kind !== "struct") return [];
  budget.left -= type.length;
  const size = sizeOf(view, type.elem);
  return Array.from({ length: Math.max(type.length, 0) }, (_, i) =>
    partOf(view, `[${i}]`, type.elem, offset + i * size, inner),
  );
}

/** Why a type that the view knows to be unresolved has no layout: one sentence without its full stop. */
export function whyUnresolved(view: TypeView, type: Type): string {
  return containsItself(view, type, new Set(), new Set())
    ? "a type that contains itself has no layout"
    : "a part of this type is of a package that is not at hand";
}

/** Types without an end are deeper than this; no other is. */
const deepest = 100;

function containsItself(view: TypeView, type: Type, outer: Set<Underlying>, known: Set<Underlying>): boolean {
  const under = view.underlying(type);
  if (outer.has(under) || outer.size > deepest) return true;
  if (known.has(under)) return false;
  known.add(under);
  const parts = under.kind === "struct" ? under.fields.map((field) => field.type) : [];
  if (under.kind === "array") parts.push(under.elem);
  outer.add(under);
  const isEndless = parts.some((part) => containsItself(view, part, outer, known));
  outer.delete(under);
  return isEndless;
}

export interface Waste {
  /** Bytes that no field of the struct itself uses, those at its end included. */
  readonly padding: number;
  /** Bytes by which the struct would be smaller with its fields ordered by alignment; what its fields are made of stays as it is. */
  readonly saved: number;
}

/** What padding costs a struct, and what another order of its fields would save. */
export function wasteOf(view: TypeView, fields: readonly StructField[], size: number): Waste {
  const used = fields.reduce((sum, { type }) => sum + sizeOf(view, type), 0);
  const measured = fields.map(({ type }) => ({
    type,
    size: sizeOf(view, type),
    align: alignOf(view, type),
  }));
  // Zero-sized fields come first: the compiler adds a byte behind one that is last.
  measured.sort((a, b) => Number(a.size > 0) - Number(b.size > 0) || b.align - a.align || b.size - a.size);
  const end = measured.length === 0 ? 0 : fieldOffsets(view, measured).at(-1)! + measured.at(-1)!.size;
  const align = measured.reduce((most, field) => Math.max(most, field.align), 1);
  return { padding: size - used, saved: Math.max(size - alignUp(end, align), 0) };
}
