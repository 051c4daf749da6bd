/** What the lexer takes for a token: text/scanner as the assembler sets it up. */
import { describe, expect, test } from "vitest";
import { isTrivia, Kind, lexAsm } from "../../../server/src/core/syntax/asm/lexer.ts";

/** Tokens without trivia, as texts. */
function texts(source: string): string[] {
  const { tokens } = lexAsm(source);
  const found: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    if (!isTrivia(tokens.kinds[i]!)) found.push(source.slice(tokens.starts[i], tokens.starts[i + 1]));
  }
  return found;
}

function kindsOf(source: string): number[] {
  return [...lexAsm(source).tokens.kinds].filter((kind) => !isTrivia(kind));
}

function messages(source: string): string[] {
  return lexAsm(source).errors.map((error) => error.message);
}

describe("tokens", () => {
  test.each([
    ["MOVQ\tAX, BX", ["MOVQ", "AX", ",", "BX"]],
    ["runtime·exit(SB)", ["runtime·exit", "(", "SB", ")"]],
    ["runtime∕internal∕atomic·Load", ["runtime∕internal∕atomic·Load"]],
    ["_größe2 世界", ["_größe2", "世界"]],
    ["x9 9x", ["x9", "9", "x"]],
    ["R1<<2 R1>>2 R1->2 R1@>2", ["R1", "<<", "2", "R1", ">>", "2", "R1", "->", "2", "R1", "@>", "2"]],
    ["a<>+8", ["a", "<", ">", "+", "8"]],
    ["0x1F 0b10 0o17 017 1_000", ["0x1F", "0b10", "0o17", "017", "1_000"]],
    ["V0.B16 1.5 .5 1e-5 0x1p4", ["V0", ".", "B16", "1.5", ".5", "1e-5", "0x1p4"]],
    ["\"a\\\"b\" 'x' '\\n'", ['"a\\"b"', "'x'", "'\\n'"]],
    ["a // b\nc", ["a", "\n", "c"]],
    ["a /* b\n c */ d", ["a", "d"]],
    ["`a`", ["`", "a", "`"]],
    ["a \\\nb", ["a", "\\", "\n", "b"]],
    ["\ufeffTEXT", ["TEXT"]],
    ["a\r\nb", ["a", "\n", "b"]],
  ])("%j", (source, expected) => {
    expect(texts(source)).toEqual(expected);
    expect(messages(source)).toEqual([]);
  });

  test("a float is told from an integer", () => {
    expect(kindsOf("1 1.0 1e3 0x1p1")).toEqual([Kind.Int, Kind.Float, Kind.Float, Kind.Float]);
  });

  test("a space the assembler does not know is a character", () => {
    expect(texts("a\fb\vc")).toEqual(["a", "\f", "b", "\v", "c"]);
  });

  test("the middle dot and the division slash start a name", () => {
    expect(kindsOf("·f ∕g")).toEqual([Kind.Ident, Kind.Ident]);
  });
});

describe("errors", () => {
  test.each([
    ['"abc', ["literal not terminated"]],
    ['"abc\nRET', ["literal not terminated"]],
    ["'a", ["literal not terminated"]],
    ["''", ["invalid character literal"]],
    ["'ab'", ["invalid character literal"]],
    ['"\\z"', ["invalid escape in literal"]],
    ['"\\x4"', ["invalid escape in literal"]],
    ["/* abc", ["comment not terminated"]],
    ["/*/", ["comment not terminated"]],
    ["0x", ["number has no digits"]],
    ["089", ["invalid digit in number"]],
    ["0b12", ["invalid digit in number"]],
    ["1e", ["exponent has no digits"]],
    ["1__0", ["'_' must separate successive digits"]],
    ["0x1.8", ["hexadecimal float requires a 'p' exponent"]],
    ["\0", ["invalid character NUL"]],
  ])("%j", (source, expected) => {
    expect(messages(source)).toEqual(expected);
  });

  test("089.5 and 0x_1 are numbers like any other", () => {
    expect(messages("089.5 0x_1 0_7")).toEqual([]);
  });
});
