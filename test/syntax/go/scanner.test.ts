import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Scanner } from "../../../server/src/core/syntax/go/scanner.ts";
import { brokenGo } from "../../support/goSamples.ts";

/** Tokens as written, those named by kind as kind and text, an inserted semicolon as "\n". */
function tokens(text: string): string[] {
  const out: string[] = [];
  for (const scanner = new Scanner(text); scanner.tok !== "EOF"; scanner.next()) {
    const { tok, literal } = scanner;
    if (tok === ";" && literal !== ";") out.push("\n");
    else out.push(tok === literal ? tok : `${tok} ${literal}`);
  }
  return out;
}

describe("tokens", () => {
  test.each([
    ["a_1 é世 func funcs", ["ident a_1", "ident é世", "func", "ident funcs", "\n"]],
    [
      "1 0x_Fp-2 1e+3 .5 1. 3i 0b1",
      ["int 1", "float 0x_Fp-2", "float 1e+3", "float .5", "float 1.", "imaginary 3i", "int 0b1", "\n"],
    ],
    ["0xe+1", ["int 0xe", "+", "int 1", "\n"]],
    [`"a\\"b" 'c' '\\'' \`d\n"\``, [`string "a\\"b"`, "rune 'c'", "rune '\\''", 'string `d\n"`', "\n"]],
    ["a&^=b<<-c...", ["ident a", "&^=", "ident b", "<<", "-", "ident c", "..."]],
    ["<-chan", ["<-", "chan"]],
    ["\0 ?", ["illegal \0", "illegal ?"]],
  ])("%j", (text, expected) => expect(tokens(text)).toEqual(expected));

  test.each([
    ["a\nb", ["ident a", "\n", "ident b", "\n"]],
    ["a,\nb;", ["ident a", ",", "ident b", ";"]],
    ["a // b\nc", ["ident a", "\n", "ident c", "\n"]],
    ["a /* b */ c", ["ident a", "ident c", "\n"]],
    ["a /* b\n */ c", ["ident a", "\n", "ident c", "\n"]],
    ["return\nif\n)\n++\n+\n", ["return", "\n", "if", ")", "\n", "++", "\n", "+"]],
  ])("semicolons of %j", (text, expected) => {
    expect(tokens(text).map((token) => token.replace(/^\n.*/s, "\n"))).toEqual(
      expected.map((token) => token.replace(/^\n.*/s, "\n")),
    );
  });
});

test("any text: tokens lie in order and in bounds", () => {
  fc.assert(
    fc.property(brokenGo, (text) => {
      let last = 0;
      for (const scanner = new Scanner(text); scanner.tok !== "EOF"; scanner.next()) {
        expect(scanner.start).toBeGreaterThanOrEqual(last);
        expect(scanner.end).toBeGreaterThanOrEqual(scanner.start);
        last = scanner.end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
  );
});
