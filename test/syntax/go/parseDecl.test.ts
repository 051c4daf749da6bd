import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type {
  Expr,
  Field,
  FuncDecl,
  GoDecl,
  Node,
  TypeDecl,
  VarDecl,
} from "../../../server/src/core/syntax/go/ast.ts";
import {
  funcHeader,
  parseExpr,
  typeHeader,
  valueSpecs,
} from "../../../server/src/core/syntax/go/parseDecl.ts";
import { parseGo } from "../../../server/src/core/syntax/go/parseGo.ts";
import { brokenGo } from "../../support/goSamples.ts";

function declarations(source: string): readonly GoDecl[] {
  return parseGo("package p\n" + source).summary.decls;
}

/** Names and types of fields, the types as their source. */
function fields(list: readonly Field[], source: string): string[] {
  return list.map(
    (field) =>
      `${field.names.map(({ name }) => name).join(" ")}: ${source.slice(field.type.start, field.type.end)}`,
  );
}

describe("parseExpr", () => {
  test.each([
    ["a", "ident"],
    ["pkg.T", "selector"],
    ["0x1p-2", "literal"],
    ["a[i]", "index"],
    ["T[int, string]", "index"],
    ["a[1:2:3]", "slice"],
    ["a[:]", "slice"],
    ["*p", "star"],
    ["<-c", "unary"],
    ["<-chan int", "chan"],
    ["<-chan<- chan int", "chan"],
    ["<-(<-chan int)", "unary"],
    ["(<-chan int)(c)", "call"],
    ["a.(type)", "typeAssert"],
    ["f(x, y...)", "call"],
    ["make([]int, 3)", "call"],
    ["[...]int{1, 2: 3}", "composite"],
    ["map[string]struct{ x int }{}", "composite"],
    ["func(a, b int) (n int)", "funcType"],
    ["func() { return } ", "funcLit"],
    ["interface{ ~int | fmt.Stringer; M(int) }", "interface"],
    ["[2 * N]func()", "array"],
    ["a + b*c", "binary"],
    ["", "bad"],
    ["a b", "bad"],
    [")", "bad"],
  ] satisfies [string, Expr["kind"]][])("%j is %s", (source, kind) => {
    expect(parseExpr(source).kind).toBe(kind);
  });

  test("operators bind as in Go", () => {
    const show = (x: Expr): string =>
      x.kind === "binary" ? `(${show(x.x)}${x.op}${show(x.y)})` : x.kind === "ident" ? x.name : x.kind;
    expect(show(parseExpr("a || b && c == d + e*f &^ g - h"))).toBe("(a||(b&&(c==((d+((e*f)&^g))-h))))");
  });

  test("elided literals have no type", () => {
    expect(parseExpr("[]T{{1}}")).toMatchObject({
      elements: [{ kind: "composite", type: undefined, start: 4, end: 7 }],
    });
  });
});

