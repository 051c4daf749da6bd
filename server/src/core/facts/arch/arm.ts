/** GOARCH=arm. */
import type { Architecture } from "../architecture.ts";
import { levelLadder } from "../archLevels.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap, wordSet } from "../wordMap.ts";

const notMultipleOf4 = (size: number): string => `frame size ${size} not 0 or a positive multiple of 4`;

export const arm: Architecture = {
  nameSince: 0,
  otherNames: [],
  sharedSuffix: undefined,
  wordSize: 4,
  maxAlign: 4,
  registerSize: 4,
  bigEndian: false,
  registers: {
    stack: "R13",
    link: "R14",
    linkSavers: ["MOVM"],
    zero: undefined,
    aliases: new Map(),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "B BX BXRET"],
      ["branch", "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE"],
      ["call", "BL"],
      ["return", "RFE"],
      ["trap", "SWI"],
    ),
    conditions: wordSet("EQ NE CS HS CC LO MI PL VS VC HI LS GE LT GT LE"),
    programCounter: { register: "R15", readers: wordSet("CMP CMN TST TEQ MOVM PLD WORD") },
    carry: { branches: wordSet("BCC BCS BHS BLO"), conditions: wordSet("CC CS HS LO") },
  },
  data: { implicitWrites: new Map(), movesBases: true, rawLoads: [] },
  widths: {
    table: wordMap([1, "MOVBS"], [2, "MOVHS"], [4, "MOVF"]),
    families: undefined,
    vectors: undefined,
    hasNarrowLoads: true,
  },
  fieldWidths: { form: /^MOV([BHWDF])(?:U|S)?$/, letters: { B: 1, H: 2, W: 4, D: 8, F: 4 } },
  frame: {
    linkArea: 4,
    sizes: {
      historic: -4,
      negative: notMultipleOf4,
      unit: 4,
      notInUnits: notMultipleOf4,
      noframeIsZero: true,
    },
  },
  framePointer: undefined,
  c: { call: { first: "R0", saved: /^R[4-9]$/ }, alignsPairs: true, ownCompilerAlign: 4 },
  levels: levelLadder({
    since: 21,
    values: ["5", "6", "7"],
    initial: "7",
    macros: { prefix: "GOARM", since: 22, all: true },
  }),
  assembler: { name: "arm", sources: "arm", excess: undefined },
  compiler: { registerAbiSince: undefined, spinBitMutex: true, atomics: 0 },
  vet: {
    first: 0,
    last: undefined,
    widths: {
      kind: "table",
      table: wordMap([1, "MOVB MOVBU"], [2, "MOVH MOVHU"], [4, "MOVW"], [8, "MOVD"]),
    },
    operands: new Map(),
    resultWriters: [],
    internalResults: [],
  },
};
