/** GOARCH=ppc64; ppc64le differs from it in byte order. */
import type { Architecture } from "../architecture.ts";
import { levelLadder } from "../archLevels.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap } from "../wordMap.ts";

export const ppc64: Architecture = {
  nameSince: 0,
  otherNames: [],
  sharedSuffix: "ppc64x",
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: true,
  registers: {
    stack: "R1",
    link: "LR",
    linkSavers: [],
    // R0 reads as zero only as the base of an address.
    zero: undefined,
    aliases: new Map(),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "BR"],
      // BC jumps under a condition that its first operand may make "always".
      ["branch", "BC BEQ BGE BGT BLE BLT BNE BVC BVS BDNZ BDZ"],
      ["call", "BL BCL"],
      ["return", "RFCI RFI RFID"],
      ["trap", "SYSCALL"],
    ),
  },
  data: { implicitWrites: new Map(), movesBases: false, rawLoads: [] },
  widths: { table: wordMap([4, "FMOVS"]), families: undefined, vectors: undefined, hasNarrowLoads: true },
  fieldWidths: {
    form: /^MOV([BHWD])(?:Z|U|ZU|BR)?$|^FMOV([SD])$/,
    letters: { B: 1, H: 2, W: 4, D: 8, S: 4 },
  },
  frame: {
    // The linkage area of the ELF ABIs.
    linkArea: 32,
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
    call: { first: "R3", saved: /^R(?:1[4-9]|2\d|3[01])$/ },
    alignsPairs: false,
    ownCompilerAlign: undefined,
  },
  levels: levelLadder({
    since: 21,
    values: ["power8", "power9", "power10"],
    macros: { prefix: "GOPPC64", since: 21, all: true },
  }),
  assembler: { name: "ppc64", sources: "ppc64", excess: undefined },
  compiler: { registerAbiSince: 18, spinBitMutex: true, atomics: 64 },
  vet: {
    first: 0,
    last: undefined,
    widths: {
      kind: "letter",
      rule: { form: /([BHWD])(?:ZU|Z|U|BR)?$/, letters: { B: 1, H: 2, W: 4, D: 8 } },
    },
    operands: new Map(),
    resultWriters: [],
    internalResults: [
      { since: 12, texts: ["R3", "F1"] },
      { since: 24, texts: ["SYSCALL"] },
    ],
  },
};
