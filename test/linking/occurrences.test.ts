import * as fc from "fast-check";
import { expect, test } from "vitest";
import { asmOccurrences } from "../../server/src/core/linking/asmOccurrences.ts";
import { goOccurrences } from "../../server/src/core/linking/goOccurrences.ts";
import type { Occurrence } from "../../server/src/core/linking/occurrence.ts";
import { occurrencesOf } from "../../server/src/core/linking/occurrences.ts";
import {
  type AsmSource,
  createSourceFile,
  type GoSource,
  type HeaderSource,
} from "../../server/src/core/workspace/sourceFile.ts";
import { sampleAsm } from "../support/asmSamples.ts";
import { brokenGo } from "../support/goSamples.ts";
import { goLines } from "../support/smallProject.ts";

function asm(text: string): AsmSource | HeaderSource {
  const file = createSourceFile("a.s", text, undefined);
  if (file.kind !== "asm") throw new Error(file.kind);
  return file;
}

function go(text: string, name = "a.go"): GoSource {
  const file = createSourceFile(name, `package p\n\n${text}`, undefined);
  if (file.kind !== "go") throw new Error(file.kind);
  return file;
}

/** Each occurrence as its role with the line that it stands on. */
function shown(text: string, occurrences: readonly Occurrence[]): string[] {
  return occurrences.map(({ span, role, isInMacro }) => {
    const line = text.slice(text.lastIndexOf("\n", span.start - 1) + 1).split("\n")[0]!;
    return `${role}${isInMacro ? " in a macro" : ""}: ${line.trim()}`;
  });
}

function inAsm(text: string, name: string): string[] {
  return shown(text, asmOccurrences(asm(text)).of(name));
}

function inGo(text: string, name: string): string[] {
  const file = go(text);
  return shown(file.text, goOccurrences(file, name));
}

test("assembly defines by TEXT and GLOBL, and not what their other operands name", () => {
  expect(inAsm("TEXT ·f(SB), 4, $0\nGLOBL ·f+0(SB), $8\nGLOBL ·g(SB), ·f(SB), $8\n", "·f")).toEqual([
    "defines: TEXT ·f(SB), 4, $0",
    "defines: GLOBL ·f+0(SB), $8",
    "reads: GLOBL ·g(SB), ·f(SB), $8",
  ]);
});

test("DATA writes its symbol, and refers to the one in its value", () => {
  const text = "DATA ·x+0(SB)/8, $·y(SB)\n";
  expect(inAsm(text, "·x")).toEqual(["writes: DATA ·x+0(SB)/8, $·y(SB)"]);
  expect(inAsm(text, "·y")).toEqual(["refers: DATA ·x+0(SB)/8, $·y(SB)"]);
});

test.each([
  ["CALL ·x(SB)", "calls"],
  ["JMP runtime·x(SB)", "calls"],
  ["BL ·x<ABIInternal>(SB)", "calls"],
  ["again: CALL ·x(SB)", "calls"],
  ["JEQ ·x(SB)", "calls"],
  ["MOVQ ·x(SB), AX", "reads"],
  ["MOVQ ·x+8(SB), AX", "reads"],
  ["CMPQ AX, ·x(SB)", "reads"],
  ["CMPQ ·x(SB), $0", "reads"],
  ["PUSHQ ·x(SB)", "reads"],
  ["MOVQ AX, ·x(SB)", "writes"],
  ["MOVD.W R0, ·x(SB)", "writes"],
  ["BL.NE ·x(SB)", "calls"],
  ["ADDQ $1, ·x(SB)", "writes"],
  ["XCHGQ ·x(SB), AX", "writes"],
  ["MOVQ $·x(SB), AX", "refers"],
  ["LEAQ ·x(SB), AX", "refers"],
  ["INCQ ·x(SB)", "refers"],
  ["FUNCDATA $0, ·x(SB)", "refers"],
  ["CALLFN(·x, 16)", "refers"],
])("%s %s its symbol", (statement, role) => {
  const names = [...asmOccurrences(asm(statement)).names];
  expect(names).toHaveLength(1);
  expect(inAsm(statement, names[0]!)).toEqual([`${role}: ${statement}`]);
});

