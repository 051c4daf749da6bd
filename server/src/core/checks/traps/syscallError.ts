/**
 * What is looked at behind a system call is not what says whether it failed: the carry flag on a system
 * whose result is -errno, or a comparison with -4095 on one that sets a flag or a register.
 */
import { asmFlow } from "../../model/asm/asmFlow.ts";
import type { ErrorConvention } from "../../oslayer/abi.ts";
import { arches } from "../../facts/arch.ts";
import { readsCarry } from "../../facts/controlFlow.ts";
import type { Instruction } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { trapCheck } from "./trapCheck.ts";
import type { Check } from "../check.ts";

export const syscallError: Check<"syscall-error"> = trapCheck({
  code: "syscall-error",
  stage: "package",
  severity: "warning",
  title: "A system call's failure is looked for in the wrong place",
  why: [
    "Linux returns -errno; darwin and the BSDs set the carry flag and return errno; linux on mips sets R7, on ppc64 the",
    "summary overflow bit. Code that came from another target tests what its kernel never touches. Only the instruction",
    "right behind the trap is looked at.",
  ].join("\n"),
  bad: `
-- f_linux_amd64.go --
package p

func setsid()
-- f_linux_amd64.s --
TEXT ·setsid(SB), NOSPLIT, $0-0
	MOVL $112, AX
	SYSCALL
	JCC ok // Linux leaves the carry flag alone
	INT $3
ok:
	RET
`,
  good: `
-- f_linux_amd64.go --
package p

func setsid()
-- f_linux_amd64.s --
TEXT ·setsid(SB), NOSPLIT, $0-0
	MOVL $112, AX
	SYSCALL
	CMPQ AX, $0xfffffffffffff001
	JLS ok
	INT $3
ok:
	RET
`,
  *rule({ trap, system, function: fn }) {
    const { abi, statement } = trap;
    if (!abi || !trap.isOwnGate) return;
    // A Mach trap returns a code of its own and leaves the carry flag alone.
    if (trap.number.kind === "constant" && trap.number.decoded.class !== "unix") return;
    const { steps } = asmFlow(fn, system.goarch);
    const at = steps.findIndex((step) => step.statement === statement);
    const next = steps[at + 1]?.statement;
    if (next?.kind !== "instruction") return;
    const { start, nameEnd } = next;
    const span = { start, end: nameEnd };
    const { kind } = abi.error;
    if (readsCarry(arches[system.goarch].flow, next.name, next.suffix)) {
      if (kind !== "carry")
        yield {
          span,
          message: `${next.name}${next.suffix} reads the carry flag, which no system call sets on ${system.goos}: ${wanted(abi.error)}`,
        };
      return;
    }
    if (kind !== "negative" && kind !== "other" && kind !== "minus-one" && comparesErrno(next))
      yield {
        span,
        message: `a failed system call does not return -errno on ${system.goos}: ${wanted(abi.error)}`,
      };
  },
});

/** CMPQ AX, $0xfffffffffffff001, CMN $4095, R0 and their like. */
function comparesErrno({ name, operands }: Instruction): boolean {
  if (!/^CM[PN]/.test(name)) return false;
  return operands.some((operand) => {
    if (operand.kind !== "immediate") return false;
    const value = evaluate(operand.value, () => undefined);
    return value !== undefined && [4095n, 4096n, -4095n, -4096n, 0xfffff001n, 0xfffff000n].includes(value);
  });
}

function wanted(error: ErrorConvention): string {
  switch (error.kind) {
    case "carry":
      return "the carry flag is set, and the result is errno";
    case "summary-overflow":
      return "the summary overflow bit is set, which BVS reads, and the result is errno";
    case "register":
      return `${error.register} is not zero, and the result is errno`;
    case "negative":
      return "the result is from -4095 to -1";
    case "minus-one":
      return "the result is -1";
    case "other":
      return error.text;
  }
}
