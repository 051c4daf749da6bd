/** IBM Z. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

export const s390x: Architecture = {
  wordSize: 8,
  maxAlign: 8,
  bigEndian: true,
  stackRegister: "R15",
  linkRegister: "R14",
  zeroRegister: undefined,
  registerAliases: new Map([["LR", "R14"]]),
  registerParts: noMap,
  callArea: 8,
  flow: flowTable([
    ["jump", "BR"],
    ["branch", "BC BRC BEQ BGE BGT BLE BLEU BLT BLTU BNE BVC BVS BRCT BRCTG"],
    ["branch", "CGIJ CGRJ CIJ CLGIJ CLGRJ CLIJ CLRJ CRJ"],
    ["branch", "CMPBEQ CMPBGE CMPBGT CMPBLE CMPBLT CMPBNE CMPUBEQ CMPUBGE CMPUBGT CMPUBLE CMPUBLT CMPUBNE"],
    ["call", "BL BCL"],
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
