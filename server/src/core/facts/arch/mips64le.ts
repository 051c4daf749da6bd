/** The 64-bit MIPS, low bytes first. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { mips64 } from "./mips64.ts";

export const mips64le: Architecture = { ...mips64, bigEndian: false };
