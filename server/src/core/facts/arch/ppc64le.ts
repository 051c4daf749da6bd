/** The 64-bit POWER, low bytes first. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { ppc64 } from "./ppc64.ts";

export const ppc64le: Architecture = { ...ppc64, bigEndian: false };
