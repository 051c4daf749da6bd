/**
 * Small programs that refer to names of the standard library, by linkname and from
 * assembly, are linked by real toolchains. rt0 must report a program exactly on the
 * targets where its link fails for the reference.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, toolchains } from "./goToolchain.ts";

const targets = ["linux/amd64", "linux/386"];

/** Go functions: with and without a mark, for the library alone, blocked; entered from assembly of their own package or not. */
const functions = [
  "runtime.casgstatus",
  "runtime.nanotime",
  "runtime.entersyscall",
  "runtime.bootstrapRand",
  "runtime.newcoro",
  "runtime.mapaccess1_fast32",
  "runtime.newobject",
  "runtime.schedinit",
  "runtime.mstart0",
  "runtime.chansend1",
  "runtime.printint",
  "crypto/rand.fatal",
  "sync.runtime_Semacquire",
  "syscall.Syscall",
  "internal/cpu.Name",
  // In assembly: with and without a declaration, marked or not, of either ABI.
  "runtime.gogo",
  "runtime.memmove",
  "runtime.reflectcall",
  "runtime.goexit",
  "runtime.mcall",
  "runtime.systemstack",
  "runtime.cgocallback",
  "runtime.rt0_go",
  "runtime.morestack",
  "runtime.addmoduledata",
  "runtime.publicationBarrier",
  "runtime.procyield",
  "runtime.memequal",
  "internal/bytealg.IndexByte",
  "internal/runtime/atomic.Load",
  "internal/runtime/atomic.Cas64",
];

const variables = [
  "runtime.allglen",
  "runtime.firstmoduledata",
  "runtime.zeroVal",
  "runtime.writeBarrier",
  "runtime.iscgo",
  "internal/cpu.X86",
];

interface Program {
  readonly go: string;
  readonly assembly: string;
}

const programs: readonly Program[] = [
  ...functions.flatMap((symbol) => [
    { go: `//go:linkname p ${symbol}\nfunc p()\n\nfunc main() { p() }`, assembly: "" },
    { go: "func f()\n\nfunc main() { f() }", assembly: text(`CALL ${written(symbol)}(SB)`) },
  ]),
  ...variables.flatMap((symbol) => [
    { go: `//go:linkname p ${symbol}\nvar p uint32\n\nfunc main() { println(p) }`, assembly: "" },
    { go: "func f()\n\nfunc main() { f() }", assembly: text(`CALL ${written(symbol)}(SB)`) },
  ]),
];

function text(line: string): string {
  return `TEXT ·f(SB), 4, $8-0\n\t${line}\n\tRET\n`;
}

function written(symbol: string): string {
  return symbol.replace(".", "·").replaceAll("/", "∕");
}

/** What a program is about. */
function line({ go, assembly }: Program): string {
  return assembly.split("\n\t")[1] ?? go.split("\n")[0]!;
}

describe.skipIf(maySkip).each(toolchains().filter(({ release }) => release >= 23))(
  "$version",
  (toolchain) => {
    test("rt0 reports a reference where the linker refuses it", { timeout: 600_000 }, () => {
      const root = mkdtempSync(join(tmpdir(), "rt0-references-"));
      try {
        writeFileSync(join(root, "go.mod"), "module m\n");
        programs.forEach(({ go, assembly }, i) => {
          mkdirSync(join(root, `p${i}`));
          writeFileSync(join(root, `p${i}`, "main.go"), `package main\n\nimport _ "unsafe"\n\n${go}\n`);
          writeFileSync(join(root, `p${i}`, "f.s"), assembly);
        });
        const expected = targets.flatMap((target) =>
          refused(target).map((i) => `${target} p${i}: ${line(programs[i]!)}`),
        );
        const { stdout } = runMain(root, [
          "check",
          "--per-target",
          `--root=${root}`,
          `--goroot=${toolchain.goroot}`,
          `--target=${targets.join()}`,
          "--rules=blocked-reference",
          "--format=json",
          "./...",
        ]);
        const found = rows<{ file: string; target: string }>(stdout).map(({ file, target }) => {
          const i = Number(/^p(\d+)/.exec(file)![1]);
          return `${target} p${i}: ${line(programs[i]!)}`;
        });
        expect(found.sort()).toEqual(expected.sort());
        expect(expected.length).toBeGreaterThan(40);
      } finally {
        rmSync(root, { recursive: true });
      }

      /** The programs whose link fails for the reference; what is not there at all is another check's affair. */
      function refused(target: string): number[] {
        const [os, arch] = target.split("/");
        const env = { ...goEnvironment(toolchain), GOOS: os, GOARCH: arch };
        const program = join(toolchain.goroot, "bin/go");
        const args = ["build", "-o", join(root, "bin") + "/", "./..."];
        const { stderr } = spawnSync(program, args, { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 26 });
        return stderr
          .split(/^# /m)
          .filter((part) => /invalid reference to|not defined for ABI0 \(but/.test(part))
          .map((part) => Number(/^m\/p(\d+)/.exec(part)![1]));
      }
    });
  },
);
