/** The 64-bit x86. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { x86Family } from "./x86Family.ts";

export const amd64: Architecture = {
  ...x86Family,
  wordSize: 8,
  maxAlign: 8,
  callArea: 8,
};
