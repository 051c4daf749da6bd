/**
 * Assembly that calls Go, in ways that leave the runtime without a map of the frame and
 * in ways that do not, is run while the stack grows. rt0 must report the functions with
 * which the program stops.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachRootOf } from "./support/eachRoot.ts";
import type { GoRoot } from "./support/goroots.ts";
import { writeModule } from "./support/plantedModule.ts";

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

const assembly = [
  '#include "textflag.h"\n#include "funcdata.h"\n',
  ...Object.values(functions).map((fn) => fn.assembly),
].join("\n\n");

// Older linkers do not get along with arguments of functions that Go does not declare.
const where = ({ release }: GoRoot) => release >= 24;
const skip = process.arch !== "x64" || process.platform !== "linux";

eachRootOf({ where, skip }, (root) => {
  test("rt0 reports what stops the program", { timeout: 120_000 }, () => {
    const files = { "go.mod": "module m\n", "main.go": program, "main.s": `${assembly}\n` };
    const module = writeModule(root, Object.entries(files));
    expect(module.go("linux/amd64", "build", "-o", "main.out", ".").stderr).toBe("");
    const stopping = Object.keys(functions).filter((name) => {
      const { status, stderr } = spawnSync(join(module.directory, "main.out"), [name], {
        encoding: "utf8",
      });
      return status !== 0 && stderr.includes("missing stackmap");
    });
    const found = module
      .findings(["linux/amd64"], "stack-map")
      .map(({ message }) => message.split(" ", 1)[0]);
    expect(found.sort()).toEqual(stopping.sort());
    expect(stopping).toEqual(["locals", "ofFile", "undeclared"]);
  });
});