test.each([
  "MOVQ x+0(FP), AX",
  "MOVQ x-8(SP), AX",
  "JMP again",
  "MOVQ g_m(R14), AX",
  "// CALL ·x(SB)",
  "again:",
])("%s names no symbol", (statement) => {
  expect([...asmOccurrences(asm(`${statement}\n`)).names]).toEqual([]);
});

test("a symbol of the file is another than the package's", () => {
  const text = "GLOBL x<>(SB), 8, $8\nGLOBL x(SB), 8, $8\nDATA x<>+0(SB)/8, $1\n";
  expect(inAsm(text, "x<>")).toEqual(["defines: GLOBL x<>(SB), 8, $8", "writes: DATA x<>+0(SB)/8, $1"]);
  expect(inAsm(text, "x")).toEqual(["defines: GLOBL x(SB), 8, $8"]);
});

test("what stands in a macro's body is marked, its parameters are no symbols", () => {
  const text = "#define F(NAME) \\\n\tMOVQ $NAME(SB), AX; \\\n\tCALL ·f(SB)\n#define G ·f(SB)\nCALL ·f(SB)\n";
  expect(inAsm(text, "·f")).toEqual([
    "calls in a macro: CALL ·f(SB)",
    "refers in a macro: #define G ·f(SB)",
    "calls: CALL ·f(SB)",
  ]);
  expect([...asmOccurrences(asm(text)).names]).toEqual(["·f"]);
});

test("a Go declaration defines with a body and declares without; a method does neither", () => {
  expect(inGo("func f(a int)\n", "f")).toEqual(["declares: func f(a int)"]);
  expect(inGo("func f() {}\nfunc (t T) f() {}\n", "f")).toEqual(["defines: func f() {}"]);
  expect(inGo("type f struct {\n\tf int\n}\n", "f")).toEqual(["defines: type f struct {"]);
  expect(inGo("var a, f = 1, 2\nconst (\n\tb = iota\n\tf\n)\n", "f")).toEqual([
    "defines: var a, f = 1, 2",
    "defines: f",
  ]);
});

test.each([
  ["f()", "calls"],
  ["go f(1)", "calls"],
  ["x = f", "reads"],
  ["use(f)", "reads"],
  ["x = a & f", "reads"],
  ["*f = 1", "reads"],
  ["x = s[f:]", "reads"],
  ["x = [...]int{f: 1}", "reads"],
  ["f = 1", "writes"],
  ["f, x = 1, 2", "writes"],
  ["f++", "writes"],
  ["x = &f", "refers"],
  ["var x f", "reads"],
  ["x := func(a f) {}", "reads"],
  ["x := f(1)", "calls"],
  ["f := f()", "calls"],
])("in a body, %s: %s", (statement, role) => {
  expect(inGo(`func g() {\n\t${statement}\n}\n`, "f")).toEqual([`${role}: ${statement}`]);
});

test.each([
  "x.f()",
  "x = T{f: 1}",
  "goto f",
  "f: for {}",
  "// f()",
  'x = "f"',
  "f := 1",
  "x, f := 1, 2",
  "var f int",
  "type f int",
  "var x struct { f int }",
  "var x interface { f() }",
  "x = func(f int) { f() }",
])("in a body, %s is nothing of the package", (statement) => {
  expect(inGo(`func g() {\n\t${statement}\n}\n`, "f")).toEqual([]);
});

test("a name of the function's own hides the package's until its block ends", () => {
  expect(inGo("func g(f int) {\n\tf()\n}\nfunc h() {\n\tf()\n}\n", "f")).toEqual(["calls: f()"]);
  expect(inGo("func g() {\n\t{\n\t\tf := 1\n\t\tuse(f)\n\t}\n\tf()\n}\n", "f")).toEqual(["calls: f()"]);
  expect(inGo("func g(f) (a f) {\n}\n", "f")).toHaveLength(2);
  expect(inGo("func g(f *f) *f {\n\treturn f\n}\n", "f")).toHaveLength(2);
  expect(inGo("func g() {\n\tx(func(f int) { f() })\n\tf()\n}\n", "f")).toEqual(["calls: f()"]);
  expect(inGo("type t struct {\n\tx func(f int)\n\ty f\n}\n", "f")).toEqual(["reads: y f"]);
  expect(inGo("func g() {\n\tvar (\n\t\tf f\n\t)\n\tuse(f)\n}\n", "f")).toEqual(["reads: f f"]);
  expect(
    inGo("func g() {\n\tselect {\n\tcase f := <-c:\n\t\tuse(f)\n\tdefault:\n\t\tf()\n\t}\n}\n", "f"),
  ).toEqual(["calls: f()"]);
  expect(inGo("func g() {\n\tswitch x {\n\tcase f:\n\t}\n}\n", "f")).toEqual(["reads: case f:"]);
});

