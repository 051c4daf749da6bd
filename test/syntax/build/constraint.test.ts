import { describe, expect, test } from "vitest";
import {
  evalConstraint,
  formatConstraint,
  parseGoBuild,
  parsePlusBuild,
  type ParsedConstraint,
} from "../../../server/src/core/syntax/build/constraint.ts";

function show({ expr, error }: ParsedConstraint): string {
  return expr === undefined ? `error: ${error?.message}` : formatConstraint(expr);
}

// Each second column is what go/build/constraint says of the line.
describe("//go:build", () => {
  test.each([
    ["linux", "linux"],
    ["386 && !cgo", "386 && !cgo"],
    ["a||b&&c", "a || (b && c)"],
    ["(a||b)&&c", "(a || b) && c"],
    ["!(a && b)", "!(a && b)"],
    ["((a))", "a"],
    ["go1.18 && é_1", "go1.18 && é_1"],
    ["", "error: unexpected end of expression"],
    ["a b", "error: unexpected token b"],
    ["a &", "error: invalid syntax at &"],
    ["a &&", "error: unexpected end of expression"],
    ["a && b)", "error: unexpected token )"],
    ["(a", "error: missing close paren"],
    ["(a ||", "error: missing close paren"],
    ["(a b", "error: missing close paren"],
    ["!!a", "error: double negation not allowed"],
    ["a-b", "error: invalid syntax at -"],
    ["a b -", "error: unexpected token b"],
    ["a,b", "error: invalid syntax at ,"],
  ])("%s", (text, want) => {
    expect(show(parseGoBuild(text))).toBe(want);
  });

  test("deep and long expressions are errors, not overflows", () => {
    expect(show(parseGoBuild("(".repeat(100_000)))).toBe("error: build expression too large");
    expect(show(parseGoBuild("a ||".repeat(100_000)))).toBe("error: build expression too large");
  });

  test("tags of a broken line are found, at their places", () => {
    const { tags } = parseGoBuild("linux && (arm64 ||", 100);
    expect(tags.map(({ tag, start, end }) => [tag, start, end])).toEqual([
      ["linux", 100, 105],
      ["arm64", 110, 115],
    ]);
  });
});

describe("// +build", () => {
  test.each([
    ["linux", "linux"],
    ["linux darwin", "linux || darwin"],
    ["linux,386 darwin,!cgo", "(linux && 386) || (darwin && !cgo)"],
    ["", "ignore"],
    ["!", "ignore"],
    ["!!a", "ignore"],
    ["a-b", "ignore"],
    ["!a-b", "!ignore"],
    ["a,", "a && ignore"],
    ["a &&\tb", "a || ignore || b"],
  ])("%s", (text, want) => {
    expect(show(parsePlusBuild(text))).toBe(want);
  });

  test("tags have their places", () => {
    const { tags } = parsePlusBuild("linux,!cgo -", 10);
    expect(tags.map(({ tag, start, end }) => [tag, start, end])).toEqual([
      ["linux", 10, 15],
      ["cgo", 17, 20],
    ]);
  });
});

test.each([
  ["a && !b", true],
  ["a && b", false],
  ["b || a", true],
  ["!(a || b)", false],
])("%s where only a holds", (text, want) => {
  expect(evalConstraint(parseGoBuild(text).expr!, (tag) => tag === "a")).toBe(want);
});
