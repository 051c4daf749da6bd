/** Expansion for one set of predefined macros, with the answers of the assembler's own preprocessor. */
import { describe, expect, test } from "vitest";
import type { AsmFile } from "../../../server/src/core/syntax/asm/ast.ts";
import { isTrivia } from "../../../server/src/core/syntax/asm/lexer.ts";
import { parseAsm } from "../../../server/src/core/syntax/asm/parser.ts";
import { expandAsm, mainSpan, placeOf } from "../../../server/src/core/syntax/asm/preprocess.ts";
import type { Expansion } from "../../../server/src/core/syntax/asm/preprocess.ts";

function expand(
  source: string,
  { predefined = [], headers = {} }: { predefined?: string[]; headers?: Record<string, string> } = {},
): Expansion {
  const files = new Map<string, AsmFile>();
  for (const [path, text] of Object.entries(headers)) files.set(path, parseAsm(text));
  return expandAsm(parseAsm(source), { predefined, include: (path) => files.get(path), maxWork: 100_000 });
}

/** The tokens the parser gets to see, joined by blanks. */
function tokens(expansion: Expansion): string {
  const { text, tokens } = expansion.file;
  const found: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    if (!isTrivia(tokens.kinds[i]!)) found.push(text.slice(tokens.starts[i], tokens.starts[i + 1]));
  }
  return found.join(" ");
}

function messages(source: string, headers: Record<string, string> = {}): string[] {
  return expand(source, { headers }).errors.map((error) => error.message);
}

describe("macros", () => {
  test.each([
    ["#define A 1234\nA\n", "1234 \n"],
    ["#define A\nA B\n", "B \n"],
    ["#define A() 1234\nA()\n", "1234 \n"],
    ["#define A () \nA\n", "( ) \n"],
    ["#define A (x) \nA\n", "( x ) \n"],
    ["#define A(x, y, z) x+z+y\nA(1, 2, 3)\n", "1 + 3 + 2 \n"],
    ["#define A(x) x\nA((1, 2))\n", "( 1 , 2 ) \n"],
    ["#define X() foo\nX()\nX\n", "foo \n X \n"],
    ["#define A 1\\\n\t2\\\n\t3\nA\n", "1 \n 2 \n 3 \n"],
    ["#define A \\\\ x\nA\n", "\\ x \n"],
    ["#define A B\n#define B 1\nA\n", "1 \n"],
    ["#define F(x) G(x)\n#define G(x) x+x\nF(1)\n", "1 + 1 \n"],
    ["#define F(g) g(1)\n#define G(x) x+x\nF(G)\n", "1 + 1 \n"],
    ["#define A #define B THIS\nA\nB\n", "THIS \n"],
    ["#define A #define B(x) x\nA\nB(THIS)\n", "THIS \n"],
    // An empty argument leaves the name of the parameter.
    ["#define F(x) x+1\nF()\n", "x + 1 \n"],
    ["#define A 1\n#undef A\nA\n", "A \n"],
    // A comment takes the backslash with it.
    ["#define A 1 // \\\nA\n", "1 \n"],
  ])("%j", (source, expected) => {
    const expansion = expand(source);
    expect(tokens(expansion)).toBe(expected);
    expect(expansion.errors).toEqual([]);
  });

  test("predefined macros mean 1, or what follows the equals sign", () => {
    expect(tokens(expand("GOOS_linux N\n", { predefined: ["GOOS_linux", "N=8*2"] }))).toBe("1 8 * 2 \n");
  });

  test("tokens that come together stay apart", () => {
    const { file } = expand("#define A a\n#define LT <\n\tB A/**/A LT/**/LT 1/**/A\n");
    expect(file.text).toBe("\tB a a < < 1 a\n");
  });
});

describe("conditions", () => {
  test.each([
    ["#define A\n#ifdef A\n1\n#else\n2\n#endif\n", "1 \n"],
    ["#ifdef A\n1\n#else\n2\n#endif\n", "2 \n"],
    ["#ifndef A\n1\n#else\n2\n#endif\n", "1 \n"],
    ["#ifdef A\n#ifndef B\n1\n#else\n2\n#endif\n#endif\n3\n", "3 \n"],
    ["#ifndef A\n#ifdef B\n1\n#else\n2\n#endif\n#endif\n", "2 \n"],
    ["#ifdef A\n#define X 1\n#else\n#define X 2\n#endif\nX\n", "2 \n"],
    ["#ifdef A\n#unknown\n#endif\n", ""],
  ])("%j", (source, expected) => {
    const expansion = expand(source);
    expect(tokens(expansion)).toBe(expected);
    expect(expansion.errors).toEqual([]);
  });

  test("one source, two targets", () => {
    const source = "#ifdef GOOS_linux\nTEXT a(SB), $0\n#else\nTEXT b(SB), $0\n#endif\n";
    expect(tokens(expand(source, { predefined: ["GOOS_linux"] }))).toBe("TEXT a ( SB ) , $ 0 \n");
    expect(tokens(expand(source, { predefined: ["GOOS_plan9"] }))).toBe("TEXT b ( SB ) , $ 0 \n");
  });
});

