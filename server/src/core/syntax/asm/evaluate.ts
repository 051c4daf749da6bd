/**
 * Computes constant expressions as cmd/asm/internal/asm/parse.go does: in unsigned
 * 64-bit arithmetic that wraps, the result read as signed. It must not know where
 * the values of names come from.
 */
import type { BinaryExpr, Expr } from "./ast.ts";

/** The value of a name in an expression, undefined where it has none. */
export type NameValue = (name: string) => bigint | undefined;

/**
 * The signed 64-bit value of `expr`; undefined where it is no integer, a name in
 * it has no value, or the assembler would refuse to compute it.
 */
export function evaluate(expr: Expr, valueOf: NameValue): bigint | undefined {
  const value = unsigned(expr, valueOf);
  return value === undefined ? undefined : BigInt.asIntN(64, value);
}

function unsigned(expr: Expr, valueOf: NameValue): bigint | undefined {
  switch (expr.kind) {
    case "int":
      return expr.value === undefined ? undefined : BigInt(expr.value);
    case "name": {
      const value = valueOf(expr.name);
      return value === undefined ? undefined : BigInt.asUintN(64, value);
    }
    case "paren":
      return unsigned(expr.inner, valueOf);
    case "unary": {
      const value = unsigned(expr.operand, valueOf);
      if (value === undefined || expr.op === "+") return value;
      return BigInt.asUintN(64, expr.op === "-" ? -value : ~value);
    }
    case "binary":
      return binary(expr, valueOf);
    case "float":
    case "string":
    case "call":
    case "bad":
      return undefined;
  }
}

function binary(expr: BinaryExpr, valueOf: NameValue): bigint | undefined {
  const left = unsigned(expr.left, valueOf);
  const right = unsigned(expr.right, valueOf);
  if (left === undefined || right === undefined) return undefined;
  switch (expr.op) {
    case "+":
      return BigInt.asUintN(64, left + right);
    case "-":
      return BigInt.asUintN(64, left - right);
    case "*":
      return BigInt.asUintN(64, left * right);
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "&":
      return left & right;
    // The assembler rejects operands of these that a signed reading would find negative.
    case "/":
      return isNegative(left) || right === 0n ? undefined : left / right;
    case "%":
      return isNegative(left) || right === 0n ? undefined : left % right;
    case "<<":
      if (isNegative(right)) return undefined;
      return right >= 64n ? 0n : BigInt.asUintN(64, left << right);
    case ">>":
      if (isNegative(right) || isNegative(left)) return undefined;
      return right >= 64n ? 0n : left >> right;
  }
}

function isNegative(value: bigint): boolean {
  return BigInt.asIntN(64, value) < 0n;
}
