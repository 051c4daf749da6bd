/** The flags of a TEXT: names of textflag.h, which is never expanded, or their sum. */
import type { TextDirective } from "./ast.ts";
import { evaluate } from "./evaluate.ts";

/** The values in textflag.h of runtime and cmd/internal/obj. */
const bits: ReadonlyMap<string, bigint> = new Map([
  ["NOPROF", 1n],
  ["DUPOK", 2n],
  ["NOSPLIT", 4n],
  ["RODATA", 8n],
  ["NOPTR", 16n],
  ["WRAPPER", 32n],
  ["NEEDCTXT", 64n],
  ["LOCAL", 128n],
  ["TLSBSS", 256n],
  ["NOFRAME", 512n],
  ["REFLECTMETHOD", 1024n],
  ["TOPFRAME", 2048n],
  ["ABIWRAPPER", 4096n],
]);

export type TextFlag = "NOSPLIT" | "NOFRAME";

/** Whether a name is one of textflag.h's. */
export function isTextFlag(name: string): boolean {
  return bits.has(name);
}

/** Whether a TEXT has a flag; undefined where its flags cannot be read. */
export function hasFlag({ flags }: TextDirective, flag: TextFlag): boolean | undefined {
  if (!flags) return false;
  const value = evaluate(flags.value, (name) => bits.get(name));
  return value === undefined ? undefined : (value & bits.get(flag)!) !== 0n;
}
