import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lexAsm } from "../../../server/src/core/syntax/asm/lexer.ts";
import { outlineAsm, outlineTokens } from "../../../server/src/core/syntax/asm/outline.ts";

function heads(text: string): string[] {
  return outlineAsm(text).texts.map(
    ({ name, isStatic, abi, isDupOk, span }) =>
      `${name} ${text.slice(span.start, span.end)}${isStatic ? " static" : ""} ${abi ?? "-"}${isDupOk ? " dupok" : ""}`,
  );
}

test("a TEXT with its symbol, in every form", () => {
  expect(heads("TEXT ·f(SB), 4, $0\nTEXT runtime·g<>(SB),NOSPLIT,$0\n")).toEqual([
    "·f ·f -",
    "runtime·g runtime·g<> static -",
  ]);
  expect(heads("TEXT a∕b·f<ABIInternal>(SB), DUPOK|NOSPLIT, $0")).toEqual([
    "a∕b·f a∕b·f<ABIInternal> ABIInternal dupok",
  ]);
  expect(heads("TEXT ·f(SB), $6, $0; RET; TEXT ·g(SB), 4, $0")).toEqual(["·f ·f - dupok", "·g ·g -"]);
});

test("nothing in comments and strings counts", () => {
  const text = '// TEXT ·a(SB), 0, $0\n/* TEXT ·b(SB), 0, $0\n*/ MOVQ $"TEXT ·c(SB), 0, $0", AX\n';
  expect(heads(text)).toEqual([]);
  expect([...outlineAsm(text).mentions]).toEqual(["MOVQ", "AX"]);
});

function isConditional(text: string): boolean {
  return outlineAsm(text).isConditional;
}

test("what depends on the preprocessor is said to", () => {
  expect(isConditional("#ifdef A\nMOVQ AX, BX\n#endif\nTEXT ·f(SB), 0, $0\n")).toBe(false);
  expect(isConditional("#ifdef A\nTEXT ·f(SB), 0, $0\n#endif\n")).toBe(true);
  expect(isConditional("#define F(NAME) \\\n\tTEXT NAME(SB), 0, $0\nF(·f)\n")).toBe(true);
  expect(isConditional("#define NAME ·f\nTEXT NAME(SB), 0, $0\n")).toBe(true);
  expect(isConditional("TEXT ·f+0(SB), 0, $0\n")).toBe(true);
});

test("mentions are names outside TEXT, in macros too; tests, includes and definitions are listed", () => {
  const text = '#include "a.h"\n#ifndef B\n#define CALLS CALL ·g(SB)\n#endif\nTEXT ·f(SB), 0, $0\n\tCALLS\n';
  const { mentions, tested, includes, defines } = outlineAsm(text);
  expect([...mentions]).toEqual(["CALL", "·g", "SB", "CALLS"]);
  expect({ tested, includes, defines: [...defines] }).toEqual({
    tested: ["B"],
    includes: ["a.h"],
    defines: ["CALLS"],
  });
});

const fragments = [
  "TEXT ",
  "TEXT",
  "·f",
  "(SB)",
  ", ",
  ";",
  "\n",
  "#ifdef X",
  "#endif",
  "#define M ",
  '#include "h.h"',
  "\\\n",
  "\\",
  "/*",
  "*/",
  "//",
  '"',
  "'",
  "<>",
  "0",
  "x",
  "é",
  "—",
  "\uFEFF",
  "\r",
];

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join("")),
);

test("any text has an outline, with spans that show what they claim", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { name, span } of outlineAsm(text).texts)
        expect(text.slice(span.start, span.end).startsWith(name)).toBe(true);
    }),
  );
});

test("the landmarks of a text tell what its tokens tell", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect({ ...outlineAsm(text) }).toEqual(outlineTokens(text, lexAsm(text).tokens));
    }),
    { numRuns: 3000 },
  );
});
