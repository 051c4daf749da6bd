/** The 32-bit x86. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { x86Family } from "./x86Family.ts";

export const i386: Architecture = {
  ...x86Family,
  wordSize: 4,
  maxAlign: 4,
  callArea: 4,
};
