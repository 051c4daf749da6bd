/** What the four kinds of MIPS have in common. It must not know sizes. */
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

export const mipsFamily = {
  stackRegister: "R29",
  linkRegister: "R31",
  zeroRegister: "R0",
  registerAliases: noMap,
  registerParts: noMap,
  flow: flowTable([
    ["branch", "BEQ BNE BFPF BFPT BGEZ BGTZ BLEZ BLTZ"],
    ["call", "BGEZAL BLTZAL JAL"],
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
} as const;
