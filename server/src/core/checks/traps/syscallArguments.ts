/**
 * Fewer arguments loaded than the system call takes: a register that the kernel reads still has whatever
 * the caller left in it; or two of them are loaded from the same argument of the Go function while
 * another is not passed on. Some calls read an argument only when an earlier one says so; those are known.
 */
import type { AsmValue } from "../../model/asm/constantPropagation.ts";
import type { TrapArgument } from "../../model/asm/traps.ts";
import { declaredName } from "./declaredName.ts";
import { trapCheck } from "./trapCheck.ts";
import type { Check } from "../check.ts";

export const syscallArguments: Check<"syscall-arguments"> = trapCheck({
  code: "syscall-arguments",
  stage: "package",
  severity: "hint",
  title: "A system call's argument is not loaded",
  why: [
    "The kernel reads as many registers as the call's prototype has parameters. One that nothing was loaded into has",
    "whatever the caller left there; and one that is loaded from the same Go argument as another is most often a copy",
    "that was not changed. Calls that read an argument only under a condition, as `open` does its mode, are left out.",
  ].join("\n"),
  bad: `
-- f_linux_amd64.go --
package p

func write(fd int32, p *byte, n int32) int32
-- f_linux_amd64.s --
TEXT ·write(SB), NOSPLIT, $0-28
	MOVL fd+0(FP), DI
	MOVQ p+8(FP), SI
	MOVL $1, AX // write reads its length from DX
	SYSCALL
	MOVL AX, ret+24(FP)
	RET
`,
  good: `
-- f_linux_amd64.go --
package p

func write(fd int32, p *byte, n int32) int32
-- f_linux_amd64.s --
TEXT ·write(SB), NOSPLIT, $0-28
	MOVL fd+0(FP), DI
	MOVQ p+8(FP), SI
	MOVL n+16(FP), DX
	MOVL $1, AX
	SYSCALL
	MOVL AX, ret+24(FP)
	RET
`,
  *rule({ trap, function: fn, package: pkg }) {
    const { call, statement } = trap;
    if (!call?.prototype || !declaredName(pkg, fn)) return;
    const { start, nameEnd } = statement;
    const span = { start, end: nameEnd };
    const needed = neededArguments(call.name, trap.arguments);
    const missing = needed.filter(({ values }) => values.some(({ kind }) => kind === "entry"));
    if (missing.length > 0) {
      const list = missing.map(({ parameter, places }) => `${parameter?.name} in ${places.join(" and ")}`);
      yield { span, message: `${call.name} reads ${listText(list)}, which nothing has been loaded into` };
      return;
    }
    for (const [i, argument] of needed.entries()) {
      const value = argument.values[0];
      const same = needed.slice(i + 1).find(({ values }) => isSameArgument(value, values[0]));
      if (!same || value?.kind !== "argument") continue;
      yield {
        span,
        message: `${call.name} gets ${value.name === "" ? "the same argument" : value.name} as ${argument.parameter?.name} in ${argument.places.join(" and ")} and again as ${same.parameter?.name} in ${same.places.join(" and ")}`,
      };
      return;
    }
  },
});

function isSameArgument(a: AsmValue | undefined, b: AsmValue | undefined): boolean {
  return (
    a?.kind === "argument" &&
    b?.kind === "argument" &&
    a.name === b.name &&
    a.offset === b.offset &&
    a.added === b.added
  );
}

/**
 * How many arguments are always read, of calls that read the others under a condition: O_CREAT for open,
 * a command for fcntl, flags for clone and mremap, an operation for futex and umtx, a mask for epoll_pwait.
 */
const conditional: Readonly<Record<string, number>> = {
  open: 2,
  openat: 3,
  fcntl: 2,
  fcntl64: 2,
  ioctl: 2,
  prctl: 1,
  futex: 2,
  futex_time64: 2,
  clone: 2,
  mremap: 4,
  epoll_pwait: 5,
  _umtx_op: 3,
  arch_prctl: 2,
  ptrace: 1,
  semctl: 3,
  bsdthread_terminate: 0,
  bsdthread_register: 2,
  syscall: 1,
  __syscall: 1,
};

function neededArguments(name: string, all: readonly TrapArgument[]): readonly TrapArgument[] {
  return all.slice(0, Object.hasOwn(conditional, name) ? conditional[name] : undefined);
}

function listText(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
