/**
 * The names in the expressions of a statement: in a tree of expanded code, what is left
 * of them is what no macro gave a meaning to. It must not know what any of them means.
 */
import type { Span } from "../../base/span.ts";
import type { Expr, Operand, RegisterRef, Statement, SymbolRef } from "./ast.ts";

/** A name where an expression wants a number. */
export interface ExprName extends Span {
  readonly name: string;
  /**
   * "offset" of a register: `m_id(R1)`. "maybe" where the name may also be something else: a register or a label
   * as a whole operand, a symbol before `(SP)`.
   */
  readonly place: "offset" | "number" | "maybe";
}

/** The names in a statement, its own macro or label name aside. */
export function exprNames(statement: Statement): ExprName[] {
  const found: ExprName[] = [];
  switch (statement.kind) {
    case "text":
      addExpr(found, statement.frame?.size, "number");
      addExpr(found, statement.frame?.args, "number");
      break;
    case "globl":
      addOperands(found, statement.size ? [statement.size] : []);
      break;
    case "data":
      addSymbol(found, statement.symbol);
      addExpr(found, statement.width, "number");
      addOperands(found, statement.value ? [statement.value] : []);
      break;
    case "funcdata":
    case "pcdata":
    case "pcalign":
    case "instruction":
    case "macroUse":
      addOperands(found, statement.operands);
      break;
    default:
      break;
  }
  return found;
}

/** Not deeper than expressions nest: the parser bounds that. */
function addExpr(found: ExprName[], expr: Expr | undefined, place: ExprName["place"]): void {
  switch (expr?.kind) {
    case "name":
      found.push({ name: expr.name, start: expr.start, end: expr.end, place });
      break;
    case "unary":
      addExpr(found, expr.operand, place);
      break;
    case "paren":
      addExpr(found, expr.inner, place);
      break;
    case "binary":
      addExpr(found, expr.left, place);
      addExpr(found, expr.right, place);
      break;
    default:
      break;
  }
}

function addOperands(found: ExprName[], operands: readonly Operand[]): void {
  for (const operand of operands) {
    switch (operand.kind) {
      case "name":
        found.push({ name: operand.name, start: operand.start, end: operand.end, place: "maybe" });
        break;
      case "immediate":
        addExpr(found, operand.value, "number");
        break;
      case "memory":
        addExpr(found, operand.offset, operand.base || operand.index ? "offset" : "number");
        addExpr(found, operand.scale, "number");
        addRegister(found, operand.base);
        addRegister(found, operand.index);
        break;
      case "symbol":
        addSymbol(found, operand.symbol);
        addExpr(found, operand.scale, "number");
        break;
      case "colonPair":
        addOperands(found, [operand.first, operand.second]);
        break;
      default:
        break;
    }
  }
}

/** `f(SP)` is a symbol unless f is the name of a number, which a tree does not know. */
function addSymbol(found: ExprName[], symbol: SymbolRef | undefined): void {
  if (!symbol) return;
  if (symbol.base === "SP" && !symbol.isStatic)
    found.push({ name: symbol.name, ...symbol.nameSpan, place: "maybe" });
  addExpr(found, symbol.offset, "number");
}

function addRegister(found: ExprName[], register: RegisterRef | undefined): void {
  addExpr(found, register?.number, "number");
}
