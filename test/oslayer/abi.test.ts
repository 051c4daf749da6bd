import { describe, expect, test } from "vitest";
import { isGoOS } from "../../server/src/core/facts/os.ts";
import { parseTarget, targetsOf } from "../../server/src/core/model/targets/target.ts";
import { abiOf, abisOf, abiSystems, placeArguments } from "../../server/src/core/oslayer/abi.ts";
import { abiText } from "../../server/src/core/oslayer/callText.ts";
import { syscallByName } from "../../server/src/core/oslayer/syscalls.ts";

const on = (name: string) => parseTarget(name)!;

// The kernels' documents: syscall(2), "Architecture calling conventions"; Plan 9's and Go's own assembly for the odd ones.
test.each([
  ["linux/386", "INT", 0x80, "AX", "BX CX DX SI DI BP", "negative"],
  ["linux/amd64", "SYSCALL", undefined, "AX", "DI SI DX R10 R8 R9", "negative"],
  ["linux/arm", "SWI", 0, "R7", "R0 R1 R2 R3 R4 R5 R6", "negative"],
  ["linux/arm64", "SVC", 0, "R8", "R0 R1 R2 R3 R4 R5", "negative"],
  ["linux/loong64", "SYSCALL", undefined, "R11", "R4 R5 R6 R7 R8 R9", "negative"],
  ["linux/mipsle", "SYSCALL", undefined, "R2", "R4 R5 R6 R7", "register"],
  ["linux/mips64", "SYSCALL", undefined, "R2", "R4 R5 R6 R7 R8 R9", "register"],
  ["linux/ppc64le", "SYSCALL", undefined, "R0", "R3 R4 R5 R6 R7 R8", "summary-overflow"],
  ["linux/riscv64", "ECALL", undefined, "A7", "A0 A1 A2 A3 A4 A5", "negative"],
  ["linux/s390x", "SYSCALL", undefined, "R1", "R2 R3 R4 R5 R6 R7", "negative"],
  ["android/386", "INT", 0x80, "AX", "BX CX DX SI DI BP", "negative"],
  ["freebsd/riscv64", "ECALL", undefined, "T0", "A0 A1 A2 A3 A4 A5 A6 A7", "register"],
  ["freebsd/386", "INT", 0x80, "AX", "", "carry"],
  ["netbsd/arm", "SWI", undefined, undefined, "R0 R1 R2 R3", "carry"],
  ["netbsd/arm64", "SVC", undefined, undefined, "R0 R1 R2 R3 R4 R5 R6 R7", "carry"],
  ["darwin/arm", "SWI", 0x80, "R12", "R0 R1 R2 R3 R4 R5 R6", "carry"],
  ["darwin/arm64", "SVC", 0x80, "R16", "R0 R1 R2 R3 R4 R5 R6", "carry"],
  ["openbsd/mips64", "SYSCALL", undefined, "R2", "R4 R5 R6 R7 R8 R9 R10 R11", "register"],
  ["plan9/386", "INT", 64, "AX", "", "minus-one"],
  ["plan9/amd64", "SYSCALL", undefined, "BP", "", "minus-one"],
  ["plan9/arm", "SWI", 0, "R0", "", "minus-one"],
  ["nacl/amd64p32", "CALL", undefined, undefined, "DI SI DX CX R8 R9", "negative"],
])("%s traps with %s", (target, instruction, operand, numberRegister, registers, error) => {
  const abi = abiOf(on(target), "trap")!;
  expect(abi.gates[0]).toEqual({ instruction, operand });
  expect(abi.numberRegister).toBe(numberRegister);
  expect(abi.argumentRegisters.join(" ")).toBe(registers);
  expect(abi.error.kind).toBe(error);
});

function kinds(target: string): string[] {
  return abisOf(on(target)).map(({ kind }) => kind);
}

test("what is called today, and what was trapped into before", () => {
  expect(kinds("darwin/amd64")).toEqual(["library", "trap"]);
  expect(kinds("ios/arm64")).toEqual(["library", "trap"]);
  expect(kinds("openbsd/386")).toEqual(["library", "trap"]);
  expect(kinds("openbsd/ppc64")).toEqual(["library"]);
  expect(kinds("openbsd/mips64")).toEqual(["trap"]);
  expect(kinds("illumos/amd64")).toEqual(["library"]);
  expect(kinds("windows/arm64")).toEqual(["library"]);
  expect(kinds("wasip1/wasm")).toEqual(["import"]);
  expect(kinds("freebsd/amd64")).toEqual(["trap"]);
  expect(kinds("freebsd/mips")).toEqual([]);
});

