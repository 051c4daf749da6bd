/** GOARCH=mips64; mips64le differs from it in byte order. */
import type { Architecture } from "../architecture.ts";
import { levelChoice } from "../archLevels.ts";
import { mipsFamily, mipsFrameSizes } from "./mipsFamily.ts";

export const mips64: Architecture = {
  ...mipsFamily,
  otherNames: [],
  sharedSuffix: "mips64x",
  wordSize: 8,
  maxAlign: 8,
  registerSize: 8,
  bigEndian: true,
  frame: { linkArea: 8, sizes: { ...mipsFrameSizes, historic: -8 } },
  c: {
    call: { first: "R4", saved: /^R(?:1[6-9]|2[0-3])$/ },
    alignsPairs: false,
    ownCompilerAlign: undefined,
  },
  levels: levelChoice({
    since: 21,
    values: ["hardfloat", "softfloat"],
    macros: { prefix: "GOMIPS64", since: 11 },
  }),
  assembler: { name: "mips64", sources: "mips", excess: undefined },
  compiler: { registerAbiSince: undefined, spinBitMutex: false, atomics: 64 },
};
