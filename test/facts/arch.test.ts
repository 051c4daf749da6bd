import { expect, test } from "vitest";
import { arches, isGoArch, knownArchNames } from "../../server/src/core/facts/arch.ts";

test("every architecture is under its own name and known to go/build", () => {
  for (const [name, arch] of Object.entries(arches)) {
    expect(arch.name).toBe(name);
    expect(knownArchNames.has(name)).toBe(true);
  }
});

test("a name that is only known is no architecture", () => {
  expect(["386", "sparc64", "constructor", ""].filter(isGoArch)).toEqual(["386"]);
});

test("the big-endian ones are those of internal/goarch", () => {
  const big = Object.values(arches).filter((arch) => arch.bigEndian);
  expect(big.map((arch) => arch.name).toSorted()).toEqual(["mips", "mips64", "ppc64", "s390x"]);
});
