/** GOARCH=wasm. */
import type { Architecture } from "../architecture.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap } from "../wordMap.ts";

export const wasm: Architecture = {
  nameSince: 0,
  otherNames: [],
  sharedSuffix: undefined,
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: false,
  registers: {
    stack: "SP",
    link: undefined,
    linkSavers: [],
    zero: undefined,
    aliases: new Map(),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "Br BrTable"],
      ["branch", "BrIf"],
      ["call", "Call CallIndirect CALLNORESUME"],
      ["return", "Return RETUNWIND"],
      ["stop", "Unreachable"],
    ),
    isStructured: true,
  },
  data: { implicitWrites: new Map(), movesBases: false, rawLoads: [] },
  widths: {
    table: wordMap(
      [1, "MOVB I32Load8S I32Load8U I64Load8S I64Load8U I32Store8 I64Store8"],
      [2, "MOVH I32Load16S I32Load16U I64Load16S I64Load16U I32Store16 I64Store16"],
      [4, "MOVW I32Load I64Load32S I64Load32U F32Load I32Store I64Store32 F32Store"],
      [8, "MOVD I64Load F64Load I64Store F64Store"],
    ),
    families: undefined,
    vectors: undefined,
    hasNarrowLoads: false,
  },
  fieldWidths: undefined,
  frame: { linkArea: 8, sizes: undefined },
  framePointer: undefined,
  c: { call: undefined, alignsPairs: false, ownCompilerAlign: undefined },
  levels: {
    // Options until Go 1.25, on for everyone since.
    tags: (words, release) =>
      release < 21
        ? []
        : ["satconv", "signext"].filter((feature) => release >= 26 || words.includes(feature)),
    macros: () => [],
  },
  assembler: { name: "wasm", sources: "wasm", excess: undefined },
  compiler: { registerAbiSince: undefined, spinBitMutex: false, atomics: 0 },
  vet: {
    first: 12,
    last: undefined,
    widths: { kind: "table", table: new Map() },
    operands: new Map(),
    // It may write the result.
    resultWriters: ["CallImport"],
    internalResults: [],
  },
};
