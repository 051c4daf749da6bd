/**
 * The number that reaches the kernel is another call's than the macro says that it came from, or none
 * that the system has.
 */
import { oses } from "../../facts/os.ts";
import { meaningsOf, syscallsNamed, syscallsOf } from "../../oslayer/syscalls.ts";
import type { Syscall } from "../../oslayer/syscall.ts";
import type { Target } from "../../model/targets/target.ts";
import { macroNames } from "../../model/asm/macroNames.ts";
import { trapCheck } from "./trapCheck.ts";
import type { Check } from "../check.ts";

export const syscallNumber: Check<"syscall-number"> = trapCheck({
  code: "syscall-number",
  stage: "package",
  severity: "error",
  title: "A system call's number is another call's",
  why: [
    "A number in assembly stands for whatever the target's kernel has under it: copied from another architecture or",
    "system it opens where it should close. rt0 follows constants to the trap and knows the tables of every system:",
    "it reports a number that is not the one of the `SYS_` macro it came from, and one that no call has.",
  ].join("\n"),
  bad: `
-- f_linux_amd64.go --
package p

func getpid() int32
-- f_linux_amd64.s --
#define SYS_getpid 38 // that is setitimer

TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL $SYS_getpid, AX
	SYSCALL
	MOVL AX, ret+0(FP)
	RET
`,
  good: `
-- f_linux_amd64.go --
package p

func getpid() int32
-- f_linux_amd64.s --
#define SYS_getpid 39

TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL $SYS_getpid, AX
	SYSCALL
	MOVL AX, ret+0(FP)
	RET
`,
  *rule({ trap, system, code, file }) {
    const { number } = trap;
    if (number.kind !== "constant") return;
    const { decoded, from } = number;
    if (decoded.misfit !== undefined || decoded.class === undefined || isRenumbered(system)) return;
    const span = from.at(-1) ?? trap.statement;
    for (const macro of macroNames(file.text, code, from)) {
      const wrong = callMeant(system, macro, decoded.number);
      if (!wrong) continue;
      const has = decoded.call ? `which is ${decoded.call.name}` : "which no system call has";
      yield { span, message: `${macro} is ${wrong.number}, not ${decoded.number}, ${has}` };
      return;
    }
    if (decoded.call || decoded.number > highest(system)) return;
    yield { span, message: `no system call has the number ${decoded.number}` };
  },
});

/** OpenBSD gives numbers to other calls as it likes; what they meant before 5.5 is not in its present table. */
export function isRenumbered({ goos }: Target): boolean {
  return oses[goos].reusesCallNumbers;
}

/** The call of a name, unless the number is or was that call's, or nothing is known by the name. */
export function callMeant(system: Target, name: string, number: number): Syscall | undefined {
  const named = syscallsNamed(system, name).filter(({ standing }) => standing !== "unimplemented");
  if (named.length === 0 || named.some((call) => call.number === number)) return undefined;
  const names = new Set(named.flatMap(({ name, aka }) => [name, ...aka]).map(bare));
  const isMeant = (["unix", "mach", "machdep", "private"] as const).some((cls) =>
    meaningsOf(system, number, cls).some((call) =>
      [call.name, ...call.aka].some((other) => names.has(bare(other))),
    ),
  );
  return isMeant ? undefined : named[0];
}

/** Without what tables and C libraries put around a name. */
function bare(name: string): string {
  return name.toLowerCase().replace(/^_+|^_*sys_+/, "");
}

const highests = new Map<string, number>();

/** A number above all that are known may be a newer system's. */
function highest(system: Target): number {
  const known = highests.get(system.name);
  if (known !== undefined) return known;
  const numbers = syscallsOf(system).flatMap((call) => (call.class === "unix" ? [call.number] : []));
  const found = numbers.reduce((most, number) => Math.max(most, number), 0);
  highests.set(system.name, found);
  return found;
}
