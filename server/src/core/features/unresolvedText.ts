/** Why a system call of assembly has no name, in words. It must not know how it was looked for. */
import type { FoundTrap } from "../runtime/packageTraps.ts";

/** Why a trap has no name. */
export function unresolvedText({ trap: { number, isOwnGate } }: FoundTrap): string {
  if (!isOwnGate) return "not how this target enters its kernel";
  switch (number.kind) {
    case "constant":
      return "no such call";
    case "argument":
      return `the number is an argument${number.name === "" ? "" : `: ${number.name}`}`;
    case "entry":
      return "the caller leaves the number in its register";
    case "varies":
      return "the number depends on the way taken";
    default:
      return "the number cannot be followed";
  }
}
