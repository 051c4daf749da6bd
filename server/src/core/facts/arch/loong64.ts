/** The 64-bit LoongArch. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

export const loong64: Architecture = {
  wordSize: 8,
  maxAlign: 8,
  bigEndian: false,
  stackRegister: "R3",
  linkRegister: "R1",
  zeroRegister: "R0",
  registerAliases: noMap,
  registerParts: noMap,
  callArea: 8,
  flow: flowTable([
    ["jump", "JIRL"],
    ["branch", "BEQ BNE BFPF BFPT BGE BGEU BGEZ BGTZ BLEZ BLT BLTU BLTZ"],
    ["call", "JAL"],
    ["return", "RFE"],
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
