import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GoFile } from "../../../server/src/core/syntax/go/ast.ts";
import { parseGo } from "../../../server/src/core/syntax/go/parseGo.ts";
import { brokenGo, checkPlaces, sampleGo } from "../../support/goSamples.ts";

/** One line per declaration: its header with white space folded, and whether a body follows. */
function outline(source: string): string[] {
  const { summary } = parseGo("package p\n" + source);
  return summary.decls.map((decl) => {
    const header = decl.header.replaceAll(/\s+/g, " ");
    if (decl.kind === "func")
      return `${decl.isMethod ? "method" : "func"} ${decl.name}: ${header}${decl.hasBody ? " {}" : ""}`;
    return `${decl.kind} ${decl.kind === "type" ? decl.name : decl.names.join(",")}: ${header}`;
  });
}

function messages(file: GoFile): string[] {
  return file.errors.map(({ message }) => message);
}

describe("declarations", () => {
  test.each([
    // Where a body starts.
    ["func f()", ["func f: func f()"]],
    ["func f() {}", ["func f: func f() {}"]],
    ["func f(x struct{ a int }) interface{ M() }", ["func f: func f(x struct{ a int }) interface{ M() }"]],
    ["func f() struct{} {}", ["func f: func f() struct{} {}"]],
    ["func f() struct /* odd */ {} {}", ["func f: func f() struct /* odd */ {} {}"]],
    ["func f() (r [len(T{})]int) {}", ["func f: func f() (r [len(T{})]int) {}"]],
    ["func f[P interface{ ~int }](p P) P {}", ["func f: func f[P interface{ ~int }](p P) P {}"]],
    ["func (t *T) m(\n\tx int,\n) {}", ["method m: func (t *T) m( x int, ) {}"]],
    ["func f() // no body\nvar x int", ["func f: func f()", "var x: var x int"]],
    // Where a body ends.
    [
      "func f() { _ = \"}\" + `}` + string('}') /* } */ } // }\nfunc g()",
      ["func f: func f() {}", "func g: func g()"],
    ],
    ["func f() { _ = '\\'' }; func g()", ["func f: func f() {}", "func g: func g()"]],
    // Groups.
    ["type (\n\tA int\n\tB = struct {\n\t\tx int\n\t}\n)", ["type A: A int", "type B: B = struct { x int }"]],
    ["type ( A int; B int )", ["type A: A int", "type B: B int"]],
    [
      "const (\n\ta, b = iota, 'x' // note\n\t_, _\n)",
      ["const a,b,_,_: const ( a, b = iota, 'x' // note _, _ )"],
    ],
    ["var x = func() {\n\tvar y int\n}", ["var x: var x = func() { var y int }"]],
    ["var ()", []],
    // Where a line's end is no statement's end.
    ["var x = 1 +\n\t2", ["var x: var x = 1 + 2"]],
    ["var x = 1. /* two\nlines */\nvar y chan\n\tint", ["var x: var x = 1.", "var y: var y chan int"]],
    ["type\nT int", ["type T: T int"]],
    ["var größe, 世界 int", ["var größe,世界: var größe, 世界 int"]],
  ])("%j", (source, expected) => {
    expect(outline(source)).toEqual(expected);
    expect(messages(parseGo("package p\n" + source))).toEqual([]);
  });
});

