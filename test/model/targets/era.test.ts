import { expect, test } from "vitest";
import { eraOf, portsByEntry } from "../../../server/src/core/model/targets/era.ts";
import { readGoTree } from "../../../server/src/core/model/targets/goTree.ts";

const names = (text: string) => text.split(" ");
const ports = (text: string) => portsByEntry(names(text)).map(({ name }) => name);

test.each([
  ["2008", "cmd lib runtime syscall", "proc.c rt0_amd64_darwin.s runtime.h sys_amd64_darwin.s"],
  ["2009", "cmd lib pkg runtime", "proc.c runtime.h darwin/thread.c darwin/amd64/rt0.s"],
  ["2009", "cmd lib9 pkg", "proc.c os_linux.c os_linux.h rt0_linux_amd64.s mem.go"],
  ["2014", "cmd fmt lib9 runtime", "os1_linux.go os_freebsd.c rt0_linux_amd64.s"],
  ["2015", "cmd fmt runtime", "os_linux.go os_darwin.go rt0_linux_amd64.s"],
  ["2018", "cmd fmt runtime", "os_darwin.go sys_darwin.go rt0_linux_amd64.s"],
  ["today", "cmd fmt go.mod runtime", "os_darwin.go sys_darwin.go rt0_linux_amd64.s"],
])("%s", (era, src, runtime) => {
  expect(eraOf({ src: names(src), runtime: names(runtime) })).toBe(era);
});

test("ports are those with an entry point, in any year's spelling", () => {
  expect(ports("rt0_amd64_darwin.s rt0_amd64_linux.s rt0_amd64.s")).toEqual(["darwin/amd64", "linux/amd64"]);
  expect(ports("darwin/386/rt0.s linux/arm/rt0.s linux/thread.c")).toEqual(["darwin/386", "linux/arm"]);
  expect(ports("rt0_nacl_amd64p32.s rt0_linux_arm.s rt0_js_wasm.s")).toEqual([
    "js/wasm",
    "linux/arm",
    "nacl/amd64p32",
  ]);
  expect(ports("asm.s")).toEqual([]);
});

test("a tree that says more of itself is believed", () => {
  const runtime = ["rt0_linux_amd64.s"];
  expect(readGoTree({}, runtime).ports).toEqual([{ name: "linux/amd64", cgo: false }]);
  expect(readGoTree({ VERSION: "go1.24" }, runtime).ports.length).toBeGreaterThan(30);
});
