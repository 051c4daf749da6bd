import { expect, test } from "vitest";
import { isGoOS, knownOSNames, oses } from "../../server/src/core/facts/os.ts";

test("every system is known to go/build", () => {
  for (const name of Object.keys(oses)) expect(knownOSNames.has(name)).toBe(true);
});

test("a name that is only known is no system", () => {
  expect(["linux", "hurd", "zos", "toString"].filter(isGoOS)).toEqual(["linux"]);
});

test("a system that implies another is as much Unix as that", () => {
  const implying = Object.entries(oses).flatMap(([name, { implies, unix }]) =>
    implies === undefined ? [] : [{ name, implies, unix }],
  );
  expect(implying.map(({ name, implies }) => [name, implies])).toEqual([
    ["android", "linux"],
    ["illumos", "solaris"],
    ["ios", "darwin"],
  ]);
  for (const { implies, unix } of implying) expect(oses[implies].unix).toBe(unix);
});
