/** Constants followed to the trap: small functions on each kind of kernel, and any text at all. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTarget } from "../../../server/src/core/index.ts";
import type { AsmFunction } from "../../../server/src/core/model/asm/asmCode.ts";
import { type Trap, trapsOf } from "../../../server/src/core/model/asm/traps.ts";
import { parseAsm } from "../../../server/src/core/syntax/asm/parser.ts";

function functionOf(body: string, head = "TEXT ·f(SB), 4, $0-0"): AsmFunction {
  const text = `${head}\n${body}\n`;
  const { statements } = parseAsm(text);
  const [first] = statements;
  if (first?.kind !== "text") throw new Error("no TEXT");
  const end = statements.findIndex(({ kind }, i) => i > 0 && kind === "text");
  return {
    text: first,
    name: "·f",
    source: body,
    statements: statements.slice(1, end < 0 ? undefined : end),
  };
}

function trapsIn(target: string, body: string, head?: string): readonly Trap[] {
  return trapsOf(functionOf(body, head), parseTarget(target)!, "all");
}

/** "write", or why there is no name. */
function names(target: string, body: string, head?: string): string[] {
  return trapsIn(target, body, head).map(({ call, library, number, isOwnGate }) =>
    isOwnGate ? (library?.name ?? call?.name ?? number.kind) : "foreign",
  );
}

test.each([
  ["linux/386", "MOVL $4, AX\nINT $0x80", "write"],
  ["linux/386", "MOVL $4, AX\nCALL *runtime·_vdso(SB)", "write"],
  ["linux/386", "MOVL $4, AX\nCALL 0x10(GS)", "write"],
  ["linux/amd64", "MOVQ $1, AX\nSYSCALL", "write"],
  ["linux/amd64", "BYTE $0xb8; BYTE $0x0f; BYTE $0; BYTE $0; BYTE $0\nSYSCALL", "rt_sigreturn"],
  ["linux/arm", "MOVW $4, R7\nSWI $0", "write"],
  ["linux/arm", "MOVW $983045, R7\nSWI $0", "set_tls"],
  ["linux/arm64", "MOVD $64, R8\nSVC", "write"],
  ["linux/loong64", "MOVV $64, R11\nSYSCALL", "write"],
  ["linux/mips", "MOVW $4004, R2\nSYSCALL", "write"],
  ["linux/mips64le", "MOVV $5001, R2\nSYSCALL", "write"],
  ["linux/ppc64le", "SYSCALL $4", "write"],
  ["linux/ppc64", "MOVD $4, R9\nSYSCALL R9", "write"],
  ["linux/riscv64", "MOV $64, A7\nECALL", "write"],
  ["linux/riscv64", "MOV $64, X17\nECALL", "write"],
  ["linux/s390x", "MOVW $4, R1\nSYSCALL", "write"],
  ["linux/s390x", "SYSCALL $4", "write"],
  ["darwin/amd64", "MOVL $(0x2000000+4), AX\nSYSCALL", "write"],
  ["darwin/amd64", "MOVL $4, AX\nADDQ $0x2000000, AX\nSYSCALL", "write"],
  ["darwin/386", "MOVL $-31, AX\nCALL runtime·sysenter(SB)", "mach_msg_trap"],
  ["darwin/386", "MOVL $3, AX\nINT $0x82", "thread_fast_set_cthread_self"],
  ["darwin/arm", "MVN $30, R12\nSWI $0x80", "mach_msg_trap"],
  ["darwin/arm64", "MOVN $30, R16\nSVC $0x80", "mach_msg_trap"],
  ["freebsd/riscv64", "MOV $4, T0\nECALL", "write"],
  ["freebsd/amd64", "MOVL $4, AX\nINT $0x80", "write"],
  ["netbsd/arm", "SWI $0xa00004", "write"],
  ["netbsd/arm64", "SVC $4", "write"],
  ["plan9/amd64", "MOVQ $8, BP\nSYSCALL", "exits"],
  ["plan9/386", "MOVL $8, AX\nINT $64", "exits"],
  ["nacl/386", "MOVL $(0x10000 + (13<<5)), AX\nCALL AX", "write"],
  ["nacl/arm", "MOVW $(0x10000 + (13<<5)), R8\nBL (R8)", "write"],
  ["darwin/arm64", "BL libc_write(SB)", "write"],
  ["openbsd/amd64", "JMP libc_write(SB)", "write"],
  ["windows/amd64", "MOVQ runtime·_TlsAlloc(SB), AX\nCALL AX", "TlsAlloc"],
])("%s: %s", (target, body, name) => {
  expect(names(target, body)).toEqual([name]);
});

