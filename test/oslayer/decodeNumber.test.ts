import { expect, test } from "vitest";
import { parseTarget } from "../../server/src/core/model/targets/target.ts";
import { decodeNumber } from "../../server/src/core/oslayer/decodeNumber.ts";
import { callSystems } from "../../server/src/core/oslayer/syscalls.ts";

const on = (name: string) => parseTarget(name)!;

function decoded(target: string, constant: number | bigint, operand?: number): string {
  const { class: cls, base, number, call, misfit } = decodeNumber(on(target), constant, { operand });
  return [`${base ? `${base.name}+` : ""}${number}`, cls ?? "no class", call?.name ?? "unknown", misfit]
    .filter((part) => part !== undefined)
    .join(" ");
}

// The constants stand in Go's own assembly of the releases that trapped there.
test.each([
  ["darwin/amd64", 0x2000000 + 360, "unix+360 unix bsdthread_create"],
  ["darwin/amd64", 0x1000000 + 31, "mach+31 mach mach_msg_trap"],
  ["darwin/amd64", 0x3000000 + 3, "machdep+3 machdep thread_fast_set_cthread_self"],
  ["darwin/amd64", 0x4000001, "diag+1 no class unknown"],
  ["darwin/amd64", 4, "4 unix write base missing"],
  ["darwin/amd64", -31, "31 mach mach_msg_trap foreign base"],
  ["darwin/386", 4, "4 unix write"],
  ["darwin/386", -31, "31 mach mach_msg_trap"],
  ["darwin/386", 0xffffffe1, "31 mach mach_msg_trap"],
  ["darwin/386", 0x2000004, "unix+4 unix write foreign base"],
  // MVN $30, R12: the complement of 30.
  ["darwin/arm", ~30, "31 mach mach_msg_trap"],
  ["darwin/arm64", -36, "36 mach semaphore_wait_trap"],
  ["darwin/arm64", 0xffffffffffffffdcn, "36 mach semaphore_wait_trap"],
  ["linux/amd64", 1, "1 unix write"],
  ["linux/amd64", 0x40000001, "x32+1 no class unknown foreign base"],
  ["linux/mips", 4004, "o32+4004 unix write"],
  ["linux/mips", 4, "4004 unix write base missing"],
  ["linux/mipsle", 5001, "n64+1 no class unknown foreign base"],
  ["linux/mips64", 5001, "n64+5001 unix write"],
  ["linux/mips64", 6001, "n32+1 no class unknown foreign base"],
  ["linux/mips64le", 4004, "o32+4 no class unknown foreign base"],
  ["linux/mips64le", 9000, "9000 unix unknown out of range"],
  ["linux/arm", 4, "4 unix write"],
  ["linux/arm", 0x900004, "OABI+4 unix write foreign base"],
  ["linux/arm", 0xf0002, "private+983042 private cacheflush"],
  ["linux/ppc64", 4, "4 unix write"],
  ["netbsd/arm", 0xa00154, "EABI+340 unix __sigaction_sigtramp"],
  ["netbsd/arm", 340, "340 unix __sigaction_sigtramp base missing"],
  ["netbsd/arm64", 340, "340 unix __sigaction_sigtramp"],
  ["nacl/386", 0x10000 + (13 << 5), "slot+13 unix write"],
  ["nacl/386", 0x10001, "65537 unix unknown out of range"],
  ["plan9/amd64", 46, "46 unix mount"],
  ["linux/amd64", 9999, "9999 unix unknown"],
  ["linux/amd64", -1, "-1 unix unknown"],
])("%s %s", (target, constant, expected) => {
  expect(decoded(target, constant)).toBe(expected);
});

test("INT $0x82 on darwin/386 is for machine-dependent calls", () => {
  expect(decoded("darwin/386", 3, 0x82)).toBe("3 machdep thread_fast_set_cthread_self");
  expect(decoded("darwin/386", 3, 0x80)).toBe("3 unix read");
});

test("the same bits decode alike at every width, and nothing throws", () => {
  for (const system of callSystems()) {
    for (const constant of [
      0,
      -0,
      0.5,
      NaN,
      Infinity,
      2 ** 31,
      2 ** 53,
      -(2 ** 63),
      1n << 80n,
      -1n,
      0xffffffffn,
    ]) {
      const { value, source } = decodeNumber(system, constant);
      expect(Number.isSafeInteger(value) || Math.abs(value) >= 2 ** 53).toBe(true);
      expect(source).not.toBe("");
    }
    expect(decodeNumber(system, 0xffffffe1).value).toBe(-31);
    expect(decodeNumber(system, -31).value).toBe(-31);
  }
});
