/** The 32-bit ARM. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap } from "./none.ts";

export const arm: Architecture = {
  wordSize: 4,
  maxAlign: 4,
  bigEndian: false,
  stackRegister: "R13",
  linkRegister: "R14",
  zeroRegister: undefined,
  registerAliases: noMap,
  registerParts: noMap,
  callArea: 4,
  flow: flowTable([
    ["jump", "B BX BXRET"],
    ["branch", "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE"],
    ["call", "BL"],
    ["return", "RFE"],
    ["trap", "SWI"],
  ]),
  isStructured: false,
  conditions: new Set("EQ NE CS HS CC LO MI PL VS VC HI LS GE LT GT LE".split(" ")),
  programCounter: "R15",
  callNamesLink: false,
  carryJumps: new Set("BCC BCS BHS BLO".split(" ")),
  carryConditions: new Set("CS CC HS LO".split(" ")),
  implicitWrites: noMap,
  hasWriteBack: true,
  rawMoves: [],
};
