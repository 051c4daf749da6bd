/** The 32-bit MIPS, low bytes first. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { mips } from "./mips.ts";

export const mipsle: Architecture = { ...mips, bigEndian: false };
