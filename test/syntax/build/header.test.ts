import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evalConstraint, formatConstraint } from "../../../server/src/core/syntax/build/constraint.ts";
import { findBuildHeader, type HeaderOptions } from "../../../server/src/core/syntax/build/header.ts";

const go: HeaderOptions = { language: "go", goBuild: true };
const asm: HeaderOptions = { language: "asm", goBuild: true };
const oldGo: HeaderOptions = { language: "go", goBuild: false };

function show(text: string, options: HeaderOptions): string {
  const { constraint, invalid } = findBuildHeader(text, options);
  if (invalid) return "invalid";
  return constraint === undefined ? "none" : formatConstraint(constraint);
}

function key(text: string): string {
  return findBuildHeader(text, go).key;
}

describe("where a constraint counts", () => {
  test.each([
    ["before the package clause", "//go:build a\n\npackage p\n", "a"],
    ["right above the package clause", "//go:build a\npackage p\n", "a"],
    ["after other comments", "// Text.\n/* more\n*/\n//go:build a\npackage p\n", "a"],
    ["indented, in Windows lines", "  //go:build a\r\npackage p\r\n", "a"],
    ["after a byte order mark", "\ufeff//go:build a\npackage p\n", "a"],
    ["not within a block comment", "/*\n//go:build a\n*/\npackage p\n", "none"],
    ["not after the package clause", "package p\n//go:build a\n", "none"],
    ["not another directive", "//go:builder a\npackage p\n", "none"],
    ["twice", "//go:build a\n//go:build a\npackage p\n", "invalid"],
    ["broken", "//go:build a &&\npackage p\n", "invalid"],
    ["the old form, before a blank line", "// +build a\n\npackage p\n", "a"],
    ["the old form, not right above the package clause", "// +build a\npackage p\n", "none"],
    ["the old form, on two lines", "// +build a b\n//+build c\n\npackage p\n", "(a || b) && c"],
    ["the old form, not after a block comment", "/* */\n// +build a\n\npackage p\n", "none"],
    ["the new form wins", "// +build a\n//go:build b\n\npackage p\n", "b"],
    ["in an empty file", "", "none"],
  ])("%s", (_, text, want) => {
    expect(show(text, go)).toBe(want);
  });
});

test("before Go 1.17 only the old form counts", () => {
  expect(show("//go:build a\n// +build b\n\npackage p\n", oldGo)).toBe("b");
  expect(show("//go:build a &&\n\npackage p\n", oldGo)).toBe("none");
});

describe("assembly", () => {
  test.each([
    ["//go:build a\n#include", "a"],
    ["// +build a\n#include", "none"],
    ["// +build a\n\n#include", "a"],
    // go/build stops reading at the T, and the tab before it is a blank line.
    ["// +build a\n\tTEXT", "a"],
    ["// +build a\n\t;TEXT", "none"],
    ["#include\n//go:build a\n", "none"],
  ])("%j", (text, want) => {
    expect(show(text, asm)).toBe(want);
  });
});

test("lines have spans, and tell whether they count", () => {
  const text = "  //go:build  a && b \n// +build c\npackage p\n";
  const { lines } = findBuildHeader(text, go);
  const shown = lines.map((line) => ({
    line: text.slice(line.span.start, line.span.end),
    expr: text.slice(line.exprSpan.start, line.exprSpan.end),
    tags: line.parsed.tags.map((tag) => text.slice(tag.start, tag.end)),
    effective: line.effective,
  }));
  expect(shown).toEqual([
    { line: "//go:build  a && b", expr: "a && b", tags: ["a", "b"], effective: true },
    { line: "// +build c", expr: "c", tags: ["c"], effective: false },
  ]);
});

test("the key is that of what counts", () => {
  expect(key("// Text.\n\n//go:build a\npackage p\n")).toBe(key("//go:build a\n// +build b\n\npackage q\n"));
  expect(key("//go:build a\npackage p\n")).not.toBe(key("//go:build b\npackage p\n"));
  expect(key("// +build a\npackage p\n")).toBe("");
});

test("any number of lines makes a constraint that can be evaluated", () => {
  const { constraint } = findBuildHeader(`${"// +build a\n".repeat(20_000)}\npackage p\n`, go);
  expect(evalConstraint(constraint!, (tag) => tag === "a")).toBe(true);
  expect(evalConstraint(constraint!, () => false)).toBe(false);
});

test("no text is too strange", () => {
  const pieces = fc.constantFrom(
    "//",
    "/*",
    "*/",
    "\n",
    "go:build ",
    "+build ",
    "(",
    "!",
    "&&",
    "a",
    "\0",
    "\ud800",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((list) => list.join("")),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(go, asm, oldGo), (text, options) => {
      for (const { span } of findBuildHeader(text, options).lines) {
        expect(text.slice(span.start, span.end)).toMatch(/^\/\//);
      }
    }),
  );
});
