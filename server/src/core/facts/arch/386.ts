/** GOARCH=386. */
import type { Architecture } from "../architecture.ts";
import { levelChoice } from "../archLevels.ts";
import { wordMap } from "../wordMap.ts";
import { x86, x86Widths } from "./x86Family.ts";

export const i386: Architecture = {
  ...x86,
  nameSince: 0,
  otherNames: ["i386", "i686", "ia32"],
  wordSize: 4,
  maxAlign: 4,
  registerSize: 4,
  widths: {
    ...x86Widths,
    // The bit that makes these 8 bytes wide is encoded, and means nothing to a processor in 32-bit mode.
    table: new Map([
      ...x86Widths.table,
      ...wordMap([4, "VCVTSI2SDQ VCVTSI2SSQ VCVTUSI2SDQ VCVTUSI2SSQ VMOVQ"]),
    ]),
  },
  frame: {
    linkArea: 4,
    sizes: {
      historic: undefined,
      negative: undefined,
      unit: 4,
      notInUnits: (size) => `unaligned stack size ${size}`,
      noframeIsZero: false,
    },
  },
  framePointer: undefined,
  c: { call: undefined, alignsPairs: false, ownCompilerAlign: 4 },
  levels: levelChoice({
    since: 21,
    values: ["sse2", "softfloat"],
    macros: { prefix: "GO386", since: 16 },
  }),
  assembler: {
    name: "386",
    sources: "x86",
    // What has 64 bits.
    excess:
      /\b(?:R(?:[89]|1[0-5])|(?:MOV|ADD|SUB|LEA|CMP|AND|OR|XOR|SHL|SHR|PUSH|POP|INC|DEC|TEST|IMUL|MUL|DIV)Q)\b/,
  },
  compiler: { registerAbiSince: undefined, spinBitMutex: true, atomics: 0 },
  vet: {
    first: 0,
    last: undefined,
    widths: { kind: "x86" },
    operands: new Map([
      ["FMOVLP", { source: 8, destination: 4, isAddress: false }],
      ["LEAL", { source: 0, destination: 4, isAddress: true }],
    ]),
    resultWriters: [],
    internalResults: [],
  },
};
