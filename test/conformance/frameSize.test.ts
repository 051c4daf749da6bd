/**
 * Frame sizes and ABI selectors that the assembler of a release refuses, asked of the
 * assembler itself: one function per file, for every architecture that differs.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, type Toolchain, toolchains } from "./goToolchain.ts";

const arches = ["386", "amd64", "arm", "arm64", "mips", "mips64", "ppc64le", "riscv64", "s390x", "loong64"];
const sizes = [-12, -8, -4, 0, 4, 8, 12, 16, 20];
const flags = ["NOSPLIT", "NOSPLIT|NOFRAME"];
const selectors = ["", "<ABI0>", "<ABIInternal>"];

const functions = [
  ...flags.flatMap((flag) => sizes.map((size) => `TEXT ·f(SB), ${flag}, $${size}-0\n\tRET\n`)),
  ...selectors.map((abi) => `TEXT ·f(SB), NOSPLIT, $0-0\n\tJMP ·g${abi}(SB)\n`),
];

describe.skipIf(maySkip).each(toolchains())("$version", (toolchain) => {
  test("rt0 reports what the assembler says first", { timeout: 300_000 }, () => {
    const root = mkdtempSync(join(tmpdir(), "rt0-frames-"));
    try {
      writeFileSync(join(root, "go.mod"), "module m\n");
      functions.forEach((text, i) => {
        mkdirSync(join(root, `p${i}`));
        writeFileSync(join(root, `p${i}`, "p.go"), "package p\n\nfunc f()\nfunc g()\n");
        writeFileSync(join(root, `p${i}`, "p.s"), `#include "textflag.h"\n\n${text}`);
      });
      const targets = arches.map((arch) => `linux/${arch}`);
      const expected = targets.flatMap((target) =>
        functions.flatMap((_, i) => {
          const message = complaint(toolchain, root, i, target);
          return message === "" ? [] : [`p${i} ${target}: ${message}`];
        }),
      );
      const { stdout } = runMain(root, [
        "check",
        "--per-target",
        `--root=${root}`,
        `--goroot=${toolchain.goroot}`,
        `--target=${targets.join()}`,
        "--rules=frame-size,abi-selector",
        "--format=json",
        "./...",
      ]);
      const found = rows<{ package: string; target: string; message: string }>(stdout).map(
        (row) => `${row.package.slice("m/".length)} ${row.target}: ${row.message.replace(/ to \S+$/, "")}`,
      );
      expect(found.sort()).toEqual(expected.sort());
      expect(expected.length).toBeGreaterThan(80);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

/** What the assembler says first of a file, without places and names; "" where it takes it. */
function complaint(toolchain: Toolchain, root: string, i: number, target: string): string {
  const [os, arch] = target.split("/");
  const env = { ...goEnvironment(toolchain), GOOS: os, GOARCH: arch };
  const include = join(toolchain.goroot, "src/runtime");
  const output = join(root, "out.o");
  const { stderr } = spawnSync(
    join(toolchain.goroot, "bin/go"),
    ["tool", "asm", "-p", "m", "-I", include, "-o", output, join(root, `p${i}`, "p.s")],
    { env, encoding: "utf8" },
  );
  const [first = ""] = stderr.split("\n");
  return first
    .replace(/^.*?(?=unaligned|negative|frame size|NOFRAME|ABI selector)/, "")
    .replace(/ to "\S+"$/, "");
}