describe("includes", () => {
  test("macros and statements of an included file", () => {
    const headers = { "a.h": '#include "b.h"\nA\n', "b.h": "#define A 1\n" };
    expect(tokens(expand('#include "a.h"\nA+A\n', { headers }))).toBe("1 \n 1 + 1 \n");
  });

  test("a comment at the end of an included file does not go on behind it", () => {
    const { text } = expand('#include "a.h"\nA\n', { headers: { "a.h": "B // b" } }).file;
    expect(text).toBe("B A\n");
  });

  test("a file that is not there", () => {
    expect(messages('#include "a.h"\n')).toEqual(["cannot find a.h"]);
  });

  test("a file that includes itself", () => {
    expect(messages('#include "a.h"\n', { "a.h": '#include "a.h"\n' })).toEqual([
      "files or macros are nested too deeply",
    ]);
  });
});

describe("errors", () => {
  test.each([
    ["3 #define foo bar\n", ['"#" must come first on its line']],
    ["#ifdef foo\nhello", ["no #endif for this name"]],
    ["#ifdef foo\nhello\n#else\nbye", ["no #endif for this name"]],
    ["#else\n", ["#else without #ifdef"]],
    ["#endif\n", ["#endif without #ifdef"]],
    ["#define A a\n#define A a\n", ["redefinition of macro A"]],
    ["#define A a", ["no newline behind macro A"]],
    ["#define A", []],
    ["#undef A\n", ["#undef of undefined macro A"]],
    ["#define F(x) x\nF(1, 2)\n", ["macro F takes 1 arguments, not 2"]],
    ["#define F(x) x\nF(1\n", ["arguments of macro F do not end"]],
    ["#define A() A()\nA()\n", ["recursive macro invocation"]],
    ["#define A A\nA\n", ["recursive macro invocation"]],
    ["#define F(a,,b)\n", ["malformed parameters of macro F"]],
    ["#if X\n", ["unknown directive #if"]],
    // Macros expand in parts that are left out, too.
    ["#define F(x) x\n#ifdef A\nF(1, 2)\n#endif\n", ["macro F takes 1 arguments, not 2"]],
  ])("%j", (source, expected) => {
    expect(messages(source)).toEqual(expected);
  });

  test("an expansion that doubles and doubles is given up", () => {
    let source = "#define A0 x\n";
    for (let i = 1; i < 60; i++) source += `#define A${i} A${i - 1} A${i - 1}\n`;
    expect(messages(`${source}A59\n`)).toEqual(["expansion is too large"]);
  });

  test("an argument that doubles and doubles is given up", () => {
    const depth = 40;
    const source = `#define D(x) x x x x\n${"D(".repeat(depth)}y${")".repeat(depth)}\n`;
    expect(messages(source)).toContain("expansion is too large");
  });
});

describe("origins", () => {
  const source = '#include "a.h"\n#define LOAD(x) MOVQ x, AX\n\tLOAD(8(SP)); RET\n';
  const expansion = expand(source, { headers: { "a.h": "#define UNUSED\nTEXT f(SB), $0\n" } });
  const { file } = expansion;

  test("the expanded text parses like any other", () => {
    expect(file.errors).toEqual([]);
    expect(file.statements.map((statement) => statement.kind)).toEqual([
      "text",
      "instruction",
      "instruction",
    ]);
  });

  test("a statement of a macro comes from the use of the macro", () => {
    const span = mainSpan(expansion, file.statements[1]!);
    expect(source.slice(span.start, span.end)).toBe("LOAD(8(SP))");
  });

  test("a statement of an included file comes from the #include line", () => {
    const span = mainSpan(expansion, file.statements[0]!);
    expect(source.slice(span.start, span.end)).toBe('"a.h"');
  });

  test("a statement of the file itself is where it is", () => {
    const span = mainSpan(expansion, file.statements[2]!);
    expect(source.slice(span.start, span.end)).toBe("RET");
  });

  test.each([
    ["MOVQ", 0, "MOVQ"],
    ["SP", 0, "SP"],
    ["TEXT", 1, "TEXT"],
  ])("the token %s stands in source %i", (word, source, expected) => {
    const place = placeOf(expansion, file.text.indexOf(word));
    expect(place.source).toBe(source);
    expect(expansion.sources[source]!.text.slice(place.start, place.end)).toBe(expected);
  });
});
