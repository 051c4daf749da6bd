/** GOARCH=mips; mipsle differs from it in byte order. */
import type { Architecture } from "../architecture.ts";
import { levelChoice } from "../archLevels.ts";
import { mipsFamily, mipsFrameSizes } from "./mipsFamily.ts";

export const mips: Architecture = {
  ...mipsFamily,
  otherNames: [],
  sharedSuffix: "mipsx",
  wordSize: 4,
  maxAlign: 4,
  registerSize: 4,
  bigEndian: true,
  frame: { linkArea: 4, sizes: { ...mipsFrameSizes, historic: -4 } },
  c: {
    call: { first: "R4", saved: /^R(?:1[6-9]|2[0-3])$/ },
    alignsPairs: true,
    ownCompilerAlign: undefined,
  },
  levels: levelChoice({
    since: 21,
    values: ["hardfloat", "softfloat"],
    macros: { prefix: "GOMIPS", since: 11 },
  }),
  assembler: { name: "mips", sources: "mips", excess: undefined },
  compiler: { registerAbiSince: undefined, spinBitMutex: false, atomics: 32 },
};
