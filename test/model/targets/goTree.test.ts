import { expect, test } from "vitest";
import { portsOf } from "../../../server/src/core/facts/targets.ts";
import { readGoTree, releaseOf } from "../../../server/src/core/model/targets/goTree.ts";

test.each([
  ["go1.27.3", 27],
  ["go1.27", 27],
  ["go1.28rc1", 28],
  ["devel go1.28-0123456789 Mon Jan 1 00:00:00 2026 +0000", 28],
  ["devel +0123456789 Mon Jan 1 00:00:00 2018 +0000", undefined],
  ["go2.0", undefined],
  ["", undefined],
])("%s", (version, release) => {
  expect(releaseOf(version)).toBe(release);
});

test("a tree without VERSION is of the release under development", () => {
  const goversion = "package goversion\n\nconst Version = 16\n";
  const build = "\tconst version = 11 // go1.11\n";
  expect(readGoTree({ "src/internal/goversion/goversion.go": goversion }).release).toBe(16);
  expect(readGoTree({ "src/go/build/build.go": build }).release).toBe(11);
  expect(readGoTree({}).release).toBeUndefined();
});

test("ports from the generated table, without broken ones", () => {
  const text = `var distInfo = map[OSArch]osArchInfo{
	{"plan9", "386"}:       {},
	{"linux", "amd64"}:     {CgoSupported: true, FirstClass: true},
	{"freebsd", "riscv64"}: {CgoSupported: true, Broken: true},
	{"linux", "sparc64"}:   {},
}
`;
  expect(readGoTree({ "src/internal/platform/zosarch.go": text }).ports).toEqual([
    { name: "linux/amd64", cgo: true },
    { name: "plan9/386", cgo: false },
  ]);
});

test("ports from cmd/dist, without those it cannot build", () => {
  const text = `
var okgoarch = []string{
	"386",
	"riscv64",
}
var okgoos = []string{
	"linux",
	"nacl", // keep;
}
var cgoEnabled = map[string]bool{
	"linux/386":     true,
	"linux/riscv64": true,
	"nacl/386":      false, // Why.
	"js/wasm":       false,
}
var incomplete = map[string]bool{
	"linux/riscv64": true,
}
`;
  expect(readGoTree({ "src/cmd/dist/build.go": text }).ports).toEqual([
    { name: "linux/386", cgo: true },
    { name: "nacl/386", cgo: false },
  ]);
});

test("a tree that states no ports has those of its release", () => {
  expect(readGoTree({ VERSION: "go1.13.10" }).ports).toEqual(portsOf(13));
  expect(readGoTree({}).ports).toEqual(portsOf());
});
