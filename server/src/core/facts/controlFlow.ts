/**
 * Which instructions do anything but go on to the next one: jumps, calls, returns and traps of each
 * architecture, by the names that Go's assembler gives them. It must not know operands or files.
 *
 * The lists of jumps are those of cmd/asm/internal/arch (arch.go, arm.go and so on), which
 * test/conformance/controlFlow.test.ts reads again; what the assembler need not tell apart,
 * calls from jumps and traps from arithmetic, is the manual of each processor.
 */
import type { GoArch } from "./arch.ts";

/**
 * What comes after an instruction. "next": the one behind it. "jump": its target. "branch": either.
 * "call": its target, and the one behind it when that returns. "return": the caller. "trap": the
 * kernel, then the one behind it. "stop": nothing, the program ends or faults.
 */
export type ControlFlow = "next" | "jump" | "branch" | "call" | "return" | "trap" | "stop";

type FlowTable = ReadonlyMap<string, ControlFlow>;

/** What the assembler has under these names everywhere: cmd/internal/obj/util.go. */
const common: readonly (readonly [ControlFlow, string])[] = [
  ["jump", "JMP"],
  ["call", "CALL"],
  ["return", "RET"],
  ["stop", "UNDEF"],
];

const x86 = flowTable([
  [
    "branch",
    "JA JAE JB JBE JC JCC JCS JCXZL JCXZQ JCXZW JE JEQ JG JGE JGT JHI JHS JL JLE JLO JLS JLT JMI JNA JNAE JNB",
  ],
  ["branch", "JNBE JNC JNE JNG JNGE JNL JNLE JNO JNP JNS JNZ JO JOC JOS JP JPC JPE JPL JPO JPS JS JZ"],
  ["branch", "LOOP LOOPEQ LOOPNE XBEGIN"],
  ["return", "IRETL IRETQ IRETW RETFL RETFQ RETFW SYSEXIT SYSEXIT64 SYSRET"],
  ["trap", "INT SYSCALL SYSENTER SYSENTER64"],
  ["stop", "HLT UD1 UD2"],
]);

const arm = flowTable([
  ["jump", "B BX BXRET"],
  ["branch", "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE"],
  ["call", "BL"],
  ["return", "RFE"],
  ["trap", "SWI"],
]);

const arm64 = flowTable([
  ["jump", "B"],
  ["branch", "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE CBZ CBZW CBNZ CBNZW TBNZ TBZ"],
  ["call", "BL"],
  ["return", "ERET DRPS"],
  ["trap", "SVC"],
]);

const loong64 = flowTable([
  ["jump", "JIRL"],
  ["branch", "BEQ BNE BFPF BFPT BGE BGEU BGEZ BGTZ BLEZ BLT BLTU BLTZ"],
  ["call", "JAL"],
  ["return", "RFE"],
  ["trap", "SYSCALL"],
]);

const mips = flowTable([
  ["branch", "BEQ BNE BFPF BFPT BGEZ BGTZ BLEZ BLTZ"],
  ["call", "BGEZAL BLTZAL JAL"],
  ["return", "RFE"],
  ["trap", "SYSCALL"],
]);

// BC jumps under a condition that its first operand may make "always".
const ppc64 = flowTable([
  ["jump", "BR"],
  ["branch", "BC BEQ BGE BGT BLE BLT BNE BVC BVS BDNZ BDZ"],
  ["call", "BL BCL"],
  ["return", "RFCI RFI RFID"],
  ["trap", "SYSCALL"],
]);

const riscv64 = flowTable([
  ["jump", "CJ CJR"],
  ["branch", "BEQ BEQZ BGE BGEU BGEZ BGT BGTU BGTZ BLE BLEU BLEZ BLT BLTU BLTZ BNE BNEZ CBEQZ CBNEZ"],
  ["call", "CJALR JAL JALR"],
  ["return", "DRET MRET SRET"],
  ["trap", "ECALL SCALL"],
]);

const s390x = flowTable([
  ["jump", "BR"],
  ["branch", "BC BRC BEQ BGE BGT BLE BLEU BLT BLTU BNE BVC BVS BRCT BRCTG"],
  ["branch", "CGIJ CGRJ CIJ CLGIJ CLGRJ CLIJ CLRJ CRJ"],
  ["branch", "CMPBEQ CMPBGE CMPBGT CMPBLE CMPBLT CMPBNE CMPUBEQ CMPUBGE CMPUBGT CMPUBLE CMPUBLT CMPUBNE"],
  ["call", "BL BCL"],
  ["trap", "SYSCALL"],
]);

const wasm = flowTable([
  ["jump", "Br BrTable"],
  ["branch", "BrIf"],
  ["call", "Call CallIndirect CALLNORESUME"],
  ["return", "Return RETUNWIND"],
  ["stop", "Unreachable"],
]);

const tables = {
  "386": x86,
  amd64: x86,
  amd64p32: x86,
  arm,
  arm64,
  loong64,
  mips,
  mipsle: mips,
  mips64: mips,
  mips64le: mips,
  ppc64,
  ppc64le: ppc64,
  riscv64,
  s390x,
  wasm,
} satisfies Record<GoArch, FlowTable>;

/**
 * What comes after an instruction, by its name without suffixes. Operands can say more: a jump's target
 * may be the link register, and arm jumps by writing to R15.
 */
export function controlFlow(goarch: GoArch, name: string): ControlFlow {
  return tables[goarch].get(name) ?? "next";
}

/** Every instruction of an architecture that does anything but go on to the next. */
export function flowInstructions(goarch: GoArch): ReadonlyMap<string, ControlFlow> {
  return tables[goarch];
}

const armConditions = new Set("EQ NE CS HS CC LO MI PL VS VC HI LS GE LT GT LE".split(" "));

/** Whether an instruction with this suffix (".EQ", ".P.NE", "" for none) runs only under a condition, as on arm any can. */
export function isConditional(goarch: GoArch, suffix: string): boolean {
  return goarch === "arm" && suffix !== "" && suffix.split(".").some((part) => armConditions.has(part));
}

const links: Partial<Record<GoArch, readonly string[]>> = {
  arm: ["R14"],
  arm64: ["R30", "LR"],
  loong64: ["R1"],
  mips: ["R31"],
  mipsle: ["R31"],
  mips64: ["R31"],
  mips64le: ["R31"],
  ppc64: ["LR"],
  ppc64le: ["LR"],
  riscv64: ["X1", "RA"],
  s390x: ["R14"],
};

/** Whether a call leaves its return address in this register, so that a jump there returns. */
export function isLinkRegister(goarch: GoArch, name: string): boolean {
  return links[goarch]?.includes(name) ?? false;
}

function flowTable(rows: readonly (readonly [flow: ControlFlow, names: string])[]): FlowTable {
  return new Map(
    [...common, ...rows].flatMap(([flow, names]) => names.split(" ").map((name) => [name, flow] as const)),
  );
}
