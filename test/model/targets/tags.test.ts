import { expect, test } from "vitest";
import { tagSet, tagsOf } from "../../../server/src/core/model/targets/tags.ts";
import {
  buildContext,
  parseTarget,
  type BuildContext,
} from "../../../server/src/core/model/targets/target.ts";

function has(name: string, tag: string, change: Partial<BuildContext> = {}): boolean {
  return tagsOf(parseTarget(name)!, { ...buildContext(), ...change })(tag);
}

test.each<[string, string, Partial<BuildContext>, boolean]>([
  ["linux/amd64", "linux", {}, true],
  ["linux/amd64", "amd64", {}, true],
  ["linux/amd64", "gc", {}, true],
  ["linux/amd64", "darwin", {}, false],
  ["android/arm", "linux", {}, true],
  ["linux/arm", "android", {}, false],
  ["ios/arm64", "darwin", {}, true],
  ["illumos/amd64", "solaris", {}, true],
  ["linux/amd64", "unix", {}, true],
  ["linux/amd64", "unix", { release: 18 }, false],
  ["plan9/386", "unix", {}, false],
  ["js/wasm", "unix", {}, false],
  ["linux/amd64", "go1.1", {}, true],
  ["linux/amd64", "go1.27", { release: 27 }, true],
  ["linux/amd64", "go1.28", { release: 27 }, false],
  ["linux/amd64", "cgo", {}, false],
  ["linux/amd64", "cgo", { cgo: true }, true],
  ["plan9/386", "cgo", { cgo: true }, false],
  ["linux/ppc64", "cgo", { cgo: true, release: 26 }, false],
  ["linux/ppc64", "cgo", { cgo: true, release: 27 }, true],
  ["linux/amd64", "purego", {}, false],
  ["linux/amd64", "purego", { tags: ["purego"] }, true],
  ["linux/amd64", "goexperiment.regabiargs", {}, true],
  ["linux/386", "goexperiment.regabiargs", {}, false],
  // The register ABI can neither be switched off nor on.
  ["linux/amd64", "goexperiment.regabiargs", { experiments: ["none"] }, true],
  ["linux/386", "goexperiment.regabiargs", { experiments: ["regabiargs"] }, false],
  ["linux/s390x", "goexperiment.regabiargs", { release: 25 }, false],
  ["linux/s390x", "goexperiment.regabiargs", { release: 26 }, true],
  ["openbsd/amd64", "goexperiment.regabiargs", { release: 17 }, false],
  ["linux/amd64", "goexperiment.dwarf5", {}, true],
  ["darwin/arm64", "goexperiment.dwarf5", {}, false],
  ["linux/amd64", "goexperiment.dwarf5", { release: 24 }, false],
  ["linux/amd64", "goexperiment.swissmap", { release: 24 }, true],
  ["linux/amd64", "goexperiment.swissmap", { release: 24, experiments: ["noswissmap"] }, false],
  ["linux/amd64", "goexperiment.arenas", { experiments: ["arenas"] }, true],
  ["linux/amd64", "goexperiment.greenteagc", { experiments: ["none"] }, false],
  ["linux/amd64", "boringcrypto", { experiments: ["boringcrypto"] }, true],
  ["linux/amd64", "boringcrypto", {}, false],
  ["linux/amd64", "amd64.v2", { levels: { amd64: "v2" } }, true],
  ["linux/arm64", "amd64.v2", { levels: { amd64: "v2" } }, false],
])("%s: %s with %j", (name, tag, change, want) => {
  expect(has(name, tag, change)).toBe(want);
});

test("the tags of a target are computed once", () => {
  const context = buildContext();
  const target = parseTarget("linux/amd64")!;
  expect(tagSet(target, context)).toBe(tagSet(target, context));
});
