/** The 32-bit MIPS, high bytes first. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { mipsFamily } from "./mipsFamily.ts";

export const mips: Architecture = {
  ...mipsFamily,
  wordSize: 4,
  maxAlign: 4,
  bigEndian: true,
  callArea: 4,
};
