/**
 * Assembly that calls Go, in ways that leave the runtime without a map of the frame and
 * in ways that do not, is run while the stack grows. rt0 must report the functions with
 * which the program stops.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { go, goEnvironment, maySkip, toolchains } from "./goToolchain.ts";

/** By name of the function that calls Go: how the program gets there, and the assembly. */
const functions: Readonly<Record<string, { readonly call: string; readonly assembly: string }>> = {
  locals: { call: "locals()", assembly: "TEXT ·locals(SB), NOSPLIT, $16-0\n\tCALL ·grows(SB)\n\tRET" },
  frameless: {
    call: "frameless()",
    assembly: "TEXT ·frameless(SB), NOSPLIT, $0-0\n\tCALL ·grows(SB)\n\tRET",
  },
  mapped: {
    call: "mapped()",
    assembly: "TEXT ·mapped(SB), NOSPLIT, $16-0\n\tNO_LOCAL_POINTERS\n\tCALL ·grows(SB)\n\tRET",
  },
  declared: {
    call: "declared(new(int))",
    assembly: "TEXT ·declared(SB), NOSPLIT, $0-8\n\tCALL ·grows(SB)\n\tRET",
  },
  quick: { call: "quick()", assembly: "TEXT ·quick(SB), NOSPLIT, $16-0\n\tCALL ·nosplit(SB)\n\tRET" },
  undeclared: {
    call: "reach1()",
    assembly: [
      "TEXT ·reach1(SB), NOSPLIT, $8-0\n\tNO_LOCAL_POINTERS\n\tCALL ·undeclared(SB)\n\tRET",
      "TEXT ·undeclared(SB), NOSPLIT, $0-8\n\tCALL ·grows(SB)\n\tRET",
    ].join("\n\n"),
  },
  ofFile: {
    call: "reach2()",
    assembly: [
      "TEXT ·reach2(SB), NOSPLIT, $8-0\n\tNO_LOCAL_POINTERS\n\tCALL ofFile<>(SB)\n\tRET",
      "TEXT ofFile<>(SB), NOSPLIT, $0-8\n\tCALL ·grows(SB)\n\tRET",
    ].join("\n\n"),
  },
  unsized: {
    call: "reach3()",
    assembly: [
      "TEXT ·reach3(SB), NOSPLIT, $8-0\n\tNO_LOCAL_POINTERS\n\tCALL ·unsized(SB)\n\tRET",
      "TEXT ·unsized(SB), NOSPLIT, $0\n\tCALL ·grows(SB)\n\tRET",
    ].join("\n\n"),
  },
};

const program = `package main

import "os"

func locals()
func frameless()
func mapped()
func declared(*int)
func quick()
func reach1()
func reach2()
func reach3()

func deep(n int) int {
	var a [1000]byte
	a[n] = 1
	if n == 0 {
		return 0
	}
	return deep(n-1) + int(a[n%1000])
}

func grows() { deep(100) }

//go:nosplit
func nosplit() {}

func main() {
	done := make(chan bool)
	go func() {
		switch os.Args[1] {
${Object.entries(functions)
  .map(([name, { call }]) => `\t\tcase "${name}":\n\t\t\t${call}`)
  .join("\n")}
		}
		done <- true
	}()
	<-done
}
`;

// Older linkers do not get along with arguments of functions that Go does not declare.
describe
  .skipIf(maySkip || process.arch !== "x64" || process.platform !== "linux")
  .each(toolchains().filter(({ release }) => release >= 24))("$version", (toolchain) => {
  test("rt0 reports what stops the program", { timeout: 120_000 }, () => {
    const root = mkdtempSync(join(tmpdir(), "rt0-stackmap-"));
    try {
      const assembly = Object.values(functions).map((fn) => fn.assembly);
      const includes = '#include "textflag.h"\n#include "funcdata.h"\n';
      writeFileSync(join(root, "go.mod"), "module m\n");
      writeFileSync(join(root, "main.go"), program);
      writeFileSync(join(root, "main.s"), [includes, ...assembly].join("\n\n") + "\n");
      const binary = join(root, "main.out");
      go(toolchain, ["build", "-C", root, "-o", binary, "."]);
      const stopping = Object.keys(functions).filter((name) => {
        const { status, stderr } = spawnSync(binary, [name], {
          env: goEnvironment(toolchain),
          encoding: "utf8",
        });
        return status !== 0 && stderr.includes("missing stackmap");
      });
      const { stdout } = runMain(root, [
        "check",
        `--root=${root}`,
        `--goroot=${toolchain.goroot}`,
        "--target=linux/amd64",
        "--rules=stack-map",
        "--format=json",
        "./...",
      ]);
      const found = rows<{ message: string }>(stdout).map(({ message }) => message.split(" ", 1)[0]);
      expect(found.sort()).toEqual(stopping.sort());
      expect(stopping).toEqual(["locals", "ofFile", "undeclared"]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
