/** Layouts of C that are made up; those of Go's own trees are judged by their compilers, in test/conformance/cLayouts.test.ts. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CScope, cLayoutOf, type CRules } from "../../../server/src/core/model/c/cLayout.ts";
import { readStructs } from "../../../server/src/core/syntax/c/readStructs.ts";

const amd64: CRules = { wordSize: 8, maxAlign: 8, structsByMembers: true, packs: true };

function scopeOf(text: string, macros: readonly string[] = []): CScope {
  const { records, typedefs, constants } = readStructs(text, new Set(macros));
  return {
    record: (tag) => records.find((record) => record.tag === tag),
    typedef: (name) => typedefs.get(name),
    constant: (name) => constants.get(name),
  };
}

/** Of the struct S as "size/align: name@offset+size …"; undefined where it is not laid out. */
function laidOut(text: string, rules = amd64, macros: readonly string[] = []): string | undefined {
  const scope = scopeOf(text, macros);
  const layout = cLayoutOf(scope, rules, scope.record("S")!);
  const parts = layout?.parts.map(({ name, offset, size }) => `${name}@${offset}+${size}`);
  return layout && `${layout.size}/${layout.align}: ${parts!.join(" ")}`;
}

describe("a struct", () => {
  test.each([
    ["struct S { char a; int *p, n; short s[3], *q; };", "40/8: a@0+1 p@8+8 n@16+4 s@20+6 q@32+8"],
    ["typedef unsigned long long u64; struct S { char a; u64 b; long c; };", "24/8: a@0+1 b@8+8 c@16+4"],
    ["struct S { void (*f)(int, char*); void *(*g[2])(void); int (*h)[4]; };", "32/8: f@0+8 g@8+16 h@24+8"],
    ["struct L { int k; }; typedef struct L L; struct S { L; int n; L a[2]; };", "16/4: L@0+4 n@4+4 a@8+8"],
    ["struct S { struct { char a; short b; } in; union { char c; double d; } u; };", "16/8: in@0+4 u@8+8"],
    ["union S { char c[5]; int n; };", "8/4: c@0+5 n@0+4"],
    ["enum { A, B = 1<<4, C, }; struct S { char a[A+1], b[B], c[C]; };", "34/1: a@0+1 b@1+16 c@17+17"],
    [
      "#define N (2*3+1) // seven\nstruct S { char a[N-4/2], b[sizeof(void*)]; int end[]; };",
      "16/4: a@0+5 b@5+8 end@16+0",
    ],
    [
      "#pragma pack on\nstruct S { char a; int b; };\n#pragma pack off\nstruct T { char a; int b; };",
      "5/1: a@0+1 b@1+4",
    ],
    ["static struct S { int a; } s = { 1 };\nvoid f(void) { struct S { char c; }; }", "4/4: a@0+4"],
    ["/* struct S { char c; }; */ struct S { int a; // struct {\n int b; };", "8/4: a@0+4 b@4+4"],
  ])("%s", (text, expected) => expect(laidOut(text)).toBe(expected));

  test("on 32 bits, and as before December 2010", () => {
    const text = "struct L { char k; };\nstruct S { char a; long long b; struct L l; char *p; };";
    expect(laidOut(text)).toBe("32/8: a@0+1 b@8+8 l@16+1 p@24+8");
    expect(laidOut(text, { wordSize: 4, maxAlign: 4, structsByMembers: true, packs: true })).toBe(
      "20/4: a@0+1 b@4+8 l@12+1 p@16+4",
    );
    expect(laidOut(text, { wordSize: 4, maxAlign: 4, structsByMembers: false, packs: true })).toBe(
      "20/4: a@0+1 b@4+8 l@12+4 p@16+4",
    );
  });

  test("packing has an effect or not", () => {
    const text = "#pragma pack on\nstruct S { int a; int b; };";
    expect(laidOut(text)).toBe("8/1: a@0+4 b@4+4");
    expect(laidOut(text, { ...amd64, packs: false })).toBe("8/4: a@0+4 b@4+4");
  });

  test("conditions are decided by macros", () => {
    const text = "struct S {\n#ifdef X\n int a;\n#else\n char b;\n#endif\n#if 0\n int c;\n#endif\n};";
    expect(laidOut(text)).toBe("1/1: b@0+1");
    expect(laidOut(text, amd64, ["X"])).toBe("4/4: a@0+4");
  });
});

test("a member is told as it is written", () => {
  const text = "struct S { uint8 *a[2][3], b[4]; int c[5][6], *d; void (*f)(int); };";
  const members = readStructs(text, new Set()).records[0]!.members;
  expect(members.map(({ text }) => text)).toEqual([
    "uint8*[2][3]",
    "uint8 [4]",
    "int [5][6]",
    "int*",
    "void (*)(int)",
  ]);
});

test.each([
  "struct S { unknown_t a; };",
  "struct S { int a : 3; };",
  "struct S { struct T t; };",
  "struct S { int a[N]; };",
  "struct S { int a[1/0]; };",
  "struct S { int a[-1]; };",
  "struct S { int a[1e30]; };",
  "struct S { int a[1.5]; };",
  "#define A B\n#define B A\nstruct S { int a[A]; };",
  `struct S { int a[1${" ".repeat(10_000)}]; int b[${"(".repeat(10_000)}1${")".repeat(10_000)}]; };`,
  "struct S { struct S s; };",
  "enum { A = B, B = A }; struct S { int a[A]; };",
  "typedef T T; struct S { T t; };",
  "struct S { int f(void); };",
])("is not laid out: %s", (text) => expect(laidOut(text)).toBeUndefined());

test("any text is answered", { timeout: 20_000 }, () => {
  const words = [
    "struct",
    "union",
    "S",
    "{",
    "}",
    ";",
    "(",
    ")",
    "*",
    "[",
    "]",
    "int",
    "typedef",
    ",",
    ":",
    "enum",
    "=",
    "\n#if",
    "\n#else",
    "\n#endif",
    "/*",
    '"',
    "1",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 200 }), (list) => {
      const scope = scopeOf(list.join(" "));
      const record = scope.record("S");
      if (record) cLayoutOf(scope, amd64, record);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (random) => {
      readStructs(random, new Set());
      const scope = scopeOf(`struct S { int a[${random}]; };`);
      cLayoutOf(scope, amd64, scope.record("S")!);
    }),
  );
  const doubled = Array.from({ length: 40 }, (_, i) => `struct S${i} { struct S${i + 1} a, b; };`).join("\n");
  expect(laidOut(`${doubled}\nstruct S { struct S0 a; };`)).toBeUndefined();
  // prettier-ignore
  const parts = ["struct S {", "#ifdef A\n", "int (*", "a[", "/* ", "enum {", "int a, ", "* ", "\\\n"];
  for (const part of parts) readStructs(part.repeat(20_000), new Set());
  for (const start of ["#if ", "#if !", "#if defined ", "#if defined(x"])
    readStructs(`${start}${" ".repeat(100_000)}+\n`, new Set());
  expect(laidOut(`struct S { int a${"[1]".repeat(20_000)}, b; };`)).toBeUndefined();
  expect(laidOut(`struct S { int a[1${"u".repeat(100_000)}_]; };`)).toBeUndefined();
});
