/** The 64-bit POWER, high bytes first. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

export const ppc64: Architecture = {
  wordSize: 8,
  maxAlign: 8,
  bigEndian: true,
  stackRegister: "R1",
  linkRegister: "LR",
  zeroRegister: undefined,
  registerAliases: noMap,
  registerParts: noMap,
  // The linkage area of its ABI.
  callArea: 32,
  flow: flowTable([
    ["jump", "BR"],
    // BC jumps under a condition that its first operand may make "always".
    ["branch", "BC BEQ BGE BGT BLE BLT BNE BVC BVS BDNZ BDZ"],
    ["call", "BL BCL"],
    ["return", "RFCI RFI RFID"],
    ["trap", "SYSCALL"],
  ]),
  isStructured: false,
  conditions: noNames,
  programCounter: undefined,
  callNamesLink: false,
  carryJumps: noNames,
  carryConditions: noNames,
  implicitWrites: noMap,
  hasWriteBack: false,
  rawMoves: [],
};
