/** WebAssembly. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

export const wasm: Architecture = {
  wordSize: 8,
  maxAlign: 8,
  bigEndian: false,
  stackRegister: "SP",
  linkRegister: undefined,
  zeroRegister: undefined,
  registerAliases: noMap,
  registerParts: noMap,
  callArea: 8,
  flow: flowTable([
    ["jump", "Br BrTable"],
    ["branch", "BrIf"],
    ["call", "Call CallIndirect CALLNORESUME"],
    ["return", "Return RETUNWIND"],
    ["stop", "Unreachable"],
  ]),
  isStructured: true,
  conditions: noNames,
  programCounter: undefined,
  callNamesLink: false,
  carryJumps: noNames,
  carryConditions: noNames,
  implicitWrites: noMap,
  hasWriteBack: false,
  rawMoves: [],
};
