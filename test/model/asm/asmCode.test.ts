/** Code as each set of targets assembles it, and where in the file, a macro or a header it is written. */
import { expect, test } from "vitest";
import { buildContext, parseTarget, TargetSet } from "../../../server/src/core/index.ts";
import { type AsmCode, asmCodes } from "../../../server/src/core/model/asm/asmCode.ts";
import { createAsmText } from "../../../server/src/core/model/asm/asmUnit.ts";

const targets = ["linux/amd64", "linux/arm64", "windows/amd64"].map((name) => parseTarget(name)!);

function read(text: string, headers: Readonly<Record<string, string>> = {}): readonly AsmCode[] {
  const included = new Map(Object.entries(headers).map(([path, text]) => [path, createAsmText(text)]));
  const config = { targets, context: buildContext(27) };
  return asmCodes(createAsmText(text), TargetSet.all(targets.length), config, (path) => included.get(path));
}

/** What stands at each place that a part of the code comes from. */
function origins(code: AsmCode, part: string, text: string, headers: Readonly<Record<string, string>> = {}) {
  const start = code.text.indexOf(part);
  const { span, origin } = code.written({ start, end: start + part.length });
  const source = origin?.include === undefined ? text : headers[origin.include]!;
  return {
    written: text.slice(span.start, span.end),
    macro: origin?.macro,
    include: origin?.include,
    origin: origin && source.slice(origin.span.start, origin.span.end),
  };
}

test("a file without preprocessor lines is its own code, everywhere", () => {
  const text = "TEXT ·f(SB), 4, $0\n\tMOVQ AX, BX // copy\n\tRET\nTEXT ·g<>(SB), 4, $0\n\tRET\n";
  const [code, ...others] = read(text);
  expect(others).toEqual([]);
  expect([...code!.targets]).toEqual([0, 1, 2]);
  expect(code!.text).toBe(text);
  expect(code!.functions.map(({ name, statements }) => [name, statements.length])).toEqual([
    ["·f", 2],
    ["·g", 1],
  ]);
  expect(origins(code!, "MOVQ AX, BX", text)).toEqual({
    written: "MOVQ AX, BX",
    macro: undefined,
    include: undefined,
    origin: undefined,
  });
});

const mnemonics = ({ functions }: AsmCode): readonly string[] =>
  functions[0]!.statements.map((statement) => (statement.kind === "instruction" ? statement.name : "?"));

test("targets on which the same macros hold share their code", () => {
  const text = "TEXT ·f(SB), 4, $0\n#ifdef GOOS_windows\n\tHLT\n#else\n\tNOP\n#endif\n\tRET\n";
  const codes = read(text);
  expect(codes.map((code) => [[...code.targets], mnemonics(code)])).toEqual([
    [
      [0, 1],
      ["NOP", "RET"],
    ],
    [[2], ["HLT", "RET"]],
  ]);
});

test("code of a macro is written at its use and comes from its body", () => {
  const text = "#define LOAD(r) \\\n\tMOVQ $1, r; \\\n\tMOVQ $2, r\nTEXT ·f(SB), 4, $0\n\tLOAD(AX)\n\tRET\n";
  const [code] = read(text);
  expect(code!.functions[0]!.statements).toHaveLength(3);
  expect(origins(code!, "$2", text)).toEqual({
    written: "LOAD(AX)",
    macro: "LOAD",
    include: undefined,
    origin: "$2",
  });
  // An argument of the use is written right there.
  expect(origins(code!, "AX", text)).toMatchObject({ written: "LOAD(AX)", macro: "LOAD", origin: "AX" });
  expect(origins(code!, "RET", text)).toMatchObject({ written: "RET", origin: undefined });
});

test("a macro inside a macro is named, the outer use is where it is written", () => {
  const text = "#define ONE $1\n#define SET(r) MOVQ ONE, r\nTEXT ·f(SB), 4, $0\n\tSET(CX)\n\tRET\n";
  const [code] = read(text);
  expect(origins(code!, "$1", text)).toMatchObject({ written: "SET(CX)", macro: "ONE", origin: "$1" });
  expect(origins(code!, "MOVQ", text)).toMatchObject({ written: "SET(CX)", macro: "SET", origin: "MOVQ" });
});

test("code of an included file is written at its #include line, of its macros at their uses", () => {
  const headers = {
    "body.h": "\tNOP\n",
    "macros.h": '#include "more.h"\n#define STOP MORE\n',
    "more.h": "#define MORE HLT\n",
  };
  const text = '#include "macros.h"\nTEXT ·f(SB), 4, $0\n#include "body.h"\n\tSTOP\n\tRET\n';
  const [code] = read(text, headers);
  expect(code!.isComplete).toBe(true);
  expect(origins(code!, "NOP", text, headers)).toEqual({
    written: '"body.h"',
    macro: undefined,
    include: "body.h",
    origin: "NOP",
  });
  expect(origins(code!, "HLT", text, headers)).toEqual({
    written: "STOP",
    macro: "MORE",
    include: "more.h",
    origin: "HLT",
  });
});

test("what the target predefines stands nowhere", () => {
  const text = "#ifdef GOOS_linux\n#endif\nTEXT ·f(SB), 4, $0\n\tMOVQ $GOOS_linux, AX\n";
  const [code] = read(text);
  expect(code!.text).toContain("$1, AX");
  expect(origins(code!, "1", text)).toMatchObject({ written: "GOOS_linux", origin: undefined });
});

test("headers that everyone includes are left out; others must be there for the code to be complete", () => {
  const text = '#include "textflag.h"\nTEXT ·f(SB), NOSPLIT, $0\n\tRET\n';
  expect(read(text).map(({ isComplete }) => isComplete)).toEqual([true]);
  expect(read(`#define A B\n${text}`).map(({ isComplete }) => isComplete)).toEqual([true]);
  expect(read(`#include "gone.h"\n${text}`).map(({ isComplete }) => isComplete)).toEqual([false]);
  expect(read(`#define A(\n${text}`).map(({ isComplete }) => isComplete)).toEqual([false]);
});