describe("headers", () => {
  test.each([
    ["func f(a, b int, c ...string)", ["a b: int", "c: ...string"]],
    ["func f(int, string)", [": int", ": string"]],
    ["func f(p []T, q [N]T, r T[A])", ["p: []T", "q: [N]T", "r: T[A]"]],
    ["func f(T[A], pkg.T[A, B], []T)", [": T[A]", ": pkg.T[A, B]", ": []T"]],
    ["func f(x func(int) int, y chan<- int)", ["x: func(int) int", "y: chan<- int"]],
    ["func f(a, b)", [": a", ": b"]],
    ["func f()", []],
  ])("parameters of %s", (source, expected) => {
    const { type } = funcHeader(declarations(source)[0] as FuncDecl);
    expect(fields(type.params, source)).toEqual(expected);
  });

  test("receiver, type parameters and results", () => {
    const source = "func (l *List[T]) Map[U any](f func(T) U) (_ *List[U], err error) {}";
    const header = funcHeader(declarations(source)[0] as FuncDecl);
    expect(header.name.name).toBe("Map");
    expect(fields(header.receiver, source)).toEqual(["l: *List[T]"]);
    expect(fields(header.type.typeParams, source)).toEqual(["U: any"]);
    expect(fields(header.type.results, source)).toEqual(["_: *List[U]", "err: error"]);
  });

  test.each([
    ["T [N]int", [], "[N]int"],
    ["T [N * 2]int", [], "[N * 2]int"],
    ["T [P * C]int", [], "[P * C]int"],
    ["T[P *C,] int", ["P: *C"], "int"],
    ["T[P *struct{}] int", ["P: *struct{}"], "int"],
    ["T[P *C | D, Q any] int", ["P: *C | D", "Q: any"], "int"],
    ["T[P (C),] int", ["P: (C)"], "int"],
    ["T[P []C] int", ["P: []C"], "int"],
    ["T[P, Q any] = []P", ["P Q: any"], "[]P"],
    ["T[P ~int | ~string] int", ["P: ~int | ~string"], "int"],
    ["T [...]int", [], "[...]int"],
    ["T []int", [], "[]int"],
  ])("type %s", (source, typeParams, type) => {
    const header = typeHeader(declarations("type " + source)[0] as TypeDecl);
    expect(fields(header.typeParams, source)).toEqual(typeParams);
    expect(source.slice(header.type.start, header.type.end)).toBe(type);
    expect(header.isAlias).toBe(source.includes("="));
  });

  test("struct fields", () => {
    const source = 'T struct { a, b int; c [N]int `tag`; G[int]; pkg.E "tag"; *P; *pkg.G[A] }';
    const { type } = typeHeader(declarations("type " + source)[0] as TypeDecl);
    if (type.kind !== "struct") return expect.fail(type.kind);
    expect(fields(type.fields, source)).toEqual([
      "a b: int",
      "c: [N]int",
      ": G[int]",
      ": pkg.E",
      ": *P",
      ": *pkg.G[A]",
    ]);
    expect(type.fields.map(({ tag }) => tag)).toEqual([
      undefined,
      "`tag`",
      undefined,
      '"tag"',
      undefined,
      undefined,
    ]);
  });

  test("specs of a group", () => {
    const specs = valueSpecs(
      declarations("const (\n\ta, b T = iota, 'x'\n\n\t// note\n\tc, d\n)")[0] as VarDecl,
    );
    expect(
      specs.map(({ names, type, values, iota }) => [names.length, type?.kind, values.length, iota]),
    ).toEqual([
      [2, "ident", 2, 0],
      [2, undefined, 0, 1],
    ]);
  });

  test("a header is parsed once", () => {
    const decl = declarations("func f()")[0] as FuncDecl;
    expect(funcHeader(decl)).toBe(funcHeader(decl));
  });

  test("what cannot be read is bad, and the rest is there", () => {
    const source = "func f(a int, b ???, c string) int";
    const { type } = funcHeader(declarations(source)[0] as FuncDecl);
    expect(type.params.map((field) => field.names.map(({ name }) => name).join())).toEqual(["a", "b,c"]);
    expect(fields(type.results, source)).toEqual([": int"]);
  });
});

describe("any text", () => {
  test("nodes lie in each other, in order", () => {
    fc.assert(
      fc.property(brokenGo, (text) => {
        checkNodes(parseExpr(text), text.length);
        for (const decl of parseGo(text).summary.decls) {
          const length = decl.header.length;
          if (decl.kind === "func") checkNodes(funcHeader(decl), length);
          else if (decl.kind === "type") checkNodes(typeHeader(decl), length);
          else for (const spec of valueSpecs(decl)) checkNodes(spec, length);
        }
      }),
      { numRuns: 500 },
    );
  });

  // prettier-ignore
  const pieces = [
    "(", "[", "[]", "{", "T{", "f(", "a[", "*", "-", "<-", "<-chan ", "chan<- ", "map[", "func(", "func() ", "func(){", "struct{a ",
    "interface{M(", "a.", "a+", "~", "T[", "a|", "a.(", "x:", ",", ";", ")", "/**/ a", "'", "\"a\"+", "[a]", "()", "{},",
  ];
  test.each(pieces)("%j a hundred thousand times", (piece) => {
    for (const prefix of ["", "T{", "func(", "struct{"]) {
      const text = prefix + piece.repeat(100_000);
      expect(heightOf(parseExpr(text))).toBeLessThan(3000);
    }
    const decls = declarations("var x = " + piece.repeat(100_000));
    if (decls[0]?.kind === "var") valueSpecs(decls[0]);
  });
});

/** All nodes below `x` lie in bounds and none ends before it starts. */
function checkNodes(x: object, length: number): void {
  walk(x, (node) => {
    if (!(0 <= node.start && node.start <= node.end && node.end <= length)) {
      expect.fail(`node ${JSON.stringify(node)} in ${length}`);
    }
  });
}

function heightOf(x: object): number {
  return walk(x, () => {});
}

/** Visits all nodes below `root` without recursion; returns the height of the tree. */
function walk(root: object, visit: (node: Node) => void): number {
  let level: object[] = [root];
  let height = 0;
  for (; level.length > 0; height++) {
    const next: object[] = [];
    for (const item of level) {
      if ("start" in item) visit(item as Node);
      for (const value of Object.values(item)) {
        if (Array.isArray(value)) next.push(...value.filter((element) => typeof element === "object"));
        else if (typeof value === "object" && value !== null) next.push(value as object);
      }
    }
    level = next;
  }
  return height;
}
