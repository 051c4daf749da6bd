/** The symbols that a statement names, in the order of the text. It must not know what a symbol is for. */
import type { Operand, Statement, SymbolRef } from "./ast.ts";

export function symbolRefs(statement: Statement): readonly SymbolRef[] {
  switch (statement.kind) {
    case "text":
      return statement.symbol ? [statement.symbol] : none;
    case "globl":
      return [...(statement.symbol ? [statement.symbol] : none), ...inOperand(statement.size)];
    case "data":
      return [...(statement.symbol ? [statement.symbol] : none), ...inOperand(statement.value)];
    case "funcdata":
    case "pcdata":
    case "pcalign":
    case "instruction":
    case "macroUse":
      return statement.operands.flatMap(inOperand);
    default:
      return none;
  }
}

const none: readonly never[] = [];

function inOperand(operand: Operand | undefined): readonly SymbolRef[] {
  if (operand?.kind === "symbol") return [operand.symbol];
  if (operand?.kind === "colonPair") return [...inOperand(operand.first), ...inOperand(operand.second)];
  return none;
}
