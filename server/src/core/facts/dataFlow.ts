/**
 * What instructions do to registers, as far as following a constant needs it: which copy, which compute
 * what, which write nothing or write what they do not name. One table for all architectures: where two
 * share a name they share its meaning. It must not know operands or files.
 */
import type { GoArch } from "./arch.ts";

/** Of `OP a, b, c`, c becomes b OP a; of `OP a, b`, b does. "reverse" is a minus b. */
export type Arithmetic = "add" | "subtract" | "reverse" | "and" | "or" | "xor" | "andNot" | "shiftLeft";

const arithmetics: ReadonlyMap<string, Arithmetic> = new Map(
  (
    [
      ["add", "ADD ADDB ADDW ADDL ADDQ ADDI ADDIW ADDU ADDV ADDVU"],
      ["subtract", "SUB SUBB SUBW SUBL SUBQ SUBU SUBV SUBVU"],
      ["reverse", "RSB"],
      ["and", "AND ANDB ANDW ANDL ANDQ ANDI"],
      ["or", "OR ORB ORW ORL ORQ ORI ORR ORRW"],
      ["xor", "XOR XORB XORW XORL XORQ XORI EOR EORW"],
      ["andNot", "BIC BICW ANDN"],
      ["shiftLeft", "SHLB SHLW SHLL SHLQ SALB SALW SALL SALQ SLL SLLI SLLV LSL LSLW SLD SLW"],
    ] as const
  ).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind] as const)),
);

export function arithmeticOf(name: string): Arithmetic | undefined {
  return arithmetics.get(name);
}

/** Whether an instruction with two operands makes the second what the first is. */
export function isMove(name: string): boolean {
  return moves.has(name);
}

// Without those that reverse bytes, replace a part of a register or move vectors.
const moves = new Set(
  "MOV MOVB MOVBU MOVBZ MOVH MOVHU MOVHZ MOVW MOVWU MOVWZ MOVL MOVQ MOVD MOVV MOVZ MOVBLZX MOVBQZX MOVWLZX MOVWQZX MOVLQZX MOVLQSX MOVBLSX MOVWLSX".split(
    " ",
  ),
);

/** Whether the second operand becomes the first with all bits turned. */
export function isNotMove(name: string): boolean {
  return name === "MVN" || name === "MVNW" || name === "MOVN" || name === "MOVNW";
}

/** Whether an instruction turns its last operand, or its first into its last, into the negative. */
export function isNegation(name: string): boolean {
  return /^NEG[BWLQUV]?(?:VU)?$/.test(name);
}

/** Whether an instruction with two operands makes the second the address of the first. */
export function isAddressMove(name: string): boolean {
  return name === "LEAL" || name === "LEAQ" || name === "LEAW";
}

/** Whether an instruction reads every register that it names. */
export function onlyReads(name: string): boolean {
  return readers.test(name);
}

const readers =
  /^(?:CMP[BWLQU]?|CMPW[U]?|CMPU|CMN[W]?|TST[W]?|TEST[BWLQ]|TEQ|TNE|BT[WLQ]|FCMP\w*|UCOMIS[SD]|COMIS[SD]|PUSH\w*|PLD|PRFM|NOP|PCALIGN\w*|PREFETCH\w*|OUT\w*)$/;

/** Whether an instruction is bytes that nobody here disassembles. */
export function isRawCode(name: string): boolean {
  return name === "BYTE" || name === "WORD" || name === "LONG" || name === "QUAD" || name === "DWORD";
}

const implicit: ReadonlyMap<string, readonly string[]> = new Map(
  (
    [
      [
        "MULB MULW MULL MULQ DIVB DIVW DIVL DIVQ IDIVB IDIVW IDIVL IDIVQ CWD CDQ CQO RDTSC XGETBV RDPMC",
        "AX DX",
      ],
      ["RDTSCP", "AX DX CX"],
      ["CPUID", "AX BX CX DX"],
      ["CBW CWDE CDQE LAHF LODSB LODSW LODSL LODSQ CMPXCHGB CMPXCHGW CMPXCHGL CMPXCHGQ", "AX SI"],
      ["CMPXCHG8B CMPXCHG16B", "AX DX"],
      ["STOSB STOSW STOSL STOSQ SCASB SCASW SCASL SCASQ", "DI"],
      ["MOVSB MOVSW MOVSL MOVSQ CMPSB CMPSW CMPSL CMPSQ", "SI DI"],
      ["REP REPN LOOP LOOPEQ LOOPNE", "CX"],
      ["POPAL POPAW", "AX BX CX DX SI DI BP"],
    ] as const
  ).flatMap(([names, registers]) => names.split(" ").map((name) => [name, registers.split(" ")] as const)),
);

const none: readonly string[] = [];

/** Registers that an instruction writes without naming them. */
export function implicitWrites(goarch: GoArch, name: string): readonly string[] {
  return (isX86(goarch) ? implicit.get(name) : undefined) ?? none;
}

/** Whether an instruction may write every register that it names. */
export function writesAll(name: string): boolean {
  return /^(?:XCHG|XADD|CMPXCHG|CAS|MULX)/.test(name);
}

export function isX86(goarch: GoArch): boolean {
  return goarch === "386" || goarch === "amd64" || goarch === "amd64p32";
}

const riscvNames =
  "ZERO RA SP GP TP T0 T1 T2 S0 S1 A0 A1 A2 A3 A4 A5 A6 A7 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 T3 T4 T5 T6".split(
    " ",
  );

/** The name under which a register is kept where it has several; a part of an x86 register gives the whole. */
export function registerName(goarch: GoArch, name: string): string {
  if (goarch === "riscv64") {
    const number = /^X(\d{1,2})$/.exec(name)?.[1];
    return (number === undefined ? undefined : riscvNames[Number(number)]) ?? name;
  }
  if (isX86(goarch)) {
    const part = /^(?:([ABCD])[LH]|(SI|DI|BP|SP|R\d{1,2})B)$/.exec(name);
    if (part) return part[1] === undefined ? part[2]! : `${part[1]}X`;
  }
  if (goarch === "arm64" && name === "LR") return "R30";
  return name;
}

/** Whether a name means less than the whole register. */
export function isPartOfRegister(goarch: GoArch, name: string): boolean {
  return isX86(goarch) && registerName(goarch, name) !== name;
}

/** Whether a register reads as zero whatever is written to it. */
export function isZeroRegister(goarch: GoArch, name: string): boolean {
  switch (goarch) {
    case "arm64":
      return name === "ZR";
    case "riscv64":
      return name === "ZERO";
    case "mips":
    case "mipsle":
    case "mips64":
    case "mips64le":
    case "loong64":
      return name === "R0";
    default:
      return false;
  }
}
