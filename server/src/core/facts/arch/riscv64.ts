/** The 64-bit RISC-V. It must not know operating systems. */
import type { Architecture } from "../architecture.ts";
import { flowTable } from "../controlFlow.ts";
import { noMap, noNames } from "./none.ts";

/** The names of its ABI for X0 to X31. */
const registers =
  "ZERO RA SP GP TP T0 T1 T2 S0 S1 A0 A1 A2 A3 A4 A5 A6 A7 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 T3 T4 T5 T6".split(
    " ",
  );

export const riscv64: Architecture = {
  wordSize: 8,
  maxAlign: 8,
  bigEndian: false,
  stackRegister: "SP",
  linkRegister: "RA",
  zeroRegister: "ZERO",
  registerAliases: new Map(registers.map((name, number) => [`X${number}`, name])),
  registerParts: noMap,
  callArea: 8,
  flow: flowTable([
    ["jump", "CJ CJR"],
    ["branch", "BEQ BEQZ BGE BGEU BGEZ BGT BGTU BGTZ BLE BLEU BLEZ BLT BLTU BLTZ BNE BNEZ CBEQZ CBNEZ"],
    ["call", "CJALR JAL JALR"],
    ["return", "DRET MRET SRET"],
    ["trap", "ECALL SCALL"],
  ]),
  isStructured: false,
  conditions: noNames,
  programCounter: undefined,
  callNamesLink: true,
  carryJumps: noNames,
  carryConditions: noNames,
  implicitWrites: noMap,
  hasWriteBack: false,
  rawMoves: [],
};
