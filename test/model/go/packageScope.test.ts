import { expect, test } from "vitest";
import { createPackage } from "../../../server/src/core/model/go/packageScope.ts";
import { TargetSet } from "../../../server/src/core/model/targets/targetSet.ts";
import { parseGo } from "../../../server/src/core/syntax/go/parseGo.ts";

/** File and kind of each declaration of a name. */
function declared(texts: Readonly<Record<string, string>>, name: string): readonly string[] | undefined {
  return scopeOf(texts)
    .get(name)
    ?.map(({ name: found, file, decl }) => `${file.name} ${decl.kind} ${found}`);
}

function scopeOf(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([name, text]) => {
    return { name, summary: parseGo(`package p\n${text}`).summary, targets: TargetSet.all(2), isTest: false };
  });
  return createPackage("p", "/p", files).scope;
}

const texts = {
  "a.go": "const (\n\tSYS_READ = 3\n\tAF_DECnet = 12\n)\n",
  "b.go": "const SYS_READ = 4\n\ntype Errno uintptr\n",
  "c.go": "const (\n\tSYS_READ = 5\n\t_ = 6\n)\n\nvar SYS_X, x int\n",
};

test("a name in a table of constants has its declarations in the order of the files", () => {
  expect(declared(texts, "SYS_READ")).toEqual([
    "a.go const SYS_READ",
    "b.go const SYS_READ",
    "c.go const SYS_READ",
  ]);
  expect(declared(texts, "AF_DECnet")).toEqual(["a.go const AF_DECnet"]);
});

test("names that no table can have are found beside tables", () => {
  expect(declared(texts, "Errno")).toEqual(["b.go type Errno"]);
  expect(declared(texts, "SYS_X")).toEqual(["c.go var SYS_X"]);
  expect(declared(texts, "AF_DEC")).toBeUndefined();
  expect(declared(texts, "_")).toBeUndefined();
});

test("what was asked for first makes no difference", () => {
  const scope = scopeOf(texts);
  expect(scope.get("SYS_RE")).toBeUndefined();
  expect(scope.get("SYS_READ")).toHaveLength(3);
  expect(scope.get("SYS_READ")).toBe(scope.get("SYS_READ"));
  expect([...scope.keys()].sort()).toEqual(["AF_DECnet", "Errno", "SYS_READ", "SYS_X", "x"]);
  expect([...scopeOf(texts).keys()].sort()).toEqual(["AF_DECnet", "Errno", "SYS_READ", "SYS_X", "x"]);
});

test("many names that no table has are asked for", () => {
  const scope = scopeOf(texts);
  for (let i = 0; i < 100; i++) expect(scope.get(`NONE_${i}`)).toBeUndefined();
  expect(scope.get("AF_DECnet")).toHaveLength(1);
});
