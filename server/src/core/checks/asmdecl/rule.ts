/**
 * What one rule of the asmdecl pass sees, and what it answers. A rule looks at
 * one TEXT block on one architecture; it must not know targets, files or other blocks.
 */
import type { Span } from "../../base/span.ts";
import type { Frame } from "../../model/go/frame.ts";
import type { AsmProfile, VetArch } from "./profile.ts";
import { goInt, type FactLine, type VetBlock } from "./vetLines.ts";

export type AsmRule =
  | "argument-size"
  | "missing-declaration"
  | "stack-access"
  | "unnamed-argument"
  | "unknown-variable"
  | "invalid-offset"
  | "invalid-width"
  | "missing-opcode"
  | "missing-result"
  | "cross-package"
  | "argument-width"
  | "result-unwritten";

/** A function's block on one architecture. */
export interface BlockCheck {
  readonly block: VetBlock;
  readonly profile: AsmProfile;
  readonly arch: VetArch;
  /** Without ABI selector. */
  readonly name: string;
  /** "ABIInternal"; "" where the name carries no selector. */
  readonly abi: string;
  /** "unresolved": declared, but with a type that is not known. */
  readonly frame: Frame | "none" | "unresolved";
  /** The lines that vet compares with the frame: none after DATA or GLOBL, none that write the stack pointer. */
  readonly code: readonly FactLine[];
}

export type BlockRule = (check: BlockCheck) => readonly BlockFinding[];

/** The span counts from the start of the block. */
export interface BlockFinding extends Span {
  readonly rule: AsmRule;
  /** Vet's words after `[arch] name: `. */
  readonly message: string;
  /** What the message proposes in place of the span, where that keeps the meaning. */
  readonly replacement?: string;
  /** A wrong offset that still lies in the argument that is named. */
  readonly isInside?: boolean;
  /** It may well be meant, and is worth a hint at most. */
  readonly isDeliberate?: boolean;
  /** The instruction moves the argument as it is, and is only not as wide as vet takes it for. */
  readonly isMisjudged?: boolean;
}

/** A finding at a span of a line. */
export function atLine(
  line: FactLine,
  span: Span,
  finding: Omit<BlockFinding, "start" | "end">,
): BlockFinding {
  return { ...finding, start: line.start + span.start, end: line.start + span.end };
}

/** The frame size of the TEXT line as vet computes it, wrapping like int64: with room for the return address. */
export function localSize({ block, arch }: BlockCheck): number {
  const { localSize, flags } = block.symbol;
  const own = int64(goInt(localSize) + arch.wordSize);
  return arch.linkRegister && !isNoFrame(flags) ? int64(own + arch.wordSize) : own;
}

export function isNoFrame(flags: string): boolean {
  return flags.includes("NOFRAME");
}

export function int64(value: number): number {
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

/** Whether the line moves the stack pointer, after which vet no longer follows it. */
export function writesStack(line: string, arch: VetArch): boolean {
  return arch.stackWrites.some((text) => line.includes(text));
}
