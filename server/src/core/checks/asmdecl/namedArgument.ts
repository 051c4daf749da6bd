/**
 * A reference such as `x+8(FP)` must name a slot of the frame, carry the slot's
 * own offset, and stand in an instruction of the slot's width.
 */
import type { Frame, Slot, SlotKind } from "../../model/go/frame.ts";
import { trimSpan } from "../../syntax/build/space.ts";
import { isWhole, movedWidth } from "./argumentWidthRule.ts";
import { operandWidths } from "./operandWidths.ts";
import { atLine, type BlockCheck, type BlockFinding } from "./rule.ts";
import { codeLines, opcodeOf, type FactLine, type NamedUse } from "./vetLines.ts";

export function namedArgument(check: BlockCheck): BlockFinding[] {
  const { frame, code } = check;
  if (typeof frame === "string") return [];
  const findings: BlockFinding[] = [];
  for (const line of code) {
    for (const match of line.named) {
      // Before go/analysis the `$` of an address was no part of the match.
      const use =
        check.profile.beforeAnalysis && match.isAddress
          ? { ...match, start: match.start + 1, isAddress: false }
          : match;
      const slot = frame.slots.get(use.name);
      const found =
        slot === undefined ? unknownVariable(frame, use) : checkUse(check, frame, line, use, slot);
      if (found !== undefined) findings.push(atLine(line, use, found));
    }
  }
  return findings;
}

type Found = Omit<BlockFinding, "start" | "end">;

function unknownVariable(frame: Frame, use: NamedUse): Found | undefined {
  // The address of all arguments, whatever they are.
  if (use.name === "argframe" && use.offset === 0) return undefined;
  const slot = frame.slotAt(use.offset);
  const message = `unknown variable ${use.name}`;
  if (slot === undefined) return { rule: "unknown-variable", message };
  const operand = `${slot.name}+${slot.offset}(FP)`;
  const replacement = use.offset === slot.offset && { replacement: (use.isAddress ? "$" : "") + operand };
  return {
    rule: "unknown-variable",
    message: `${message}; offset ${use.offset} is ${operand}`,
    ...replacement,
  };
}

function checkUse(
  check: BlockCheck,
  frame: Frame,
  line: FactLine,
  use: NamedUse,
  slot: Slot,
): Found | undefined {
  const expr = line.text.slice(use.start, use.end);
  const op = opcodeOf(line.text);
  if (op === undefined) {
    if (isComment(line.text)) return undefined;
    return { rule: "missing-opcode", message: "cannot find assembly opcode" };
  }
  if (use.offset !== slot.offset) {
    const operand = `${slot.name}+${slot.offset}(FP)`;
    const message = `invalid offset ${expr}; expected ${operand}${orOneOf(slot.inner)}`;
    const isInside = use.offset > slot.offset && use.offset < slot.offset + slot.size;
    const isMisjudged = use.offset === slot.offset - movedBefore(check, line);
    return {
      rule: "invalid-offset",
      message,
      replacement: (use.isAddress ? "$" : "") + operand,
      isInside,
      ...(isMisjudged && { isMisjudged }),
    };
  }

  const widths = operandWidths(check.profile, check.arch.facts, op);
  // Where the text of the operand first occurs in the line decides which operand it is.
  const isFirst = line.text.indexOf(expr) <= line.text.indexOf(",");
  let width: SlotKind = isFirst ? widths.source : widths.destination;
  let { kind, size, type } = slot;
  const first = slot.inner[0];
  const startsWithPointer =
    kind === "interface" || kind === "emptyInterface" || kind === "string" || kind === "slice";
  if (startsWithPointer && first !== undefined) ({ kind, size, type } = first);
  // One instruction may load both halves of a complex number.
  if (kind === "complex" && width === size && !check.profile.beforeAnalysis) width = "complex";
  if (use.isAddress || widths.isAddress) {
    kind = size = check.arch.wordSize;
    type = "address";
  }
  if (width === 0 || width === kind) return undefined;
  const message = `invalid ${op} of ${expr}; ${type} is ${size}-byte value${containing(slot.inner)}`;
  const isMisjudged =
    !use.isAddress && suits(frame, slot, width, movedWidth(check.arch.facts, line.text).width);
  return { rule: "invalid-width", message, ...(isMisjudged && { isMisjudged }) };
}

/**
 * By how much code moved the stack pointer itself before a line: from there on an argument's offset counts from where
 * the pointer is. Only x86's assembler follows it, and changes the offset.
 */
function movedBefore({ block, arch }: BlockCheck, line: FactLine): number {
  if (!arch.linkRegister) return 0;
  let moved = 0;
  for (const { start, text } of codeLines(block)) {
    if (start >= line.start) break;
    const [, op = "", digits = "0", register = ""] = stackMove.exec(text) ?? [];
    if (register === arch.stack || register === "X2")
      moved += op.startsWith("SUB") ? -Number(digits) : Number(digits);
  }
  return moved;
}

/** `ADDI $-24, X2`, `ADDV $24, R3`; riscv64 has two names for its stack pointer. */
const stackMove = /^\s*(ADDI?|ADDV|SUBV|SUB)\s+\$(-?\d+)\s*,\s*(\w+)\s*$/;

/** Whether an instruction that vet takes for one of `width` bytes in truth moves the argument, or whole ones from there on. */
function suits(frame: Frame, slot: Slot, width: SlotKind, moved: number | undefined): boolean {
  if (moved === undefined) return false;
  return moved === slot.size || (moved !== width && isWhole(frame, slot, moved));
}

function isComment(line: string): boolean {
  return line.startsWith("//", trimSpan(line, 0, line.length).start);
}

/** " or x+0(FP)"; ", a+0(FP), or b+8(FP)": vet's own punctuation. */
function orOneOf(inner: readonly Slot[]): string {
  return inner
    .map((slot, i) => {
      const separator = inner.length > 1 ? "," : "";
      return `${separator} ${i === inner.length - 1 ? "or " : ""}${slot.name}+${slot.offset}(FP)`;
    })
    .join("");
}

/** " containing a+0(FP) and b+8(FP)"; " containing a+0(FP), b+8(FP), and c+16(FP)". */
function containing(inner: readonly Slot[]): string {
  if (inner.length === 0) return "";
  const parts = inner.map((slot, i) => {
    const separator = i > 0 && inner.length > 2 ? "," : "";
    return `${separator} ${i > 0 && i === inner.length - 1 ? "and " : ""}${slot.name}+${slot.offset}(FP)`;
  });
  return " containing" + parts.join("");
}
