/** GOARCH=amd64. */
import type { Architecture } from "../architecture.ts";
import { levelLadder } from "../archLevels.ts";
import { wordSet } from "../wordMap.ts";
import { x86, x86Widths } from "./x86Family.ts";

export const amd64: Architecture = {
  ...x86,
  nameSince: 0,
  otherNames: ["x8664", "x64"],
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  widths: x86Widths,
  frame: {
    linkArea: 8,
    sizes: {
      historic: undefined,
      negative: undefined,
      unit: 8,
      // The room for the caller's frame pointer is counted.
      notInUnits: (size, noframe) => `unaligned stack size ${noframe ? size : size + 8}`,
      noframeIsZero: false,
    },
  },
  framePointer: {
    register: "BP",
    writes:
      /^(?:[KV]?MOV|V?PEXTR|LEA|XOR|ADD|SUB|AND|OR|SHL|SHR|SAL|SAR|ROL|ROR|IMUL|INC|DEC|NEG|NOT|POP|SET|CMOV|BSWAP|ADC|SBB|MULX|BLS|BSF|BSR|LZCNT|TZCNT|PEXT|PDEP|BEXTR|BZHI|ADOX)/,
    copies: /^(?:[KV]?MOV|V?PEXTR|POP)/,
    calls: wordSet("CALL DUFFZERO DUFFCOPY"),
  },
  c: { call: { first: "DI", saved: /^(?:BX|BP|R1[2-5])$/ }, alignsPairs: false, ownCompilerAlign: 8 },
  levels: levelLadder({
    since: 21,
    values: ["v1", "v2", "v3", "v4"],
    macros: { prefix: "GOAMD64", since: 18 },
  }),
  assembler: { name: "amd64", sources: "x86", excess: undefined },
  compiler: { registerAbiSince: 18, spinBitMutex: true, atomics: 64 },
  vet: {
    first: 0,
    last: undefined,
    widths: { kind: "x86" },
    operands: new Map([["LEAQ", { source: 0, destination: 8, isAddress: true }]]),
    resultWriters: [],
    internalResults: [
      { since: 12, texts: ["AX", "X0"] },
      { since: 24, texts: ["SYSCALL"] },
    ],
  },
};
