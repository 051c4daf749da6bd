/** The 64-bit MIPS, high bytes first. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { mipsFamily } from "./mipsFamily.ts";

export const mips64: Architecture = {
  ...mipsFamily,
  wordSize: 8,
  maxAlign: 8,
  bigEndian: true,
  callArea: 8,
};
