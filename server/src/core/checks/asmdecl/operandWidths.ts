/**
 * How many bytes an instruction moves, as vet's asmdecl pass guesses it from the
 * mnemonic. This is not the assembler's knowledge: 0 means that vet has no opinion.
 */
import type { AsmProfile } from "./profile.ts";

export interface OperandWidths {
  /** Bytes of an operand before the first comma; 0: unknown. */
  readonly source: number;
  /** Bytes of an operand after the first comma, or in a line without one. */
  readonly destination: number;
  /** The instruction takes the operand's address instead of its value. */
  readonly isAddress: boolean;
}

export function operandWidths(profile: AsmProfile, arch: string, op: string): OperandWidths {
  switch (`${arch}.${op}`) {
    case "386.FMOVLP":
      return { source: 8, destination: 4, isAddress: false };
    case "386.LEAL":
      return { source: 0, destination: 4, isAddress: !profile.beforeAnalysis };
    case "amd64.LEAQ":
      return { source: 0, destination: 8, isAddress: !profile.beforeAnalysis };
    case "amd64p32.LEAL":
      return { source: 0, destination: 4, isAddress: false };
  }
  const width = moveWidth(profile, arch, op);
  return { source: width, destination: width, isAddress: false };
}

function moveWidth(profile: AsmProfile, arch: string, op: string): number {
  switch (arch) {
    case "386":
    case "amd64":
      return x86Width(profile, op);
    case "arm":
      return armWidths.get(op) ?? 0;
    case "loong64":
    case "mips":
    case "mipsle":
    case "mips64":
    case "mips64le":
      return mipsWidths.get(op) ?? 0;
    case "ppc64":
    case "ppc64le":
      return letterWidths.get(/([BHWD])(?:ZU|Z|U|BR)?$/.exec(op)?.[1] ?? "") ?? 0;
    case "s390x":
      return s390xWidths.get(op) ?? 0;
    default:
      return 0;
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

const letterWidths = new Map([
  ["B", 1],
  ["H", 2],
  ["W", 4],
  ["D", 8],
]);

const armWidths = new Map([
  ["MOVB", 1],
  ["MOVBU", 1],
  ["MOVH", 2],
  ["MOVHU", 2],
  ["MOVW", 4],
  ["MOVD", 8],
]);

const mipsWidths = new Map([
  ["MOVB", 1],
  ["MOVBU", 1],
  ["MOVH", 2],
  ["MOVHU", 2],
  ["MOVW", 4],
  ["MOVWU", 4],
  ["MOVF", 4],
  ["MOVV", 8],
  ["MOVD", 8],
]);

const s390xWidths = new Map([
  ["MOVB", 1],
  ["MOVBZ", 1],
  ["MOVH", 2],
  ["MOVHZ", 2],
  ["MOVW", 4],
  ["MOVWZ", 4],
  ["FMOVS", 4],
  ["MOVD", 8],
  ["FMOVD", 8],
]);