describe("a number", () => {
  test("goes through copies, slots and either of two ways that agree", () => {
    const body = "MOVL $1, BX\nMOVL BX, 8(SP)\nJCC a\nMOVL 8(SP), AX\nJMP b\na: MOVL $1, AX\nb: SYSCALL";
    expect(names("linux/amd64", body, "TEXT ·f(SB), 4, $16-0")).toEqual(["write"]);
  });

  test("depends on the way taken where the two differ", () => {
    expect(names("linux/amd64", "MOVL $1, AX\nJCC 2(PC)\nMOVL $2, AX\nSYSCALL")).toEqual(["varies"]);
    expect(names("linux/arm", "MOVW $1, R7\nMOVW.EQ $2, R7\nSWI $0")).toEqual(["varies"]);
  });

  test("is not known behind a call, a trap, or the middle of a jump", () => {
    expect(names("linux/amd64", "MOVL $1, AX\nCALL ·g(SB)\nSYSCALL")).toEqual(["unknown"]);
    expect(names("linux/amd64", "MOVL $1, AX\nSYSCALL\nSYSCALL")).toEqual(["write", "unknown"]);
    expect(names("linux/amd64", "MOVL $1, AX\nRET\nSYSCALL")).toEqual(["unknown"]);
    expect(names("linux/amd64", "MOVL $1, AX\nMOVB $2, AL\nSYSCALL")).toEqual(["varies"]);
    expect(names("linux/amd64", "MOVL $1, AX\nCPUID\nSYSCALL")).toEqual(["unknown"]);
  });

  test("may be the function's argument, or what its caller left", () => {
    const [trap] = trapsIn("darwin/amd64", "MOVQ trap+0(FP), AX\nADDQ $0x2000000, AX\nSYSCALL");
    expect(trap?.number).toEqual({ kind: "argument", name: "trap", added: 0x2000000n });
    expect(names("linux/amd64", "SYSCALL")).toEqual(["entry"]);
    expect(names("linux/amd64", "SYSCALL", "TEXT ·f<ABIInternal>(SB), 4, $0-0")).toEqual(["argument"]);
  });

  test("is not looked for in another target's instruction, nor in a breakpoint", () => {
    expect(names("linux/amd64", "MOVL $1, AX\nINT $0x80\nINT $3")).toEqual(["foreign"]);
  });
});

function loaded(target: string, body: string, head?: string): unknown[] {
  return trapsIn(target, body, head)
    .at(-1)!
    .arguments.map(({ places, values }) => [
      places.join(),
      values.map((value) => (value.kind === "constant" ? Number(value.value) : value.kind)).join(),
    ]);
}

describe("arguments", () => {
  test("are in registers, or in the caller's frame where nothing else was stored there", () => {
    expect(
      loaded("linux/amd64", "MOVL fd+0(FP), DI\nLEAQ b+8(FP), SI\nXORL DX, DX\nMOVL $1, AX\nSYSCALL"),
    ).toEqual([
      ["DI", "argument"],
      ["SI", "argumentAddress"],
      ["DX", "0"],
    ]);
    expect(loaded("freebsd/386", "MOVL $4, AX\nINT $0x80", "TEXT ·f(SB), 4, $-4")).toEqual([
      ["4(SP)", "argument"],
      ["8(SP)", "argument"],
      ["12(SP)", "argument"],
    ]);
    expect(loaded("freebsd/386", "PUSHL $7\nPUSHL $0\nMOVL $1, AX\nINT $0x80")).toEqual([["4(SP)", "7"]]);
  });

  test("of 64 bits take two registers of a 32-bit target", () => {
    const body = "MOVW $3, R0\nMOVW $0, R2\nMOVW $9, R3\nMOVW $194, R7\nSWI $0";
    expect(loaded("linux/arm", body)).toEqual([
      ["R0", "3"],
      ["R2,R3", "0,9"],
    ]);
  });
});

const line = fc.constantFrom(
  ..."SYSCALL|INT $0x80|MOVL $1, AX|MOVQ AX, BX|a:|JCC a|JMP a|CALL libc_x(SB)|CALL AX|PUSHQ AX|POPQ AX|ADDQ $8, SP|MOVQ AX, 8(SP)|MOVQ 8(SP), AX|BYTE $1|XCHGQ AX, BX|SUBQ AX, AX|NEGQ AX|SVC $1|MOVM.IA [R0-R99], (R13)|MOVW.W R0, -4(R13)|MOVW x-8(SP), R7|TEXT|MOVQ $99999999999999999999, AX|SHLQ $99, AX|MOVQ x+9(FP), AX|foo(AX)".split(
    "|",
  ),
);

test("any text is followed without a mistake", () => {
  const targets = fc.constantFrom(
    "linux/amd64",
    "freebsd/386",
    "linux/arm",
    "netbsd/arm64",
    "nacl/arm",
    "windows/386",
    "js/wasm",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), targets, (lines, target) => {
      for (const trap of trapsIn(target, lines.join("\n"))) expect(trap.statement.kind).toBe("instruction");
    }),
  );
});

test("a long function with many ways takes no more than its share of time", () => {
  const body = Array.from(
    { length: 4000 },
    (_, i) => `l${i}: MOVQ $${i}, ${i}(SP)\nJCC l${(i * 7919) % 4000}`,
  );
  expect(names("linux/amd64", `${body.join("\n")}\nSYSCALL`)).toHaveLength(1);
});
