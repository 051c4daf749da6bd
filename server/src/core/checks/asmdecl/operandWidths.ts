/**
 * How many bytes an instruction moves, as vet's asmdecl pass guesses it from the
 * mnemonic. This is not the assembler's knowledge: 0 means that vet has no opinion.
 */
import type { Architecture, VetWidths } from "../../facts/architecture.ts";
import { letterWidth } from "../../facts/memoryWidth.ts";
import type { AsmProfile } from "./profile.ts";

export interface OperandWidths {
  /** Bytes of an operand before the first comma; 0: unknown. */
  readonly source: number;
  /** Bytes of an operand after the first comma, or in a line without one. */
  readonly destination: number;
  /** The instruction takes the operand's address instead of its value. */
  readonly isAddress: boolean;
}

export function operandWidths(profile: AsmProfile, { vet }: Architecture, op: string): OperandWidths {
  const known = vet.operands.get(op);
  if (known) return known.isAddress && profile.beforeAnalysis ? { ...known, isAddress: false } : known;
  const width = moveWidth(profile, vet.widths, op);
  return { source: width, destination: width, isAddress: false };
}

function moveWidth(profile: AsmProfile, widths: VetWidths, op: string): number {
  switch (widths.kind) {
    case "table":
      return widths.table.get(op) ?? 0;
    case "letter":
      return letterWidth(widths.rule, op) ?? 0;
    case "x86":
      return x86Width(profile, op);
  }
}

/** The order matters: FMOVDP is a float before it is a `P`, PINSRD is 4 bytes though it ends in D. */
function x86Width(profile: AsmProfile, op: string): number {
  const isFloat = op.startsWith("F");
  if (isFloat && (op.endsWith("D") || op.endsWith("DP"))) return 8;
  if (op.startsWith("P") && op.endsWith("RD")) return 4;
  if (isFloat && (op.endsWith("F") || op.endsWith("FP"))) return 4;
  if (op.endsWith("SD")) return 8;
  if (op.endsWith("SS")) return 4;
  if (!profile.beforeAnalysis && (op === "MOVO" || op === "MOVOU")) return 16;
  if (op.startsWith("SET")) return 1;
  return x86LetterWidths.get(op.at(-1)!) ?? 0;
}

const x86LetterWidths = new Map([
  ["B", 1],
  ["W", 2],
  ["L", 4],
  ["D", 8],
  ["Q", 8],
]);
