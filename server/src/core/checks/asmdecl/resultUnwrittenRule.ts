/**
 * A function that returns must have written each of its results, and each word of a result
 * that is made of several. Vet asks this of a result called `ret` alone.
 *
 * Who writes through a pointer cannot be seen, so nothing is said of a function that takes the
 * address of an argument or of its frame, that calls code which only its own file knows, or has instructions as numbers.
 */
import type { Slot } from "../../model/go/frame.ts";
import { movedWidth } from "./argumentWidthRule.ts";
import { operandWidths } from "./operandWidths.ts";
import type { BlockCheck, BlockFinding } from "./rule.ts";
import { blockFacts, codeLines, opcodeOf } from "./vetLines.ts";

export function resultUnwritten(check: BlockCheck): BlockFinding[] {
  const { block, frame, abi } = check;
  if (typeof frame === "string" || frame.results.length === 0 || abi === "ABIInternal") return [];
  const { returns } = blockFacts(block);
  if (returns.every(({ hasSymbol }) => hasSymbol)) return [];
  const written = writes(check);
  const missing = frame.results.flatMap((result) => unwritten(check, result, written));
  if (missing.length === 0 || writesUnseen(check)) return [];
  return missing.map(({ name, offset, size }) => ({
    rule: "result-unwritten",
    message: `the ${size}-byte result ${name}+${offset}(FP) is never written`,
    ...block.symbol.span,
  }));
}

/** Bytes of the frame from `start` to before `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A whole number, as all ends are: V8 makes room for fractions in every span once it has seen one Infinity. */
const beyondFrames = 2 ** 30;

/** What the code names of the frame; an instruction of unknown width may reach anywhere from there. */
function writes({ block, frame, arch, profile }: BlockCheck): readonly Range[] {
  if (typeof frame === "string") return [];
  return blockFacts(block).lines.flatMap(({ text, named, unnamed }) =>
    [...named, ...unnamed].map(({ offset }) => {
      const vet = operandWidths(profile, arch.facts, opcodeOf(text) ?? "").destination;
      const width = movedWidth(arch.facts, text).width ?? vet;
      return { start: offset, end: width === 0 ? beyondFrames : offset + width };
    }),
  );
}

/** The parts of a result that nothing writes: the result itself where that is all of it. */
function unwritten({ frame, block }: BlockCheck, result: Slot, written: readonly Range[]): readonly Slot[] {
  const isWritten = ({ offset, size }: Slot): boolean =>
    size === 0 || written.some(({ start, end }) => start < offset + size && end > offset);
  if (!isWritten(result)) {
    // This one is vet's, which gives up at data.
    const isVets = typeof frame !== "string" && frame.slots.get("ret") === result;
    return isVets && !blockFacts(block).lines.some(({ isData }) => isData) ? [] : [result];
  }
  return result.inner.filter((part) => !isWritten(part));
}

/** A call of code that only its own file knows, or a jump there; data of that kind is only read. */
const ownCode = /^\s*(?:\w+:\s*)?(?:CALL|DUFF|J|B|CB|TB)[A-Z0-9]*\b.*<>(?:[+-]\d+)?\(SB\)/;

/** A jump to another function, which returns in place of this one. */
const tailJump = /^\s*(?:\w+:\s*)?(?:JMP|B|BR)[ \t].*\(SB\)/;

/** Instructions that are written as numbers may do anything. */
const rawCode = /^\s*(?:\w+:\s*)?(?:BYTE|WORD|LONG|QUAD|DWORD)\b/;

/** Whether the results may be written in a way that does not name them. */
function writesUnseen({ block, arch }: BlockCheck): boolean {
  const { lines } = blockFacts(block);
  if (lines.some(({ named, text }) => named.some(({ isAddress }) => isAddress) || /\bLEA/.test(text)))
    return true;
  // The stack pointer other than to reach the function's own locals: `8(SP)`, `x-8(SP)`.
  const stack = new RegExp(`(?<![\\d)]\\()\\b${arch.stack}\\b`);
  const locals = Number(block.symbol.localSize);
  for (const { text } of codeLines(block)) {
    if (/\b(?:CallImport|GO_RESULTS_INITIALIZED|UNDEF)\b/.test(text) || stack.test(text)) return true;
    if (ownCode.test(text) || tailJump.test(text) || rawCode.test(text)) return true;
  }
  return lines.some(({ stackUses }) =>
    stackUses.some(({ register, offset }) => register === arch.stack && offset >= locals),
  );
}
