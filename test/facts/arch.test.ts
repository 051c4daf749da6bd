import { expect, test } from "vitest";
import { arches, goarches, isGoArch, knownArchNames } from "../../server/src/core/facts/arch.ts";

test("every architecture is known to go/build, since the release that added it", () => {
  for (const name of goarches) expect(knownArchNames.get(name)).toBe(arches[name].nameSince);
  expect(knownArchNames.get("loong64")).toBe(18);
  expect(knownArchNames.get("sparc64")).toBe(0);
});

test("a name that is only known is no architecture", () => {
  expect(["386", "sparc64", "constructor", ""].filter(isGoArch)).toEqual(["386"]);
});

test("the big-endian ones are those of internal/goarch", () => {
  expect(goarches.filter((name) => arches[name].bigEndian).toSorted()).toEqual([
    "mips",
    "mips64",
    "ppc64",
    "s390x",
  ]);
});
