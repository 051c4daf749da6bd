/** Native Client's x86-64, with pointers of 32 bits and alignment of 64; a port until Go 1.13. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { x86Family } from "./x86Family.ts";

export const amd64p32: Architecture = {
  ...x86Family,
  wordSize: 4,
  maxAlign: 8,
  callArea: 8,
};
