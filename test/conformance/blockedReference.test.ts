/**
 * Small programs that refer to names of the standard library, by linkname and from
 * assembly, are linked by real toolchains. rt0 must report a program exactly on the
 * targets where its link fails for the reference.
 */
import { expect, test } from "vitest";
import { eachRootOf } from "./support/eachRoot.ts";
import { placeOf, writeModule } from "./support/plantedModule.ts";

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

/** Two programs for each name, by their directories: one with a linkname, one that calls from assembly. */
const programs = [
  ...functions.flatMap((symbol) => [
    program(`linkname-${symbol}`, `//go:linkname p ${symbol}\nfunc p()\n\nfunc main() { p() }`),
    caller(symbol),
  ]),
  ...variables.flatMap((symbol) => [
    program(`linkname-${symbol}`, `//go:linkname p ${symbol}\nvar p uint32\n\nfunc main() { println(p) }`),
    caller(symbol),
  ]),
];

function caller(symbol: string) {
  const written = symbol.replace(".", "·").replaceAll("/", "∕");
  const text = `TEXT ·f(SB), 4, $8-0\n\tCALL ${written}(SB)\n\tRET\n`;
  return program(`call-${symbol}`, "func f()\n\nfunc main() { f() }", text);
}

function program(name: string, go: string, assembly = "") {
  const directory = name.replaceAll("/", "-");
  return [
    [`${directory}/main.go`, `package main\n\nimport _ "unsafe"\n\n${go}\n`],
    [`${directory}/f.s`, assembly],
  ] as const;
}

eachRootOf({ where: ({ release }) => release >= 23 }, (root) => {
  test("rt0 reports a reference where the linker refuses it", { timeout: 600_000 }, () => {
    const module = writeModule(root, [["go.mod", "module m\n"], ...programs.flat()]);
    const expected = targets.flatMap((target) => {
      const { stderr } = module.go(target, "build", "-o", "bin/", "./...");
      return stderr
        .split(/^# /m)
        .filter((part) => /invalid reference to|not defined for ABI0 \(but/.test(part))
        .map((part) => `${/^m\/(\S+)/.exec(part)![1]} ${target}`);
    });
    const found = module.findings(targets, "blocked-reference").map(placeOf);
    expect(found.sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(40);
  });
});
