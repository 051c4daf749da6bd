/**
 * An instruction that vet does not know must be as wide as the argument it loads or stores:
 * every one on arm64, riscv64 and wasm, and elsewhere moves of vectors and pairs. One that moves several arguments
 * at once, each of them whole, means to.
 */
import type { Architecture } from "../../facts/architecture.ts";
import { operandWidth } from "../../facts/memoryWidth.ts";
import type { Frame, Slot } from "../../model/go/frame.ts";
import { operandWidths } from "./operandWidths.ts";
import { atLine, type BlockCheck, type BlockFinding } from "./rule.ts";
import { type FactLine, type NamedUse, opcodeOf } from "./vetLines.ts";

export function argumentWidth({ frame, code, arch, profile }: BlockCheck): BlockFinding[] {
  if (typeof frame === "string") return [];
  const findings: BlockFinding[] = [];
  const named = new Set(code.flatMap((line) => line.named.map(({ offset }) => offset)));
  for (const line of code) {
    for (const use of line.named) {
      const slot = frame.slots.get(use.name);
      if (!slot || use.isAddress || use.offset !== slot.offset) continue;
      const { mnemonic, width } = movedWidth(arch.facts, line.text);
      if (
        width === undefined ||
        (isWhole(frame, slot, width) && !takesAnother(arch.facts, mnemonic, { frame, slot, width, named }))
      )
        continue;
      const op = opcodeOf(line.text);
      const vet = op === undefined ? 0 : operandWidths(profile, arch.facts, op).source;
      // Where vet is right about the width, it says so itself.
      if (vet === width) continue;
      const operand = line.text.slice(use.start, use.end);
      const part = slot.inner[0]?.offset === slot.offset && slot.inner.length > 0 ? slot.inner[0] : slot;
      findings.push(
        atLine(line, use, {
          rule: "argument-width",
          message: `invalid ${mnemonic} of ${operand}: it moves ${width} ${bytes(width)}, ${part.type} has ${part.size}`,
          ...(isLowHalf(arch.facts, line, use, part, width) && { isDeliberate: true }),
        }),
      );
    }
  }
  return findings;
}

/** So many bytes from the start of a slot. */
interface Move {
  readonly frame: Frame;
  readonly slot: Slot;
  readonly width: number;
}

/**
 * Whether a move of a register's width takes a whole neighbour along that other code names for itself: then the two
 * are not meant together. Vectors and pairs are wider, and meant.
 */
function takesAnother(
  arch: Architecture,
  mnemonic: string,
  { frame, slot, width, named }: Move & { readonly named: ReadonlySet<number> },
): boolean {
  if (!arch.widths.hasNarrowLoads || width > 8 || width <= slot.size || /^(?:LD|ST)P/.test(mnemonic))
    return false;
  for (let at = slot.offset + slot.size; at < slot.offset + width; at++)
    if (named.has(at) && frame.slotAt(at)?.offset === at) return true;
  return false;
}

/** Whether the lower half of a number is loaded, as is often meant where it comes first in memory. */
function isLowHalf(
  { bigEndian }: Architecture,
  { text }: FactLine,
  { end }: NamedUse,
  { kind, size }: Slot,
  width: number,
): boolean {
  return kind === 8 && size === 2 * width && !bigEndian && text.indexOf(",", end) >= 0;
}

/** The word behind a number of bytes in a sentence. */
export function bytes(count: number): string {
  return count === 1 ? "byte" : "bytes";
}

const instruction = /^\s*(?:\w+:\s*)?([A-Z][A-Za-z0-9]*)[A-Za-z.]*(.*)/;

/** The mnemonic of a line, and how many bytes of memory it moves where that is known. */
export function movedWidth(
  arch: Architecture,
  line: string,
): { readonly mnemonic: string; readonly width: number | undefined } {
  const [, mnemonic = "", operands = ""] = instruction.exec(line) ?? [];
  return { mnemonic, width: operandWidth(arch, mnemonic, operands) };
}

/** Whether so many bytes from the start of a slot are values, or named parts of one, and no piece of any. */
export function isWhole(frame: Frame, slot: Slot, width: number): boolean {
  const end = slot.offset + width;
  let at = slot.offset;
  /** What fills a struct up moves with it. */
  const paddedEnd = slot.kind === "struct" ? Math.ceil((slot.offset + slot.size) / 8) * 8 : at;
  while (at < end) {
    const part = frame.slotAt(at);
    if (at < paddedEnd && part?.offset !== at && (part === undefined || part.kind === "struct")) {
      at++;
      continue;
    }
    // Behind the arguments, or in other padding between them, there is nothing that anyone could mean.
    if (part?.offset !== at || part.size === 0) break;
    at += part.size;
  }
  if (at === end) return true;
  return [...frame.slots.values()].some(({ offset, size }) => offset === slot.offset && size === width);
}
