/** What mips and mips64 have in common, in either byte order: one assembler's source, cmd/internal/obj/mips. */
import type { Architecture, FrameSizes, LetterRule } from "../architecture.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap } from "../wordMap.ts";

export const mipsFieldWidths: LetterRule = {
  form: /^MOV([BHWVDF])U?$/,
  letters: { B: 1, H: 2, W: 4, V: 8, D: 8, F: 4 },
};

export const mipsVetWidths: ReadonlyMap<string, number> = wordMap(
  [1, "MOVB MOVBU"],
  [2, "MOVH MOVHU"],
  [4, "MOVW MOVWU MOVF"],
  [8, "MOVV MOVD"],
);

export const mipsFrameSizes: Omit<FrameSizes, "historic"> = {
  negative: (size) => `negative frame size ${size} - did you mean NOFRAME?`,
  unit: 1,
  notInUnits: () => "",
  noframeIsZero: true,
};

export const mipsFamily = {
  nameSince: 0,
  registers: {
    stack: "R29",
    link: "R31",
    linkSavers: [],
    zero: "R0",
    aliases: new Map(),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["branch", "BEQ BNE BFPF BFPT BGEZ BGTZ BLEZ BLTZ"],
      ["call", "BGEZAL BLTZAL JAL"],
      ["return", "RFE"],
      ["trap", "SYSCALL"],
    ),
  },
  data: { implicitWrites: new Map(), movesBases: false, rawLoads: [] },
  // Vet knows them all.
  widths: { table: new Map(), families: undefined, vectors: undefined, hasNarrowLoads: true },
  fieldWidths: mipsFieldWidths,
  framePointer: undefined,
  vet: {
    first: 0,
    last: undefined,
    widths: { kind: "table", table: mipsVetWidths },
    operands: new Map(),
    resultWriters: [],
    internalResults: [],
  },
} as const satisfies Partial<Architecture>;
