/**
 * What instructions do to registers, as far as following a constant needs it: which copy, which compute
 * what, which write nothing. One table for all architectures: where two share a name they share its
 * meaning; what differs is in `Architecture.data`. It must not know operands or files.
 */
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

/** Whether an instruction may write every register that it names. */
export function writesAll(name: string): boolean {
  return /^(?:XCHG|XADD|CMPXCHG|CAS|MULX)/.test(name);
}
