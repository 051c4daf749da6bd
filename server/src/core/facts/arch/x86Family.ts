/** What 386, amd64 and amd64p32 have in common: the instructions of one assembler, cmd/internal/obj/x86. */
import type { Architecture, MemoryWidths } from "../architecture.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap, wordSet } from "../wordMap.ts";

/** Packed arithmetic is left out: before AVX it asks for an alignment that arguments do not have. */
export const x86Widths: MemoryWidths = {
  table: wordMap(
    [1, "CRC32B MOVBLSX MOVBLZX MOVBQSX MOVBQZX MOVBWSX MOVBWZX VPBROADCASTB"],
    [2, "CRC32W FMOVWP IMUL3W MOVWLSX MOVWLZX MOVWQSX MOVWQZX PMOVSXBQ PMOVZXBQ VPBROADCASTW"],
    [
      4,
      "CRC32L EXTRACTPS INSERTPS KMOVD LDMXCSR MOVLQSX MOVLQZX PMOVSXBD PMOVSXWQ PMOVZXBD PMOVZXWQ STMXCSR",
    ],
    [
      4,
      "VBROADCASTSS VCVTSI2SDL VCVTSI2SSL VCVTUSI2SDL VCVTUSI2SSL VEXTRACTPS VINSERTPS VLDMXCSR VMOVD VMOVSS",
    ],
    [4, "VPBROADCASTD VPEXTRD VPINSRD VSTMXCSR"],
    [8, "CMPXCHG8B CRC32Q CVTPL2PD CVTPS2PD FMOVV FMOVVP IMUL3Q MOVDDUP MOVHPD MOVHPS MOVLPD MOVLPS MOVQOZX"],
    [8, "PMOVSXBW PMOVZXBW VBROADCASTF32X2 VBROADCASTI32X2 VBROADCASTSD VCVTSI2SDQ VCVTSI2SSQ VCVTUSI2SDQ"],
    [8, "VCVTUSI2SSQ VMOVHPS VMOVLPS VMOVQ VMOVSD VPBROADCASTQ"],
    [10, "FMOVB FMOVBP FMOVX FMOVXP"],
    [16, "MOVAPD MOVAPS MOVO MOVOA MOVOU MOVUPD MOVUPS"],
    [16, "VBROADCASTF128 VBROADCASTF32X4 VBROADCASTF64X2 VBROADCASTI128 VBROADCASTI32X4 VBROADCASTI64X2"],
    [16, "VEXTRACTF128 VEXTRACTF32X4 VEXTRACTF64X2 VEXTRACTI128 VEXTRACTI32X4 VEXTRACTI64X2"],
    [16, "VINSERTF128 VINSERTF32X4 VINSERTF64X2 VINSERTI128 VINSERTI32X4 VINSERTI64X2"],
    [32, "VBROADCASTF32X8 VBROADCASTF64X4 VBROADCASTI32X8 VBROADCASTI64X4 VEXTRACTF32X8 VEXTRACTF64X4"],
    [32, "VEXTRACTI32X8 VEXTRACTI64X4 VINSERTF32X8 VINSERTF64X4 VINSERTI32X8 VINSERTI64X4"],
  ),
  // Conditional moves, and products that are added.
  families: {
    form: /^(?:CMOV([WLQ])[A-Z]{2}|VFN?M(?:ADD|SUB)(?:132|213|231)S([SD]))$/,
    letters: { W: 2, L: 4, Q: 8, S: 4, D: 8 },
  },
  vectors: {
    instructions: wordSet(
      "VMOVUPS VMOVUPD VMOVAPS VMOVAPD VMOVDQU VMOVDQA VMOVDQU8 VMOVDQU16 VMOVDQU32 VMOVDQU64 VMOVDQA32 VMOVDQA64",
    ),
    registers: { X: 16, Y: 32, Z: 64 },
  },
  hasNarrowLoads: true,
};

const wordParts = "R8B R9B R10B R11B R12B R13B R14B R15B SIB DIB BPB SPB".split(" ");
const halfParts = "AL AH BL BH CL CH DL DH".split(" ");

export const x86 = {
  sharedSuffix: undefined,
  bigEndian: false,
  registers: {
    stack: "SP",
    link: undefined,
    linkSavers: [],
    zero: undefined,
    aliases: new Map(),
    parts: new Map([
      ...halfParts.map((name) => [name, `${name[0]!}X`] as const),
      ...wordParts.map((name) => [name, name.slice(0, -1)] as const),
    ]),
    float: /^X\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      [
        "branch",
        "JA JAE JB JBE JC JCC JCS JCXZL JCXZQ JCXZW JE JEQ JG JGE JGT JHI JHS JL JLE JLO JLS JLT JMI JNA JNAE JNB",
      ],
      ["branch", "JNBE JNC JNE JNG JNGE JNL JNLE JNO JNP JNS JNZ JO JOC JOS JP JPC JPE JPL JPO JPS JS JZ"],
      ["branch", "LOOP LOOPEQ LOOPNE XBEGIN"],
      ["return", "IRETL IRETQ IRETW RETFL RETFQ RETFW SYSEXIT SYSEXIT64 SYSRET"],
      ["trap", "INT SYSCALL SYSENTER SYSENTER64"],
      ["stop", "HLT UD1 UD2"],
    ),
    carry: { branches: wordSet("JAE JB JC JCC JCS JHS JLO JNAE JNB JNC"), conditions: new Set() },
  },
  data: {
    implicitWrites: wordMap(
      [
        ["AX", "DX"],
        "MULB MULW MULL MULQ DIVB DIVW DIVL DIVQ IDIVB IDIVW IDIVL IDIVQ CWD CDQ CQO RDTSC XGETBV RDPMC",
      ],
      [["AX", "DX", "CX"], "RDTSCP"],
      [["AX", "BX", "CX", "DX"], "CPUID"],
      [["AX", "SI"], "CBW CWDE CDQE LAHF LODSB LODSW LODSL LODSQ CMPXCHGB CMPXCHGW CMPXCHGL CMPXCHGQ"],
      [["AX", "DX"], "CMPXCHG8B CMPXCHG16B"],
      [["DI"], "STOSB STOSW STOSL STOSQ SCASB SCASW SCASL SCASQ"],
      [["SI", "DI"], "MOVSB MOVSW MOVSL MOVSQ CMPSB CMPSW CMPSL CMPSQ"],
      [["CX"], "REP REPN LOOP LOOPEQ LOOPNE"],
      [["AX", "BX", "CX", "DX", "SI", "DI", "BP"], "POPAL POPAW"],
    ),
    movesBases: false,
    // The runtime writes these where debuggers look for one of them.
    rawLoads: [
      { code: [0xb8], register: "AX" },
      { code: [0x48, 0xc7, 0xc0], register: "AX" },
    ],
  },
  fieldWidths: {
    form: /^(?:MOV|ADD|SUB|CMP|AND|OR|XOR|TEST|INC|DEC|XCHG|XADD|CMPXCHG|NEG|NOT|ADC|SBB|MUL|IMUL|DIV|IDIV)([BWLQ])$|^MOV([BWL])[WLQ](?:ZX|SX)$/,
    letters: { B: 1, W: 2, L: 4, Q: 8 },
  },
} as const satisfies Partial<Architecture>;
