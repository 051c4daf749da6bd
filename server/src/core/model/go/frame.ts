/**
 * The ABI0 argument frame of a function declared without a body: where each
 * parameter, each result and each of their parts lies, by the names assembly
 * code may use (`x+0(FP)`, `s_len+16(FP)`).
 *
 * What a name means is settled by vet's asmdecl pass
 * (cmd/vendor/golang.org/x/tools/go/analysis/passes/asmdecl/asmdecl.go), whose
 * odd corners are kept: names are not unique, the last slot of a name or of an
 * offset wins, and parameters of one group follow each other without padding.
 * This file must not know instructions, assembly text or findings.
 */
import { alignOf, alignUp, fieldOffsets, sizeOf } from "./sizes.ts";
import type { Type, TypeView } from "./type.ts";
import { typeString } from "./typeString.ts";

export interface Frame {
  /** Bytes of arguments and results: the number after the dash in `$0-24`. */
  readonly size: number;
  /** By full name (`x`, `x_len`); where names clash, the last one. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** Each result as a whole, in order. */
  readonly results: readonly Slot[];
  /** The innermost, or rather the last slot that covers the byte at `offset`. */
  slotAt(offset: number): Slot | undefined;
}

/** A parameter or result, or a part of one that has a name of its own. */
export interface Slot {
  readonly name: string;
  readonly kind: SlotKind;
  /** What the slot holds, as messages print it: a type, or a phrase such as "slice base". */
  readonly type: string;
  /** In bytes from FP. */
  readonly offset: number;
  readonly size: number;
  /** The words a string, slice, interface, complex number or split 64-bit value is made of. */
  readonly inner: readonly Slot[];
}

/** A plain value is known by its size in bytes; any other by its shape. */
export type SlotKind =
  number | "string" | "slice" | "array" | "interface" | "emptyInterface" | "struct" | "complex";

/** A field of a parameter or result list: names with one type. `...T` is `[]T` here. */
export interface ParamGroup {
  /** Empty for an unnamed parameter. */
  readonly names: readonly string[];
  readonly type: Type;
}

export interface FrameInput {
  readonly view: TypeView;
  readonly bigEndian: boolean;
  readonly params: readonly ParamGroup[];
  readonly results: readonly ParamGroup[];
  /** Up to Go 1.11, the elements of an array inside another value counted from that value's start. */
  readonly nestedArraysFromZero?: boolean;
}

/** Nobody passes more by value; vet itself would need minutes and gigabytes for a `[1<<30]byte`. */
const maxSlots = 100_000;
/** Bytes that all slots together may cover. */
const maxCoverage = 1 << 22;

/**
 * Lays out the frame; undefined where a type in it is not resolved, or where it
 * is too large to spell out.
 */
export function frameOf(input: FrameInput): Frame | undefined {
  const { view } = input;
  const slots = new Map<string, SlotUnderWay>();
  const inOrder: SlotUnderWay[] = [];
  const results: Slot[] = [];
  let coverage = 0;
  let offset = 0;

  for (const list of [input.params, input.results]) {
    const unnamed = list === input.params ? "arg" : "ret";
    if (list === input.results && list.length > 0) offset = alignUp(offset, view.sizes.maxAlign);
    let count = 0;
    for (const group of list) {
      const parts = partsOf(input, group.type, maxSlots - inOrder.length);
      const first = parts?.[0];
      if (parts === undefined || first === undefined) return undefined;
      const names = group.names.length > 0 ? group.names : [count > 0 ? unnamed + count : unnamed];
      count += names.length;
      offset = alignUp(offset, alignOf(view, group.type));
      for (const name of names) {
        if (inOrder.length + parts.length > maxSlots) return undefined;
        for (const part of parts) {
          coverage += part.size;
          if (coverage > maxCoverage) return undefined;
          const slot: SlotUnderWay = {
            name: name + part.suffix,
            kind: part.kind,
            type: part.type,
            offset: offset + part.offset,
            size: part.size,
            inner: [],
          };
          slots.get(name + part.outer)?.inner.push(slot);
          slots.set(slot.name, slot);
          inOrder.push(slot);
          if (part === first && list === input.results) results.push(slot);
        }
        offset += first.size;
      }
    }
  }
  let covering: Int32Array | undefined;
  return {
    size: offset,
    slots,
    results,
    slotAt(at) {
      covering ??= coverBytes(inOrder, offset);
      return inOrder[covering[at] ?? -1];
    },
  };
}

