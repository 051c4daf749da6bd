import { expect, test } from "vitest";
import { gooses, isGoOS, knownOSNames, oses } from "../../server/src/core/facts/os.ts";

test("every system is known to go/build, since the release that added it", () => {
  for (const name of gooses) expect(knownOSNames.get(name)).toBe(oses[name].nameSince);
  expect(knownOSNames.get("wasip1")).toBe(21);
  expect(knownOSNames.get("hurd")).toBe(12);
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
