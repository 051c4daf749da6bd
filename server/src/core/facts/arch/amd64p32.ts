/**
 * GOARCH=amd64p32, Native Client's x86-64: pointers of 32 bits, an alignment of 64. A port until Go 1.13, of whose
 * assembler nobody asked anything.
 */
import type { Architecture } from "../architecture.ts";
import { x86 } from "./x86Family.ts";

export const amd64p32: Architecture = {
  ...x86,
  nameSince: 0,
  otherNames: [],
  wordSize: 4,
  maxAlign: 8,
  registerSize: 8,
  widths: { table: new Map(), families: undefined, vectors: undefined, hasNarrowLoads: true },
  fieldWidths: undefined,
  frame: { linkArea: 8, sizes: undefined },
  framePointer: undefined,
  c: { call: undefined, alignsPairs: false, ownCompilerAlign: 8 },
  levels: undefined,
  assembler: undefined,
  compiler: { registerAbiSince: undefined, spinBitMutex: false, atomics: 0 },
  vet: {
    first: 0,
    last: 11,
    widths: { kind: "table", table: new Map() },
    operands: new Map([["LEAL", { source: 0, destination: 4, isAddress: false }]]),
    resultWriters: [],
    internalResults: [],
  },
};