test("another package's name stands behind the file's name for it", () => {
  const text = "func g() {\n\tq.F()\n\tx.q.F()\n\tF()\n\tq := x\n\tq.F()\n}\n";
  expect(inGo(text, "q.F")).toEqual(["calls: q.F()"]);
});

test("a symbol is found under every name that a file has for it", () => {
  const text = "TEXT ·f(SB), 4, $0\nCALL a∕p·f(SB)\nCALL q·f(SB)\nCALL f<>(SB)\n";
  expect(shown(text, occurrencesOf(asm(text), "a/p", "a/p.f"))).toEqual([
    "defines: TEXT ·f(SB), 4, $0",
    "calls: CALL a∕p·f(SB)",
  ]);
  const own = go("//go:linkname f q.f\nfunc f()\n\n//go:linkname g a/p.f\nfunc g()\n");
  expect(shown(own.text, occurrencesOf(own, "a/p", "a/p.f"))).toEqual([
    "refers: //go:linkname f q.f",
    "declares: func f()",
    "refers: //go:linkname g a/p.f",
  ]);
  expect(shown(own.text, occurrencesOf(own, "z", "q.f"))).toEqual(["refers: //go:linkname f q.f"]);
  const importing = go('import (\n\tother "a/p"\n)\n\nfunc g() {\n\tother.F()\n\tp.F()\n}\n');
  expect(shown(importing.text, occurrencesOf(importing, "z", "a/p.F"))).toEqual(["calls: other.F()"]);
  const c = go('//go:cgo_import_dynamic libc_exit exit "libc.so"\nvar exit int\n');
  expect(shown(c.text, occurrencesOf(c, "p", "libc_exit"))).toEqual([
    'declares: //go:cgo_import_dynamic libc_exit exit "libc.so"',
  ]);
});

test("every span holds the name as written, in the order of the text", () => {
  const pieces = fc.constantFrom(
    ...sampleAsm.split("\n"),
    ..."#define F(x) x(SB)|\\|·f(SB)|f<>(SB),|$|/*|*/|CALL|#define G ·f".split("|"),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.constantFrom("\n", " ", "; "), (lines, separator) => {
      const text = lines.join(separator);
      const table = asmOccurrences(asm(text));
      let count = 0;
      for (const name of table.names) {
        const found = table.of(name);
        count += found.length;
        for (const { span } of found) expect(text.slice(span.start, span.end)).toBe(name.replace(/<>$/, ""));
        expect(found.map(({ span }) => span.start)).toEqual(
          found.map(({ span }) => span.start).toSorted(order),
        );
      }
      expect(count).toBe(table.count);
    }),
  );
  const goPieces = fc.constantFrom(
    ...goLines,
    ..."f := f()|func(f int) {|q.Word(f)|var (|case f:|//go:linkname f q.f".split("|"),
  );
  const someGo = fc.array(goPieces, { maxLength: 30 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(fc.oneof(someGo, brokenGo), (text) => {
      const file = go(text);
      for (const name of ["f", "q.Word", "T", "n"]) {
        const found = goOccurrences(file, name);
        const written = name.replace(/^.*\./, "");
        for (const { span } of found) expect(file.text.slice(span.start, span.end)).toBe(written);
        const starts = found.map(({ span }) => span.start);
        expect(starts).toEqual([...new Set(starts)].toSorted(order));
      }
    }),
  );
});

function order(a: number, b: number): number {
  return a - b;
}
