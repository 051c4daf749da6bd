/** The names of registers: which are one register, which are parts of one. It must not know instructions. */
import type { Registers } from "./architecture.ts";

/** The name under which a register is kept where it has several; a part of a register gives the whole. */
export function registerName({ parts, aliases }: Registers, name: string): string {
  return parts.get(name) ?? aliases.get(name) ?? name;
}

/** Whether this is what assembly calls the stack pointer, "SP" for that of the hardware too. */
export function isStackPointer({ stack, aliases }: Registers, name: string): boolean {
  return name === stack || name === "SP" || aliases.get(name) === stack;
}

/** Whether a call leaves its return address in this register, so that a jump there returns. */
export function isLinkRegister({ link, aliases }: Registers, name: string): boolean {
  return link !== undefined && (aliases.get(name) ?? name) === link;
}

/** Whether the register reads as zero whatever is written to it. */
export function isZeroRegister({ zero, aliases }: Registers, name: string): boolean {
  return zero !== undefined && (aliases.get(name) ?? name) === zero;
}
