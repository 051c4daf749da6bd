/** GOARCH=mipsle. */
import type { Architecture } from "../architecture.ts";
import { mips } from "./mips.ts";

export const mipsle: Architecture = { ...mips, otherNames: ["mipsel"], bigEndian: false };
