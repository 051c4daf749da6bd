/** Constant expressions, with the values the assembler gives them. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../../server/src/core/syntax/asm/evaluate.ts";
import { parseAsm } from "../../../server/src/core/syntax/asm/parser.ts";

function valueOf(expression: string, names: Readonly<Record<string, bigint>> = {}): bigint | undefined {
  const file = parseAsm(`\tWORD $(${expression})\n`);
  expect(file.errors).toEqual([]);
  const statement = file.statements[0];
  if (statement?.kind !== "instruction") throw new Error("no instruction");
  const operand = statement.operands[0];
  if (operand?.kind !== "immediate") throw new Error(`a ${operand?.kind} operand`);
  return evaluate(operand.value, (name) => names[name]);
}

describe("values", () => {
  test.each([
    ["1+2*3", 7n],
    ["(1+2)*3", 9n],
    ["0x2000000+1", 0x2000001n],
    ["017 + 0b11 + 0o7", 25n],
    ["'a'", 97n],
    ["'\\n'", 10n],
    ["'·'", 0xb7n],
    ["-8", -8n],
    ["~0", -1n],
    ["1<<63", -(1n << 63n)],
    ["0xffffffffffffffff", -1n],
    ["0x7fffffffffffffff+1", -(1n << 63n)],
    ["1<<64", 0n],
    // Go's precedence, not C's: `&` binds like `*`, and `|` and `^` like `+`.
    ["1|2&2", 3n],
    ["6^2+1", 5n],
    ["7/2", 3n],
    ["7%4", 3n],
    // All that follows `>>` in a term is the count.
    ["64>>1*2", 16n],
    ["1_000", 1000n],
  ])("%s", (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  test("a name has the value it is given", () => {
    expect(valueOf("FRAME+8", { FRAME: -16n })).toBe(-8n);
  });

  test.each(["1/0", "1%0", "-1/2", "-1%2", "-1>>1", "1<<-1", "NAME", "1.5"])(
    "%s has no value",
    (expression) => {
      expect(valueOf(expression)).toBeUndefined();
    },
  );
});
