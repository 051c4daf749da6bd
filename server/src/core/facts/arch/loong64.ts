/** GOARCH=loong64, a port since Go 1.19. */
import type { Architecture } from "../architecture.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap } from "../wordMap.ts";
import { mipsFieldWidths, mipsVetWidths } from "./mipsFamily.ts";

export const loong64: Architecture = {
  nameSince: 18,
  otherNames: ["loongarch64"],
  sharedSuffix: undefined,
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: false,
  registers: {
    stack: "R3",
    link: "R1",
    linkSavers: [],
    zero: "R0",
    aliases: new Map(),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "JIRL"],
      ["branch", "BEQ BNE BFPF BFPT BGE BGEU BGEZ BGTZ BLEZ BLT BLTU BLTZ"],
      ["call", "JAL"],
      ["return", "RFE"],
      ["trap", "SYSCALL"],
    ),
  },
  data: { implicitWrites: new Map(), movesBases: false, rawLoads: [] },
  widths: {
    table: wordMap([16, "VMOVQ"], [32, "XVMOVQ"]),
    families: undefined,
    vectors: undefined,
    hasNarrowLoads: true,
  },
  // The assembler began as that of mips, and so did its part of vet.
  fieldWidths: mipsFieldWidths,
  frame: {
    linkArea: 8,
    sizes: {
      historic: undefined,
      negative: (size) => `negative frame size ${size} - did you mean NOFRAME?`,
      unit: 1,
      notInUnits: () => "",
      noframeIsZero: true,
    },
  },
  framePointer: undefined,
  c: {
    call: { first: "R4", saved: /^R(?:2[2-9]|3[01])$/ },
    alignsPairs: false,
    ownCompilerAlign: undefined,
  },
  levels: undefined,
  assembler: { name: "loong64", sources: "loong64", excess: undefined },
  compiler: { registerAbiSince: 22, spinBitMutex: false, atomics: 64 },
  vet: {
    first: 12,
    last: undefined,
    widths: { kind: "table", table: mipsVetWidths },
    operands: new Map(),
    resultWriters: [],
    internalResults: [{ since: 24, texts: ["R4", "F0", "SYSCALL"] }],
  },
};
