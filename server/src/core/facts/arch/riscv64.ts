/** GOARCH=riscv64. */
import type { Architecture } from "../architecture.ts";
import { levelLadder } from "../archLevels.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap } from "../wordMap.ts";
import { mipsFrameSizes } from "./mipsFamily.ts";

/** The ABI's names of X0 to X31, under which registers are kept. */
const names =
  "ZERO RA SP GP TP T0 T1 T2 S0 S1 A0 A1 A2 A3 A4 A5 A6 A7 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 T3 T4 T5 T6";

export const riscv64: Architecture = {
  nameSince: 0,
  otherNames: [],
  sharedSuffix: undefined,
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: false,
  registers: {
    stack: "SP",
    link: "RA",
    linkSavers: [],
    zero: "ZERO",
    aliases: new Map(names.split(" ").map((name, i) => [`X${i}`, name])),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "CJ CJR"],
      ["branch", "BEQ BEQZ BGE BGEU BGEZ BGT BGTU BGTZ BLE BLEU BLEZ BLT BLTU BLTZ BNE BNEZ CBEQZ CBNEZ"],
      ["call", "CJALR JAL JALR"],
      ["return", "DRET MRET SRET"],
      ["trap", "ECALL SCALL"],
    ),
    callNamesLink: true,
  },
  data: { implicitWrites: new Map(), movesBases: false, rawLoads: [] },
  // The bare instructions (LW, SD) take no argument of the frame.
  widths: {
    table: wordMap([1, "MOVB MOVBU"], [2, "MOVH MOVHU"], [4, "MOVW MOVWU MOVF"], [8, "MOV MOVD"]),
    families: undefined,
    vectors: undefined,
    hasNarrowLoads: true,
  },
  fieldWidths: { form: /^MOV([BHWFD]?)U?$/, letters: { B: 1, H: 2, W: 4, "": 8, F: 4, D: 8 } },
  frame: { linkArea: 8, sizes: { ...mipsFrameSizes, historic: -8 } },
  framePointer: undefined,
  c: {
    call: { first: "X10", saved: /^X(?:[89]|1[89]|2[0-7])$/ },
    alignsPairs: false,
    ownCompilerAlign: undefined,
  },
  levels: levelLadder({
    since: 23,
    values: ["rva20u64", "rva22u64", "rva23u64"],
    macros: { prefix: "GORISCV64", since: 23 },
  }),
  assembler: { name: "riscv64", sources: "riscv", excess: undefined },
  compiler: { registerAbiSince: 19, spinBitMutex: false, atomics: 64 },
  vet: {
    first: 12,
    last: undefined,
    widths: { kind: "table", table: new Map() },
    operands: new Map(),
    resultWriters: [],
    internalResults: [
      { since: 21, texts: ["X10", "F10"] },
      { since: 24, texts: ["ECALL"] },
    ],
  },
};
