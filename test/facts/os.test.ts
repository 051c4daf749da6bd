import { expect, test } from "vitest";
import { isGoOS, knownOSNames, oses } from "../../server/src/core/facts/os.ts";

test("every system is under its own name and known to go/build", () => {
  for (const [name, os] of Object.entries(oses)) {
    expect(os.name).toBe(name);
    expect(knownOSNames.has(name)).toBe(true);
  }
});

test("a name that is only known is no system", () => {
  expect(["linux", "hurd", "zos", "toString"].filter(isGoOS)).toEqual(["linux"]);
});

test("a system that implies another is as much Unix as that", () => {
  const implying = Object.values(oses).filter((os) => os.implies !== undefined);
  expect(implying.map((os) => [os.name, os.implies])).toEqual([
    ["android", "linux"],
    ["illumos", "solaris"],
    ["ios", "darwin"],
  ]);
  for (const os of implying) expect(oses[os.implies!].unix).toBe(os.unix);
});
