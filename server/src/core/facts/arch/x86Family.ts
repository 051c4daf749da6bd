/** What 386, amd64 and Native Client's amd64p32 have in common. It must not know the size of a word. */
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

/** What instructions write besides what they name. */
const implicitWrites = (
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
).flatMap(([names, registers]) => names.split(" ").map((name) => [name, registers.split(" ")] as const));

const registerParts: readonly (readonly [string, string])[] = [
  ..."ABCD".split("").flatMap((letter) => ["L", "H"].map((half) => [letter + half, `${letter}X`] as const)),
  ..."SI DI BP SP R8 R9 R10 R11 R12 R13 R14 R15".split(" ").map((name) => [`${name}B`, name] as const),
];

export const x86Family = {
  bigEndian: false,
  stackRegister: "SP",
  linkRegister: undefined,
  zeroRegister: undefined,
  registerAliases: noMap,
  registerParts: new Map(registerParts),
  flow: flowTable([
    [
      "branch",
      "JA JAE JB JBE JC JCC JCS JCXZL JCXZQ JCXZW JE JEQ JG JGE JGT JHI JHS JL JLE JLO JLS JLT JMI JNA JNAE JNB",
    ],
    ["branch", "JNBE JNC JNE JNG JNGE JNL JNLE JNO JNP JNS JNZ JO JOC JOS JP JPC JPE JPL JPO JPS JS JZ"],
    ["branch", "LOOP LOOPEQ LOOPNE XBEGIN"],
    ["return", "IRETL IRETQ IRETW RETFL RETFQ RETFW SYSEXIT SYSEXIT64 SYSRET"],
    ["trap", "INT SYSCALL SYSENTER SYSENTER64"],
    ["stop", "HLT UD1 UD2"],
  ]),
  isStructured: false,
  conditions: noNames,
  programCounter: undefined,
  callNamesLink: false,
  carryJumps: new Set("JAE JB JC JCC JCS JHS JLO JNAE JNB JNC".split(" ")),
  carryConditions: noNames,
  implicitWrites: new Map(implicitWrites),
  hasWriteBack: false,
  // The runtime writes these so where debuggers look for one of them.
  rawMoves: [
    { opcode: [0xb8], register: "AX" },
    { opcode: [0x48, 0xc7, 0xc0], register: "AX" },
  ],
} as const;
