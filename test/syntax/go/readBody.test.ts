import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodyStep, readBody } from "../../../server/src/core/syntax/go/readBody.ts";

/** One line for each step: what it does, and behind a bar what it stands under. */
function shown(body: string): string[] {
  return readBody(body).map((step) => {
    const conditions = step.conditions.map(({ text }) => text).join(", ");
    return conditions === "" ? line(step) : `${line(step)} | ${conditions}`;
  });
}

function list(parts: readonly { readonly text: string }[]): string {
  return parts.map(({ text }) => text).join("; ");
}

function line(step: BodyStep): string {
  switch (step.kind) {
    case "call":
      return `${step.how === "call" ? "" : `${step.how} `}${step.name}(${list(step.args)})`;
    case "assign":
      return `${list(step.left)} ${step.op} ${list(step.right)}`.trimEnd();
    case "var":
      return `var ${step.names.join("; ")} ${step.type?.text ?? ""} = ${list(step.values)}`;
    case "return":
      return `return ${list(step.values)}`.trimEnd();
  }
}

describe("steps of a function body", () => {
  test("calls come before what they are part of, in the order of their arguments", () => {
    expect(shown("{ x := f(g(1), h(2)); a.b(x)[i(0)].c++ }")).toEqual([
      "g(1)",
      "h(2)",
      "f(g(1); h(2))",
      "x := f(g(1), h(2))",
      "a.b(x)",
      "i(0)",
      "a.b(x)[i(0)].c ++",
    ]);
  });

  test("conditions of if, else if and else", () => {
    expect(shown("{\nif x := f(); x < 0 {\na()\n} else if y {\nb()\n} else {\nc()\n}\nd()\n}")).toEqual([
      "f()",
      "x := f()",
      "a() | x < 0",
      "b() | x >= 0, y",
      "c() | x >= 0, !y",
      "d()",
    ]);
  });

  test("loops, with what each round ends with", () => {
    expect(
      shown("{\nfor i := f(); i < g(); i += h() {\na()\n}\nfor {\nb()\n}\nfor k := range c() {\nd(k)\n}\n}"),
    ).toEqual([
      "f()",
      "i := f()",
      "g() | for i < g()",
      "a() | for i < g()",
      "h() | for i < g()",
      "i += h() | for i < g()",
      "b() | for",
      "c() | for k := range c()",
      "k := c() | for k := range c()",
      "d(k) | for k := range c()",
    ]);
  });

  test("cases of a switch", () => {
    const body =
      '{\nswitch GOARCH {\ncase "386", "arm":\na()\ncase f():\nb()\ndefault:\nc()\n}\nswitch {\ncase x > 0:\nd()\n}\n}';
    expect(shown(body)).toEqual([
      'a() | GOARCH == "386" || GOARCH == "arm"',
      "f()",
      "b() | GOARCH == f()",
      "c() | GOARCH: default",
      "d() | x > 0",
    ]);
  });

  test("a function literal is read where it stands", () => {
    const body =
      "{\nret := retry(func() int32 {\nr := clone(flags, nil)\nif r >= 0 {\nreturn 0\n}\nreturn -r\n})\ndone(ret)\n}";
    expect(shown(body)).toEqual([
      "clone(flags; nil)",
      "r := clone(flags, nil)",
      "return 0 | r >= 0",
      "return -r",
      "retry(func() int32 {\nr := clone(flags, nil)\nif r >= 0 {\nreturn 0\n}\nreturn -r\n})",
      "ret := retry(func() int32 {\nr := clone(flags, nil)\nif r >= 0 {\nreturn 0\n}\nreturn -r\n})",
      "done(ret)",
    ]);
  });

  test("variables, composite literals, labels, go and defer", () => {
    const body =
      "{\nvar oset sigset\nvar (\na, b int = 1, f()\nc = T{x: g()}\n)\nretry:\nev := T{\nEvents: A | B,\n}\ngo h()\ndefer unlock(&l)\nfor _, v := range []T{{1}, {2}} {\nk(v)\n}\ngoto retry\n}";
    expect(shown(body)).toEqual([
      "var oset sigset = ",
      "f()",
      "var a; b int = 1; f()",
      "g()",
      "var c  = T{x: g()}",
      "ev := T{\nEvents: A | B,\n}",
      "go h()",
      "defer unlock(&l)",
      "_; v := []T{{1}, {2}} | for _, v := range []T{{1}, {2}}",
      "k(v) | for _, v := range []T{{1}, {2}}",
    ]);
  });

  test("steps say where they stand", () => {
    const body = "{\n\tret := retry(func() int32 {\n\t\treturn clone(cloneFlags, f(stk))\n\t})\n}";
    for (const step of readBody(body)) {
      const text = body.slice(step.start, step.end);
      if (step.kind !== "call") continue;
      expect(text.startsWith(step.name)).toBe(true);
      for (const { expr, origin, text } of [step.fun, ...step.args])
        expect(body.slice(origin + expr.start, origin + expr.end)).toBe(text);
    }
    expect(readBody(body).filter(({ kind }) => kind === "call")).toHaveLength(3);
  });

  test("any text is answered", () => {
    const pieces = [
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "if ",
      "else ",
      "for ",
      "switch ",
      "case ",
      "default:",
      "func() ",
      "x",
      " := ",
      "=",
      ",",
      ";",
      "\n",
      ":",
      "f(",
      "return ",
      "var ",
      "go ",
      "range ",
      '"',
      "`",
      "/*",
      "//",
      "<-",
      "\u{1f600}",
      "\0",
    ];
    assert(
      property(array(constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const text = parts.join("");
        for (const { start, end } of readBody(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("deep and long bodies are read in linear time", () => {
    const n = 20_000;
    readBody("{" + "f(func() {".repeat(n));
    readBody("{" + "if x {".repeat(n));
    readBody("{" + "if x {} else ".repeat(n));
    readBody("{" + "f(".repeat(n) + ")".repeat(n) + "}");
    readBody("{" + "switch {case x:".repeat(n));
    readBody("{" + "x = ".repeat(n));
    readBody("{" + "var (".repeat(n));
  });
});