describe("after an error the rest is found", () => {
  test.each([
    ["func f() { if x {\n}\n\n// g is next.\nfunc g() {}\n", ["func f: func f() {}", "func g: func g() {}"]],
    ["func f(\n\nfunc g() {}\n", ["func f: func f(", "func g: func g() {}"]],
    ["func f() {}\n}\n\nvar x int\n", ["func f: func f() {}", "var x: var x int"]],
    ["const (\n\ta = 1\n\nfunc g()\n", ["const a: const ( a = 1", "func g: func g()"]],
    ["var x = (1\n\ntype T int\n", ["var x: var x = (1", "type T: T int"]],
    ["func\nfunc g()\n", ["func g: func g()"]],
    ["var\nfunc g()\n", ["func g: func g()"]],
    ["func () {\n\tx\n}\nfunc g()\n", ["func g: func g()"]],
    ["x := 1\nfunc g()\n", ["func g: func g()"]],
    ["func f()\n{\n}\nfunc g()\n", ["func f: func f() {}", "func g: func g()"]],
    ['import (\n\t"a"\nfunc g()\n', ["func g: func g()"]],
  ])("%j", (source, expected) => {
    expect(outline(source)).toEqual(expected);
    expect(messages(parseGo("package p\n" + source))).not.toEqual([]);
  });

  test("a body whose brackets do not balance ends where its layout says", () => {
    const source = "func f() {\n\tif x {\n}\n\n// g is next.\nfunc g() {}\n";
    expect(outline(source)).toEqual(["func f: func f() {}", "func g: func g() {}"]);
  });

  test.each([
    "func f() {\nif x {\n}\n}\nfunc g() {}\n",
    "func f() {\nif x {\n}\nvar y = func() {\n}\n}\nfunc g() {}\n",
    "func f() {\nx := `\n}\n`\n}\nfunc g() {}\n",
    "func f() {\n/*\n}\n*/\n}\nfunc g() {}\n",
    "func f() {\nx := `\n`\n}\nfunc g() {}\n",
    "func f() {\nfunc() {\n}()\n}\nfunc g() {}\n",
    "func f() {\n\tx }\nfunc g() {}\n",
    "func f() {\n\tx }\nfunc g() {}\nfunc h() {\n}\n",
    "func f() {\n\tx }\nfunc g() {}\ntype T struct {\n}\n",
    "func f() {\n\tx }\nfunc g() {}\nvar x = T{\n}\n",
  ])("a body that is laid out oddly ends with its bracket: %j", (source) => {
    expect(outline(source).slice(0, 2)).toEqual(["func f: func f() {}", "func g: func g() {}"]);
    const { text, declSpans, errors } = parseGo("package p\n" + source);
    expect(text.slice(declSpans[0]!.body!.end)).toMatch(/^\nfunc g\(\) \{\}\n/);
    expect(errors).toEqual([]);
  });

  test.each([
    ["var x = T{\n\t1 }\nvar y = T{\n}\n", ["var x: var x = T{ 1 }", "var y: var y = T{ }"]],
    ["var x = T{\n1, {\n},\n}\nvar y int\n", ["var x: var x = T{ 1, { }, }", "var y: var y int"]],
    ["type T struct {\n\tx int\n}\nvar y int\n", ["type T: T struct { x int }", "var y: var y int"]],
    [
      "var (\n\tx = T{\n\t1 }\n\ty int\n)\nfunc f() {\n}",
      ["var x,y: var ( x = T{ 1 } y int )", "func f: func f() {}"],
    ],
    ["var x = T{\n}[0]\nvar y int\n", ["var x: var x = T{ }[0]", "var y: var y int"]],
  ])("a literal, however it is laid out: %j", (source, expected) => {
    expect(outline(source)).toEqual(expected);
    expect(messages(parseGo("package p\n" + source))).toEqual([]);
  });

  test.each(["`", '"', "'"])("an open %s ends with its line", (open) => {
    expect(outline(`func f() {\n\tx := ${open}\n}\n\nfunc g()`)).toEqual([
      "func f: func f() {}",
      "func g: func g()",
    ]);
  });

  test("raw text that looks like a declaration ends nothing while brackets balance", () => {
    expect(outline("func f() { x(`\nfunc g() {\n`) }\nfunc h()")).toEqual([
      "func f: func f() {}",
      "func h: func h()",
    ]);
  });

  test("the doc comment below an unfinished body is the next declaration's", () => {
    const file = parseGo("package p\n\nfunc f() {\n\n//go:noescape\nfunc g()\n");
    expect(file.summary.directives).toEqual([{ name: "go:noescape", args: "", decl: 1 }]);
  });

  test.each([
    ["", ["expected a package clause"]],
    ['package p\nvar x int\nimport "a"', ["imports must appear before other declarations"]],
    ["package p\nfunc f() {} func g() {}", ["expected ; or a new line"]],
    ["package p\n/* open", ["comment not terminated"]],
    ["package p\n/*/", ["comment not terminated"]],
    ["package p\n/**/", []],
    ["package p\nfunc f() {", ["{ is never closed"]],
  ])("%j reports %j", (source, expected) => {
    expect(messages(parseGo(source))).toEqual(expected);
  });
});

describe("imports, directives, doc comments", () => {
  test("imports", () => {
    const file = parseGo('\ufeffpackage p; import "a/b"; import (\n\t. "c"\n\t_ `d`\n\tx "e")');
    expect(messages(file)).toEqual([]);
    expect(file.summary.imports).toEqual([
      { name: "", path: "a/b" },
      { name: ".", path: "c" },
      { name: "_", path: "d" },
      { name: "x", path: "e" },
    ]);
  });

  test("a directive knows the declaration below it", () => {
    const source = [
      "//go:build linux",
      "",
      "package p",
      "",
      "// f is in assembly.",
      "//go:noescape",
      "//go:linkname f  runtime.f ",
      "func f()",
      "",
      "//export g",
      "",
      "//exported is not one",
      "// go:notone",
      "var x int //go:notone",
      "type (",
      "\t//go:notinheap",
      "\tT int",
      ")",
      "func h() {",
      "//go:body",
      "}",
      '//go:cgo_import_dynamic a b "c"',
    ];
    for (const lineBreak of ["\n", "\r\n"]) {
      expect(parseGo(source.join(lineBreak)).summary.directives).toEqual([
        { name: "go:build", args: "linux", decl: -1 },
        { name: "go:noescape", args: "", decl: 0 },
        { name: "go:linkname", args: "f  runtime.f", decl: 0 },
        { name: "export", args: "g", decl: -1 },
        { name: "go:notinheap", args: "", decl: 2 },
        { name: "go:cgo_import_dynamic", args: 'a b "c"', decl: -1 },
      ]);
    }
  });

  test.each([
    ["// a\n\n// b\n// c\nvar x int", "// b\n// c"],
    ["/* a */ // b\nvar x int", "/* a */ // b"],
    ["// a\n\nvar x int", undefined],
    ["/* a */ var x int", undefined],
    ["var w int // a\nvar x int", undefined],
    ["var w int // a\n// b\nvar x int", "// b"],
  ])("the doc comment of x in %j", (source, expected) => {
    const file = parseGo("package p\n" + source);
    const doc = file.declSpans[file.declSpans.length - 1]!.doc;
    expect(doc && file.text.slice(doc.start, doc.end)).toBe(expected);
  });
});

describe("any text", () => {
  test("places are in bounds, ordered and hold their headers", () => {
    fc.assert(
      fc.property(brokenGo, (text) => checkPlaces(parseGo(text))),
      { numRuns: 500 },
    );
  });

  test("the sample is read without errors", () => {
    const file = parseGo(sampleGo);
    expect(file.errors).toEqual([]);
    checkPlaces(file);
  });

  test.each([
    "func f() {\n",
    "func f(",
    "const (\n",
    "/*",
    "`",
    "type T struct {\n",
    "}\n",
    "x\n",
    "//\n",
    '"',
    "(",
  ])("%j over and over takes linear time", (piece) =>
    checkPlaces(parseGo("package p\n" + piece.repeat(50_000))),
  );
});