interface SlotUnderWay extends Slot {
  readonly inner: SlotUnderWay[];
}

/** For each byte of the frame the index of the last slot that covers it, -1 for padding. */
function coverBytes(slots: readonly Slot[], size: number): Int32Array {
  const covering = new Int32Array(size).fill(-1);
  slots.forEach((slot, i) => covering.fill(i, slot.offset, slot.offset + slot.size));
  return covering;
}

/** A value or a part of it; `offset` counts from the value's start. */
interface Part {
  /** What follows the parameter's name: "", "_len", "_0_lo". */
  readonly suffix: string;
  /** The suffix of the slot this is an `inner` of; its own where it is none. */
  readonly outer: string;
  readonly kind: SlotKind;
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

/** The value itself, then its parts; undefined where a type is not resolved or there are more than `limit`. */
function partsOf(input: FrameInput, type: Type, limit: number): readonly Part[] | undefined {
  const { view } = input;
  const word = view.sizes.wordSize;
  const parts: Part[] = [];
  const printed = new Map<Type, string>();
  return append(type, "", 0) ? parts : undefined;

  function append(type: Type, suffix: string, offset: number): boolean {
    if (parts.length >= limit) return false;
    const under = view.underlying(type);
    if (under.kind === "invalid" || under.kind === "typeParam") return false;
    const size = sizeOf(view, type);
    const kind = kindOf(view, type, size);
    const text = printed.get(type) ?? typeString(type);
    printed.set(type, text);
    parts.push({ suffix, outer: suffix, kind, type: text, offset, size });

    const words = (...phrases: readonly (readonly [name: string, phrase: string])[]): void => {
      phrases.forEach(([name, phrase], i) => part(name, phrase, offset + i * word, word));
    };
    const part = (name: string, phrase: string, at: number, bytes: number): void => {
      parts.push({
        suffix: `${suffix}_${name}`,
        outer: suffix,
        kind: bytes,
        type: phrase,
        offset: at,
        size: bytes,
      });
    };

    switch (kind) {
      case 8:
        if (word === 4) {
          const [low, high] = input.bigEndian ? ["hi", "lo"] : ["lo", "hi"];
          words([low, `half ${text}`], [high, `half ${text}`]);
        }
        break;
      case "emptyInterface":
        words(["type", "interface type"], ["data", "interface data"]);
        break;
      case "interface":
        words(["itable", "interface itable"], ["data", "interface data"]);
        break;
      case "slice":
        words(["base", "slice base"], ["len", "slice len"], ["cap", "slice cap"]);
        break;
      case "string":
        words(["base", "string base"], ["len", "string len"]);
        break;
      case "complex":
        part("real", `real(complex${size * 8})`, offset, size / 2);
        part("imag", `imag(complex${size * 8})`, offset + size / 2, size / 2);
        break;
    }
    if (under.kind === "struct") {
      const offsets = fieldOffsets(view, under.fields);
      return under.fields.every((field, i) =>
        append(field.type, `${suffix}_${field.name}`, offset + offsets[i]!),
      );
    }
    if (under.kind === "array") {
      const stride = alignUp(sizeOf(view, under.elem), alignOf(view, under.elem));
      const start = input.nestedArraysFromZero === true ? 0 : offset;
      for (let i = 0; i < under.length; i++) {
        if (!append(under.elem, `${suffix}_${i}`, start + i * stride)) return false;
      }
    }
    return true;
  }
}

function kindOf(view: TypeView, type: Type, size: number): SlotKind {
  const under = view.underlying(type);
  switch (under.kind) {
    case "basic":
      if (under.name === "string") return "string";
      return under.name === "complex64" || under.name === "complex128" ? "complex" : size;
    case "struct":
    case "array":
    case "slice":
      return under.kind;
    case "interface":
      return isEmptyInterface(view, type) ? "emptyInterface" : "interface";
    default:
      return size;
  }
}

/** Embedding deeper than this is an interface that embeds itself, which Go rejects. */
const maxEmbedding = 100;

/** Whether every type implements it: no methods, and nothing but such interfaces embedded. */
function isEmptyInterface(view: TypeView, type: Type, depth = 0): boolean {
  const under = view.underlying(type);
  if (under.kind !== "interface" || under.methods.length > 0 || depth > maxEmbedding) return false;
  return under.embedded.every(({ terms }) =>
    terms.some((term) => !term.tilde && isEmptyInterface(view, term.type, depth + 1)),
  );
}
