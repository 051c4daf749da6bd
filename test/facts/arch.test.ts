import { expect, test } from "vitest";
import { arches, isGoArch, knownArchNames } from "../../server/src/core/facts/arch.ts";

test("every architecture is known to go/build", () => {
  for (const name of Object.keys(arches)) expect(knownArchNames.has(name)).toBe(true);
});

test("a name that is only known is no architecture", () => {
  expect(["386", "sparc64", "constructor", ""].filter(isGoArch)).toEqual(["386"]);
});

test("the big-endian ones are those of internal/goarch", () => {
  const big = Object.entries(arches).filter(([, arch]) => arch.bigEndian);
  expect(big.map(([name]) => name).toSorted()).toEqual(["mips", "mips64", "ppc64", "s390x"]);
});
