/** GOARCH=s390x. */
import type { Architecture } from "../architecture.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap } from "../wordMap.ts";

export const s390x: Architecture = {
  nameSince: 0,
  otherNames: [],
  sharedSuffix: undefined,
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: true,
  registers: {
    stack: "R15",
    link: "R14",
    // They store or load a range of registers.
    linkSavers: ["STMG", "STMY", "STM", "LMG", "LMY", "LM"],
    zero: undefined,
    aliases: new Map([["LR", "R14"]]),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "BR"],
      ["branch", "BC BRC BEQ BGE BGT BLE BLEU BLT BLTU BNE BVC BVS BRCT BRCTG"],
      ["branch", "CGIJ CGRJ CIJ CLGIJ CLGRJ CLIJ CLRJ CRJ"],
      ["branch", "CMPBEQ CMPBGE CMPBGT CMPBLE CMPBLT CMPBNE CMPUBEQ CMPUBGE CMPUBGT CMPUBLE CMPUBLT CMPUBNE"],
      ["call", "BL BCL"],
      ["trap", "SYSCALL"],
    ),
  },
  data: { implicitWrites: new Map(), movesBases: false, rawLoads: [] },
  widths: {
    table: wordMap(
      [1, "VLREPB"],
      [2, "VLREPH MOVHBR"],
      [4, "VLREPF MOVWBR"],
      [8, "VLREPG MOVDBR"],
      [16, "VL VST"],
    ),
    families: undefined,
    vectors: undefined,
    hasNarrowLoads: true,
  },
  fieldWidths: { form: /^MOV([BHWD])Z?$|^FMOV([SD])$/, letters: { B: 1, H: 2, W: 4, D: 8, S: 4 } },
  frame: {
    linkArea: 8,
    sizes: {
      historic: -8,
      negative: undefined,
      unit: 8,
      notInUnits: (size) => `frame size ${size} not a multiple of 8`,
      noframeIsZero: true,
    },
  },
  framePointer: undefined,
  c: {
    call: { first: "R2", saved: /^R(?:[6-9]|1[0-3])$/ },
    alignsPairs: false,
    ownCompilerAlign: undefined,
  },
  levels: undefined,
  assembler: { name: "s390x", sources: "s390x", excess: undefined },
  compiler: { registerAbiSince: 26, spinBitMutex: false, atomics: 64 },
  vet: {
    first: 0,
    last: undefined,
    widths: {
      kind: "table",
      table: wordMap([1, "MOVB MOVBZ"], [2, "MOVH MOVHZ"], [4, "MOVW MOVWZ FMOVS"], [8, "MOVD FMOVD"]),
    },
    operands: new Map(),
    resultWriters: [],
    internalResults: [],
  },
};
