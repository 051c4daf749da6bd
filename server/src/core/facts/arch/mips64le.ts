/** GOARCH=mips64le. */
import type { Architecture } from "../architecture.ts";
import { mips64 } from "./mips64.ts";

export const mips64le: Architecture = { ...mips64, otherNames: ["mips64el"], bigEndian: false };
