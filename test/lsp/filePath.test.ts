/** One path for every spelling of a URI. */
import { expect, test } from "vitest";
import { filePathOf, uriOf } from "../../server/src/lsp/filePath.ts";

test.each([
  ["file:///c%3A/p/a.s", "/c:/p/a.s"],
  ["file:///C:/p/a.s", "/c:/p/a.s"],
  ["file:///C%3a/p/a.s", "/c:/p/a.s"],
  ["file:///p%40/%28x%29/a.s", "/p@/(x)/a.s"],
  ["file:///p@/(x)/a.s", "/p@/(x)/a.s"],
  ["file:///p//q/", "/p/q"],
  ["file:///", "/"],
])("%s is %s", (uri, path) => {
  expect(filePathOf(uri)).toEqual({ site: "file://", path });
});

test("a letter before a colon that is no drive stays", () => {
  expect(filePathOf("file:///p/C:/a.s")?.path).toBe("/p/C:/a.s");
});

test("the URI of a path leads back to it", () => {
  for (const path of ["/c:/p/a.s", "/p@/(x)/ä #?.s"])
    expect(filePathOf(uriOf({ site: "file://", path }))).toEqual({ site: "file://", path });
});

test("what is no URI has none", () => {
  expect(filePathOf("not a URI")).toBeUndefined();
});