test("where the number is, and the gates of each class", () => {
  const targets = ["linux/amd64", "linux/ppc64", "netbsd/arm", "netbsd/arm64", "nacl/arm"];
  const places = targets.map((target) => abiOf(on(target), "trap")?.numberPlace);
  expect(places).toEqual(["register", "operand", "operand", "operand", "address"]);
  expect(abiOf(on("windows/386"))).toMatchObject({ numberPlace: "name", gates: [] });
  expect(abiOf(on("darwin/386"), "trap")?.gates).toEqual([
    { instruction: "INT", operand: 0x80 },
    { instruction: "SYSENTER", operand: undefined },
    { instruction: "INT", operand: 0x82 },
  ]);
  expect(abiOf(on("linux/ppc64le"))?.gates).toEqual([{ instruction: "SYSCALL", operand: undefined }]);
});

test("every present target has an ABI, and every ABI is read to the end", () => {
  for (const target of targetsOf())
    expect([target.name, abisOf(target).length > 0]).toEqual([target.name, true]);
  for (const system of abiSystems()) {
    expect(isGoOS(system.goos)).toBe(true);
    for (const abi of abisOf(system)) {
      expect(abi.source).toMatch(/:(src|runtime)\/.*:\d/);
      if (abi.kind !== "trap") continue;
      expect(abi.gates.length).toBeGreaterThan(0);
      expect(abi.resultRegisters.length).toBeGreaterThan(0);
      expect(abi.argumentRegisters.length > 0 || abi.stack !== undefined).toBe(true);
      expect(abi.error.kind).not.toBe("other");
    }
  }
});

function places(target: string, name: string): string {
  const system = on(target);
  const { parameters } = syscallByName(system, name)!.prototype!;
  const placed = placeArguments(system, abiOf(system, "trap")!, parameters);
  return placed.map(({ parameter, places }) => `${parameter.name} ${places.join("+")}`).join(", ");
}

// osfmk/kern/syscall_sw.h of xnu: a trap of Mach hands back what its function returns.
test("Mach traps return a code of their own, the other calls of darwin set the carry flag", () => {
  const abi = abiOf(on("darwin/amd64"), "trap");
  expect(abiText(abi)).toContain("carry flag set");
  expect(abiText(abi, "mach")).toContain("result in AX (DX second); a kern_return_t or the name of a port");
  expect(abiText(abi, "mach")).not.toContain("carry flag set");
});

describe("where arguments go", () => {
  // A 64-bit argument is in an even register and the next on arm and mips o32, in any two on 386.
  test.each([
    ["linux/amd64", "pread64", "fd DI, buf SI, count DX, pos R10"],
    ["linux/arm", "pread64", "fd R0, buf R1, count R2, pos R4+R5"],
    ["linux/arm", "ftruncate64", "fd R0, length R2+R3"],
    ["linux/mips", "pread64", "fd R4, buf R5, count R6, pos 16(R29)+20(R29)"],
    ["linux/mipsle", "ftruncate64", "fd R4, length R6+R7"],
    ["linux/386", "ftruncate64", "fd BX, offset_low CX, offset_high DX"],
    ["freebsd/386", "lseek", "fd 4(SP), offset 8(SP)+12(SP), whence 16(SP)"],
    ["freebsd/arm", "lseek", "fd R0, offset R2+R3, whence 0(R13)"],
    ["freebsd/amd64", "mmap", "addr DI, len SI, prot DX, flags R10, fd R8, pos R9"],
    // The pad is an argument of its own.
    ["netbsd/amd64", "mmap", "addr DI, len SI, prot DX, flags R10, fd R8, PAD R9, pos 8(SP)"],
    ["darwin/386", "write", "fd 4(SP), cbuf 8(SP), nbyte 12(SP)"],
    ["openbsd/amd64", "mmap", "addr DI, len SI, prot DX, flags R10, fd R8, pos R9"],
  ])("%s %s", (target, name, expected) => {
    expect(places(target, name)).toBe(expected);
  });
});
