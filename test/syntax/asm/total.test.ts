/** Any text at all: nothing is lost, nothing throws, spans nest, and no input blows up. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AsmFile } from "../../../server/src/core/syntax/asm/ast.ts";
import type { AsmTokens } from "../../../server/src/core/syntax/asm/lexer.ts";
import { lexAsm } from "../../../server/src/core/syntax/asm/lexer.ts";
import { parseAsm } from "../../../server/src/core/syntax/asm/parser.ts";
import { expandAsm } from "../../../server/src/core/syntax/asm/preprocess.ts";

const sample = `#include "textflag.h"
#define ADD2(x, y) \\
	ADDQ x, y; \\
	ADDQ $(1<<3), y
#ifdef GOOS_linux
#define SYS 0x2000000+1
#else
#define SYS 1
#endif
// func f(a, b int64) int64
TEXT runtime∕internal·f<ABIInternal>(SB), NOSPLIT|NOFRAME, $16-24 /* frame */
	MOVQ a+0(FP), AX; LOCK; XADDL AX, -8(BX)(CX*4)
loop:	ADD2(AX, b-8(SP))
	MOVM.IA.W [R0-R3,R5], (R13)
	VADD V0.B16, V1.S[2], R1->R2
	SHLQ $1, AX:DX
	JMP 2(PC)
	NO_LOCAL_POINTERS
	PCDATA $0, $-1
	RET
DATA t<>+8(SB)/8, $"go\\n"
DATA t<>+16(SB)/8, $-1.5e3
GLOBL t<>(SB), RODATA, $(SYS)
`;

const pieces = sample.match(/\s+|\w+|[^\s\w]/g)!;

/** Random text, random pieces of a real-looking source, and that source with parts cut out. */
const source = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)), maxLength: 50 }),
  fc
    .array(fc.constantFrom(...pieces, "#", "\\", "'", '"', "/*", "("), { maxLength: 200 })
    .map((parts) => parts.join("")),
  fc
    .array(fc.tuple(fc.nat(sample.length), fc.nat(20)), { maxLength: 5 })
    .map((cuts) => cuts.reduce((text, [at, length]) => text.slice(0, at) + text.slice(at + length), sample)),
);

function joined(text: string, tokens: AsmTokens): string {
  let all = "";
  for (let i = 0; i < tokens.count; i++) all += text.slice(tokens.starts[i], tokens.starts[i + 1]);
  return all;
}

/** Every object with a span lies in the one around it. */
function expectNested(value: unknown, start: number, end: number): void {
  if (typeof value !== "object" || value === null) return;
  if (
    "start" in value &&
    "end" in value &&
    typeof value.start === "number" &&
    typeof value.end === "number"
  ) {
    if (value.start < start || value.end > end || value.end < value.start) {
      throw new Error(`${value.start}-${value.end} does not lie in ${start}-${end}`);
    }
    start = value.start;
    end = value.end;
  }
  for (const part of Object.values(value)) expectNested(part, start, end);
}

function expectSound(file: AsmFile): void {
  expect(joined(file.text, file.tokens)).toBe(file.text);
  let last = 0;
  for (const statement of file.statements) {
    expectNested(statement, last, file.text.length);
    last = statement.end;
  }
  for (const error of file.errors) expectNested(error, 0, file.text.length);
}

describe("any text", { timeout: 60_000 }, () => {
  test("has tokens that concatenate to it, none empty", () => {
    fc.assert(
      fc.property(source, (text) => {
        const { tokens } = lexAsm(text);
        expect(joined(text, tokens)).toBe(text);
        for (let i = 0; i < tokens.count; i++)
          expect(tokens.starts[i + 1]).toBeGreaterThan(tokens.starts[i]!);
      }),
      { numRuns: 1000 },
    );
  });

  test("parses, with spans inside spans", () => {
    fc.assert(
      fc.property(source, (text) => expectSound(parseAsm(text))),
      { numRuns: 1000 },
    );
  });

  test("expands, to tokens that concatenate to the expanded text", () => {
    fc.assert(
      fc.property(source, (text) => {
        const main = parseAsm(text);
        const options = { predefined: ["GOOS_linux"], include: () => main, maxWork: 2000 };
        const { file } = expandAsm(main, options);
        expectSound(file);
      }),
      { numRuns: 500 },
    );
  });

  test("the sample itself has no error", () => {
    expect(parseAsm(sample).errors).toEqual([]);
  });
});

describe("128 kB of", { timeout: 60_000 }, () => {
  const size = 1 << 17;
  test.each([
    "(",
    ")",
    "[",
    "$(",
    "-",
    "~",
    "1+",
    "1<<",
    "1>>",
    "R1.",
    "a,",
    "a:",
    "\\",
    "#",
    "'",
    '"',
    "/*",
    "/",
    ".",
    "<",
    "F(",
    "F(a,",
    "a b\n",
    "TEXT ",
    "TEXT a(SB), ",
    "DATA ",
    "#define ",
    "#define A(",
    "#define A A\n",
    "#ifdef A\n",
    "#else\n",
    "A(\n",
    "·",
    "\ud800",
    "0",
    "9",
    "0x",
    "1_",
    "_",
    "\n",
    ";",
    "\0",
    "[R1,",
    "(R1)",
    "x<",
    "x+8",
    "a.b",
    "$F(1)+",
    "#define F(x) x\nF(F(",
    '#include "a"\n',
  ])("%j ends", (piece) => {
    const text = piece.repeat(size / piece.length);
    const file = parseAsm(text);
    expect(file.tokens.starts[file.tokens.count]).toBe(text.length);
    expandAsm(file, { predefined: [], include: () => file });
  });

  test("operands that turn out to be bad only at their end", () => {
    const operand = `${"(".repeat(50)}x+8(SP`;
    parseAsm(`\tOP ${`${operand}, `.repeat(size / operand.length)}`);
  });
});
