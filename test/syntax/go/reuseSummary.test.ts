import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseGo } from "../../../server/src/core/syntax/go/parseGo.ts";
import { reuseSummary } from "../../../server/src/core/syntax/go/reuseSummary.ts";
import { brokenGo, sampleGo } from "../../support/goSamples.ts";

const before = `package p

import "fmt"

func init() { fmt.Println(1) }

// f is in assembly.
//
//go:noescape
func f(x int)

func init() {}

type T int
`;

function afterEdit(from: string, to: string) {
  const old = parseGo(before).summary;
  expect(before).toContain(from);
  return { old, file: reuseSummary(old, parseGo(before.replace(from, to))) };
}

describe("the summary stays", () => {
  test.each([
    ["a body changes", "Println(1)", "Println(`}`, '}')"],
    ["a body grows by lines", "{}", "{\n\tvar x int\n\t_ = x\n}"],
    ["a comment changes", "is in assembly", "is elsewhere"],
    ["declarations move", "type T", "\n// new\n\n\ntype T"],
  ])("when %s", (_, from, to) => {
    const { old, file } = afterEdit(from, to);
    expect(file.summary).toBe(old);
    expect(file.text).toBe(before.replace(from, to));
  });
});

describe("the summary changes, but not the other declarations", () => {
  test.each([
    ["a header changes", "x int)", "x, y int)", 1],
    ["a body appears", "x int)", "x int) {}", 1],
    ["a directive changes", "noescape", "nosplit", undefined],
    ["a directive leaves the doc comment", "noescape\n", "noescape\n\n", undefined],
    ["an import changes", '"fmt"', 'fmt "fmt"', undefined],
    ["the package changes", "package p", "package q", undefined],
  ])("when %s", (_, from, to, changed) => {
    const { old, file } = afterEdit(from, to);
    expect(file.summary).not.toBe(old);
    file.summary.decls.forEach((decl, i) => expect(decl === old.decls[i]).toBe(i !== changed));
  });

  test("when declarations change places", () => {
    const old = parseGo("package p\nvar a int\nfunc init() {}\nvar b int\nfunc init() {}").summary;
    const { summary } = reuseSummary(
      old,
      parseGo("package p\nvar b int\nfunc init() {}\nfunc init() {}\nvar a int"),
    );
    expect(summary).not.toBe(old);
    expect(summary.decls.map((decl) => old.decls.indexOf(decl))).toEqual([2, 1, 3, 0]);
  });
});

test("any two texts: the result reads like a fresh parse, and no object stands twice", () => {
  fc.assert(
    fc.property(fc.oneof(brokenGo, fc.constant(sampleGo)), brokenGo, (a, b) => {
      const old = parseGo(a).summary;
      const { summary } = reuseSummary(old, parseGo(b));
      expect(summary).toEqual(parseGo(b).summary);
      expect(new Set(summary.decls).size).toBe(summary.decls.length);
      expect(reuseSummary(summary, parseGo(b)).summary).toBe(summary);
    }),
    { numRuns: 300 },
  );
});

test("edits of words in a body change nothing", () => {
  const old = parseGo(sampleGo);
  const body = old.declSpans.find((place) => place.body !== undefined)!.body!;
  const edit = fc.constantFrom("x", " ", "\n", "{}", "/* { */", "'{'", '"}"', "// }\n", "()", "\nreturn\n");
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20 }), (pieces) => {
      const text = sampleGo.slice(0, body.start + 1) + pieces.join("") + sampleGo.slice(body.start + 1);
      expect(reuseSummary(old.summary, parseGo(text)).summary).toBe(old.summary);
    }),
  );
});
