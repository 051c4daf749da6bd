/** The 64-bit ARM. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

export const arm64: Architecture = {
  wordSize: 8,
  maxAlign: 8,
  bigEndian: false,
  stackRegister: "RSP",
  linkRegister: "R30",
  zeroRegister: "ZR",
  registerAliases: new Map([["LR", "R30"]]),
  registerParts: noMap,
  callArea: 8,
  flow: flowTable([
    ["jump", "B"],
    [
      "branch",
      "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE CBZ CBZW CBNZ CBNZW TBNZ TBZ",
    ],
    ["call", "BL"],
    ["return", "ERET DRPS"],
    ["trap", "SVC"],
  ]),
  isStructured: false,
  conditions: noNames,
  programCounter: undefined,
  callNamesLink: false,
  carryJumps: new Set("BCC BCS BHS BLO".split(" ")),
  carryConditions: noNames,
  implicitWrites: noMap,
  hasWriteBack: true,
  rawMoves: [],
};
