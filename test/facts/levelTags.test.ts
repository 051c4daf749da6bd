import { expect, test } from "vitest";
import type { GoArch } from "../../server/src/core/facts/arch.ts";
import { levelTags } from "../../server/src/core/facts/levelTags.ts";

test.each<[GoArch, string | undefined, number, string]>([
  ["amd64", undefined, 20, ""],
  ["amd64", undefined, 21, "amd64.v1"],
  ["amd64", "v3", 27, "amd64.v1 amd64.v2 amd64.v3"],
  ["amd64", "nonsense", 27, "amd64.v1"],
  ["arm", undefined, 27, "arm.5 arm.6 arm.7"],
  ["arm", "5,hardfloat", 27, "arm.5"],
  ["386", undefined, 27, "386.sse2"],
  ["386", "softfloat", 27, "386.softfloat"],
  ["arm64", undefined, 22, ""],
  ["arm64", "v8.1,lse", 23, "arm64.v8.0 arm64.v8.1"],
  ["arm64", "v9.0", 23, "arm64.v9.0 arm64.v8.0 arm64.v8.1 arm64.v8.2 arm64.v8.3 arm64.v8.4 arm64.v8.5"],
  ["ppc64le", "power9", 27, "ppc64le.power8 ppc64le.power9"],
  ["riscv64", undefined, 22, ""],
  ["riscv64", "rva22u64", 23, "riscv64.rva20u64 riscv64.rva22u64"],
  ["wasm", undefined, 25, ""],
  ["wasm", "signext", 25, "wasm.signext"],
  ["wasm", undefined, 26, "wasm.satconv wasm.signext"],
  ["s390x", undefined, 27, ""],
])("%s at level %s in Go 1.%i", (goarch, level, release, tags) => {
  expect(levelTags(goarch, level, release).join(" ")).toBe(tags);
});
