/** GOARCH=arm64. */
import type { Architecture } from "../architecture.ts";
import { flowTable, plainFlow } from "../controlFlow.ts";
import { wordMap, wordSet } from "../wordMap.ts";

export const arm64: Architecture = {
  nameSince: 0,
  otherNames: ["aarch64"],
  sharedSuffix: undefined,
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: false,
  registers: {
    stack: "RSP",
    link: "R30",
    linkSavers: [],
    zero: "ZR",
    aliases: new Map([["LR", "R30"]]),
    parts: new Map(),
    float: /^F\d+$/,
  },
  flow: {
    ...plainFlow,
    instructions: flowTable(
      ["jump", "B"],
      [
        "branch",
        "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE CBZ CBZW CBNZ CBNZW TBNZ TBZ",
      ],
      ["call", "BL"],
      ["return", "ERET DRPS"],
      ["trap", "SVC"],
    ),
    carry: { branches: wordSet("BCC BCS BHS BLO"), conditions: new Set() },
  },
  data: { implicitWrites: new Map(), movesBases: true, rawLoads: [] },
  widths: {
    table: wordMap(
      [1, "MOVB MOVBU"],
      [2, "MOVH MOVHU"],
      [4, "MOVW MOVWU FMOVS"],
      [8, "MOVD FMOVD LDPW STPW LDPSW FLDPS FSTPS"],
      [16, "FMOVQ LDP STP FLDPD FSTPD"],
      [32, "FLDPQ FSTPQ"],
    ),
    families: undefined,
    vectors: undefined,
    hasNarrowLoads: true,
  },
  fieldWidths: { form: /^MOV([BHWD])U?$|^FMOV([SD])$/, letters: { B: 1, H: 2, W: 4, S: 4, D: 8 } },
  frame: {
    linkArea: 8,
    sizes: {
      historic: -8,
      negative: (size) => `negative frame size ${size} - did you mean NOFRAME?`,
      unit: 8,
      notInUnits: (size, noframe) => (noframe ? "" : `unaligned frame size ${size} - must be 16 aligned`),
      noframeIsZero: true,
    },
  },
  framePointer: {
    register: "R29",
    writes:
      /^(?:[FV]?MOV|LDP|LDX|LDA|ADD|ADC|SUB|SBC|AND|ORR|ORN|EOR|EON|BIC|LSL|LSR|ASR|ROR|MUL|UMUL|SMUL|MADD|MSUB|UDIV|SDIV|NEG|MVN|CLZ|RBIT|REV|CSEL|CSET|CSINC|CINC|UBFX|SBFX|UBFIZ|UXT|SXT|EXTR|BFI|BFXIL|ADR)/,
    copies: /^(?:[FV]?MOV|LDP)/,
    calls: wordSet("CALL BL"),
  },
  c: { call: { first: "R0", saved: /^R(?:19|2[0-8])$/ }, alignsPairs: false, ownCompilerAlign: undefined },
  levels: {
    tags: ([value = ""], release) => (release < 23 ? [] : versions(value)),
    // Of options and versions, only what LSE comes with has a macro.
    macros: (value, release) => (release >= 23 && /,lse\b|^v8\.[1-9]|^v9/.test(value) ? ["GOARM64_LSE"] : []),
  },
  assembler: { name: "arm64", sources: "arm64", excess: undefined },
  compiler: { registerAbiSince: 18, spinBitMutex: true, atomics: 64 },
  vet: {
    first: 0,
    last: undefined,
    widths: { kind: "table", table: new Map() },
    operands: new Map(),
    resultWriters: [],
    internalResults: [
      { since: 12, texts: ["R0", "F0"] },
      { since: 24, texts: ["SVC"] },
    ],
  },
};

/** v9.n includes v8.(n+5), and v8 ends at v8.9. */
function versions(value: string): readonly string[] {
  const match = /^v(?:8\.(\d)|9\.([0-5]))$/.exec(value);
  if (match?.[2] === undefined) return upTo(8, Number(match?.[1] ?? 0));
  const minor = Number(match[2]);
  return [...upTo(9, minor), ...upTo(8, Math.min(minor + 5, 9))];
}

function upTo(major: number, last: number): string[] {
  return Array.from({ length: last + 1 }, (_, minor) => `v${major}.${minor}`);
}
