import { expect, test } from "vitest";
import { newestRelease, oldestRelease, portsOf, type PortName } from "../../server/src/core/facts/targets.ts";

/** What a release's `go tool dist list -json` says of a port. */
function port(release: number, name: PortName): "absent" | "plain" | "cgo" {
  const found = portsOf(release).find((port) => port.name === name);
  if (found === undefined) return "absent";
  return found.cgo ? "cgo" : "plain";
}

test.each<[PortName, number, string, number, string]>([
  ["aix/ppc64", 11, "absent", 12, "plain"],
  ["darwin/386", 14, "plain", 15, "absent"],
  ["freebsd/riscv64", 25, "cgo", 26, "absent"],
  ["js/wasm", 11, "plain", 27, "plain"],
  ["linux/loong64", 18, "absent", 19, "cgo"],
  ["linux/ppc64", 26, "plain", 27, "cgo"],
  ["nacl/amd64p32", 13, "plain", 14, "absent"],
  ["wasip1/wasm", 20, "absent", 21, "plain"],
  ["windows/arm", 23, "plain", 24, "absent"],
])("%s", (name, before, was, after, is) => {
  expect([port(before, name), port(after, name)]).toEqual([was, is]);
});

test.each([
  [11, 39],
  [16, 44],
  [19, 46],
  [27, 47],
])("Go 1.%i has %i ports", (release, count) => {
  expect(portsOf(release)).toHaveLength(count);
});

test("ports are sorted as the go command prints them", () => {
  const names = portsOf().map((port) => port.name);
  expect(names).toEqual(names.toSorted());
});

test("releases beyond those known have the nearest one's ports", () => {
  expect(portsOf(newestRelease + 1)).toEqual(portsOf(newestRelease));
  expect(portsOf(1)).toEqual(portsOf(oldestRelease));
});
