import { expect, test } from "vitest";
import { parseTarget, targetOf, targetsOf } from "../../../server/src/core/model/targets/target.ts";

test.each([
  ["linux/amd64", "linux/amd64"],
  ["nacl/amd64p32", "nacl/amd64p32"],
  ["linux/sparc64", undefined],
  ["linux", undefined],
  ["linux/", undefined],
  ["linux/amd64/x", undefined],
  ["constructor/386", undefined],
  ["", undefined],
])("%j", (text, name) => {
  expect(parseTarget(text)?.name).toBe(name);
});

test("a target is one object", () => {
  expect(parseTarget("linux/arm")).toBe(targetOf("linux", "arm"));
  expect(targetsOf(27)).toContain(targetOf("linux", "arm"));
});
