/**
 * An instruction that vet does not know must be as wide as the argument it loads or stores:
 * every one on arm64, riscv64 and wasm, and elsewhere moves of vectors and pairs. One that moves several arguments
 * at once, each of them whole, means to.
 */
import { operandWidth } from "../../facts/operandWidths.ts";
import type { Frame, Slot } from "../../model/go/frame.ts";
import { operandWidths } from "./operandWidths.ts";
import { atLine, type BlockCheck, type BlockFinding } from "./rule.ts";
import { opcodeOf } from "./vetLines.ts";

export function argumentWidth({ frame, code, arch, profile }: BlockCheck): BlockFinding[] {
  if (typeof frame === "string") return [];
  const findings: BlockFinding[] = [];
  for (const line of code) {
    for (const use of line.named) {
      const slot = frame.slots.get(use.name);
      if (!slot || use.isAddress || use.offset !== slot.offset) continue;
      const { mnemonic, width } = movedWidth(arch.name, line.text);
      if (width === undefined || isWhole(frame, slot, width)) continue;
      const op = opcodeOf(line.text);
      const vet = op === undefined ? 0 : operandWidths(profile, arch.name, op).source;
      // Where vet is right about the width, it says so itself.
      if (vet === width) continue;
      const operand = line.text.slice(use.start, use.end);
      const part = slot.inner[0]?.offset === slot.offset && slot.inner.length > 0 ? slot.inner[0] : slot;
      findings.push(
        atLine(line, use, {
          rule: "argument-width",
          message: `invalid ${mnemonic} of ${operand}: it moves ${width} ${bytes(width)}, ${part.type} has ${part.size}`,
        }),
      );
    }
  }
  return findings;
}

/** The word behind a number of bytes in a sentence. */
export function bytes(count: number): string {
  return count === 1 ? "byte" : "bytes";
}

const instruction = /^\s*(?:\w+:\s*)?([A-Z][A-Za-z0-9]*)[A-Za-z.]*(.*)/;

/** The mnemonic of a line, and how many bytes of memory it moves where that is known. */
export function movedWidth(
  arch: Parameters<typeof operandWidth>[0],
  line: string,
): { readonly mnemonic: string; readonly width: number | undefined } {
  const [, mnemonic = "", operands = ""] = instruction.exec(line) ?? [];
  return { mnemonic, width: operandWidth(arch, mnemonic, operands) };
}

/** Whether so many bytes from the start of a slot are values, or named parts of one, and no piece of any. */
export function isWhole(frame: Frame, slot: Slot, width: number): boolean {
  const end = slot.offset + width;
  let at = slot.offset;
  while (at < end) {
    // Behind the arguments, or in the padding between them, there is nothing that anyone could mean.
    const part = frame.slotAt(at);
    if (part?.offset !== at || part.size === 0) break;
    at += part.size;
  }
  if (at === end) return true;
  return [...frame.slots.values()].some(({ offset, size }) => offset === slot.offset && size === width);
}
