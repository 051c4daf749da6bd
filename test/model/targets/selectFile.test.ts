import { describe, expect, test } from "vitest";
import {
  fileKind,
  headerOptions,
  selectingTargets,
  type BuildConfig,
} from "../../../server/src/core/model/targets/selectFile.ts";
import { buildContext, parseTarget } from "../../../server/src/core/model/targets/target.ts";
import { findBuildHeader } from "../../../server/src/core/syntax/build/header.ts";

function config(change: { cgo?: boolean; release?: number } = {}): BuildConfig {
  const names = ["android/arm", "linux/amd64", "plan9/386", "wasip1/wasm"];
  return { targets: names.map((name) => parseTarget(name)!), context: { ...buildContext(), ...change } };
}

/** The targets that build a file, as names. */
function selected(
  build: BuildConfig,
  name: string,
  header = "",
  packageName = "p",
  importsC = false,
): string {
  const file = {
    name,
    header: findBuildHeader(header, headerOptions(name, build.context)),
    packageName,
    importsC,
  };
  return [...selectingTargets(build, file)].map((i) => build.targets[i]!.goos).join(" ");
}

test.each([
  ["x.go", "", "android linux plan9 wasip1"],
  ["x_linux.s", "", "android linux"],
  ["x_linux.s", "//go:build !android\n", "linux"],
  ["x.s", "//go:build unix || wasm\n", "android linux wasip1"],
  ["x_zos.go", "", ""],
  ["x.go", "//go:build ignore\n", ""],
  ["x.go", "//go:build linux &&\n", ""],
  ["_x.go", "", ""],
  ["x.c", "", ""],
])("%s with %j", (name, header, want) => {
  expect(selected(config(), name, header)).toBe(want);
});

test("a name becomes a constraint with the release that knows it", () => {
  expect(selected(config({ release: 20 }), "x_wasip1.go")).toBe("android linux plan9 wasip1");
  expect(selected(config({ release: 21 }), "x_wasip1.go")).toBe("wasip1");
});

test("a file that imports C is built where cgo is on", () => {
  expect(selected(config(), "x.go", "", "p", true)).toBe("");
  expect(selected(config({ cgo: true }), "x.go", "", "p", true)).toBe("android linux");
  // go/build reports cgo in a test as an error, and lists the file.
  expect(selected(config(), "x_test.go", "", "p", true)).toBe("android linux plan9 wasip1");
});

test("package documentation is not built", () => {
  expect(selected(config(), "x.go", "", "documentation")).toBe("");
});

test("equal constraints share their answer", () => {
  const build = config();
  const file = (name: string) => ({
    name,
    header: findBuildHeader("//go:build linux\n", headerOptions(name, build.context)),
    packageName: "p",
    importsC: false,
  });
  expect(selectingTargets(build, file("x.go"))).toBe(selectingTargets(build, file("y.go")));
});

describe("kinds", () => {
  test.each([
    ["x.go", "p", "", "go"],
    ["x_test.go", "p", "p", "test"],
    ["x_test.go", "p_test", "p", "xtest"],
    ["x_test.go", "p_test", "p_test", "test"],
    ["x.s", "", "p", "asm"],
    ["x.S", "", "p", "other"],
    [".x.go", "p", "p", "ignored"],
  ])("%s of package %s in %s", (name, packageName, packageOfDirectory, want) => {
    expect(fileKind({ name, packageName, importsC: false }, packageOfDirectory)).toBe(want);
  });
});
