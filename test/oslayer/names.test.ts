/** Names of errors and signals, and imported functions. */
import { constants, platform } from "node:os";
import { expect, test } from "vitest";
import { parseTarget, targetsOf } from "../../server/src/core/model/targets/target.ts";
import { errnoByName, errnoByNumber, errnosOf } from "../../server/src/core/oslayer/errno.ts";
import { importByName, importsOf } from "../../server/src/core/oslayer/imports.ts";
import {
  signalByName,
  signalByNumber,
  signalCount,
  signalsOf,
} from "../../server/src/core/oslayer/signal.ts";

const on = (name: string) => parseTarget(name)!;

test.each([
  ["linux/amd64", "EAGAIN", 11],
  ["linux/mips", "EDQUOT", 1133],
  ["linux/amd64", "EDQUOT", 122],
  ["linux/ppc64le", "EDEADLOCK", 58],
  ["linux/amd64", "EDEADLOCK", 35],
  ["darwin/arm64", "EAGAIN", 35],
  ["ios/arm64", "EAGAIN", 35],
  ["darwin/386", "EAGAIN", 35],
  ["freebsd/riscv64", "ENOTCAPABLE", 93],
  ["openbsd/mips64", "EAGAIN", 35],
  ["solaris/amd64", "EAGAIN", 11],
  ["illumos/amd64", "EWOULDBLOCK", 11],
  ["aix/ppc64", "EWOULDBLOCK", 11],
  ["wasip1/wasm", "EACCES", 2],
  ["js/wasm", "EACCES", 13],
])("%s %s is %i", (target, name, number) => {
  expect(errnoByName(on(target), name)?.number).toBe(number);
  expect(errnoByNumber(on(target), number)?.names).toContain(name);
  // As the kernel returns it.
  expect(errnoByNumber(on(target), -number)?.names).toContain(name);
});

test("a number keeps all its names and what the system says of it", () => {
  expect(errnoByNumber(on("linux/amd64"), 11)).toMatchObject({
    names: ["EAGAIN", "EWOULDBLOCK"],
    message: "resource temporarily unavailable",
  });
  expect(errnoByNumber(on("aix/ppc64"), 1)?.message).toBe("not owner");
  expect(errnosOf(on("plan9/386"))).toEqual([]);
  expect(errnosOf(on("windows/amd64"))).toEqual([]);
  expect(errnoByNumber(on("linux/amd64"), 0)).toBeUndefined();
});

test.skipIf(platform() !== "linux" || process.arch !== "x64")("this machine's errors and signals", () => {
  const target = on("linux/amd64");
  for (const [name, number] of Object.entries(constants.errno)) {
    expect([name, errnoByName(target, name)?.number]).toEqual([name, number]);
  }
  for (const [name, number] of Object.entries(constants.signals)) {
    // Two names for one: the runtime's table has SIGABRT and SIGIO.
    if (["SIGIOT", "SIGPOLL", "SIGUNUSED"].includes(name)) continue;
    expect([name, signalByName(target, name)?.first]).toEqual([name, number]);
  }
});

test.each([
  ["linux/amd64", 10, "SIGUSR1"],
  ["linux/mipsle", 16, "SIGUSR1"],
  ["linux/mips64", 10, "SIGBUS"],
  ["darwin/amd64", 10, "SIGBUS"],
  ["freebsd/amd64", 32, "SIGTHR"],
  ["linux/amd64", 33, "signal N"],
  ["plan9/386", 2, "sys: trap: fault read"],
])("%s signal %i is %s", (target, number, name) => {
  expect(signalByNumber(on(target), number)?.name).toBe(name);
});

test("signals cover every number up to the table's end", () => {
  for (const target of targetsOf()) {
    const signals = signalsOf(target);
    expect(signals.length === 0).toBe(["windows", "js", "wasip1"].includes(target.goos));
    let next = 0;
    for (const { first, last, source } of signals) {
      expect(first).toBe(next);
      expect(source).toMatch(/\.go:\d+$/);
      next = last + 1;
    }
    expect(signalCount(target) ?? 0).toBe(next);
  }
});

test("imported functions", () => {
  expect(importByName(on("windows/amd64"), "WriteFile")).toMatchObject({
    library: "kernel32.dll",
    packages: ["runtime"],
    argumentCount: 5,
    revision: "go1.27",
  });
  expect(importByName(on("windows/386"), "NtWaitForSingleObject")).toMatchObject({ revision: "e785e3acf8" });
  expect(importByName(on("darwin/arm64"), "libc_open")).toMatchObject({
    name: "open",
    library: "/usr/lib/libSystem.B.dylib",
    packages: ["runtime", "syscall"],
  });
  expect(importByName(on("ios/arm64"), "CFRelease")).toBeDefined();
  expect(importByName(on("darwin/arm64"), "CFRelease")).toBeUndefined();
  expect(importByName(on("illumos/amd64"), "getrctl")).toBeDefined();
  expect(importByName(on("illumos/amd64"), "port_create")).toBeDefined();
  expect(importByName(on("solaris/amd64"), "getrctl")).toBeUndefined();
  expect(importByName(on("wasip1/wasm"), "fd_write")).toMatchObject({
    module: "wasi_snapshot_preview1",
    functions: [{ file: "src/runtime/os_wasip1.go" }, { file: "src/syscall/fs_wasip1.go" }],
  });
  expect(importByName(on("js/wasm"), "runtime.wasmExit")).toMatchObject({ module: "gojs" });
  expect(importsOf(on("linux/amd64"))).toEqual([]);
});
