/**
 * The system is not called as the target's kernel is: by another instruction, with a number that lacks
 * its class or base or has another target's, or with nothing in the register that the number is read from.
 */
import type { Target } from "../../model/targets/target.ts";
import type { DecodedNumber } from "../../oslayer/decodeNumber.ts";
import { kernelOf } from "../../oslayer/system.ts";
import { declaredName } from "./declaredName.ts";
import { trapCheck } from "./trapCheck.ts";
import type { Check } from "../check.ts";

export const trapForm: Check<"trap-form"> = trapCheck({
  code: "trap-form",
  stage: "package",
  severity: "warning",
  title: "The kernel is not called as the target's kernel is",
  why: [
    "Each target has its own instruction, register and form of number: `SYSCALL` with AX, `SVC` with R8 or R16,",
    "`0x2000000+n` on darwin/amd64, `4000+n` on linux/mips, `-n` for a Mach trap, the number in the instruction on",
    "netbsd/arm. Code that was copied from another target traps all the same, and something else happens.",
  ].join("\n"),
  bad: `
-- f_linux_arm64.go --
package p

func getpid() int32
-- f_linux_arm64.s --
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVD $172, R7 // the register of arm
	SVC $0
	MOVW R0, ret+0(FP)
	RET
`,
  good: `
-- f_linux_arm64.go --
package p

func getpid() int32
-- f_linux_arm64.s --
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVD $172, R8
	SVC $0
	MOVW R0, ret+0(FP)
	RET
`,
  *rule({ trap, system, function: fn, package: pkg, code }) {
    const { abi, number, statement } = trap;
    if (!abi) return;
    if (!trap.isOwnGate) {
      const gates = [...new Set(abi.gates.map(gateText))].join(" or ");
      const written = code.text.slice(statement.start, statement.end).replace(/\s+/g, " ");
      yield {
        span: statement,
        message: `${system.goos} is entered by ${gates} on ${system.goarch}, not by ${written}`,
      };
      return;
    }
    if (number.kind === "constant") {
      const { decoded, from } = number;
      if (decoded.misfit === undefined) return;
      const span = from.at(-1) ?? statement;
      if (decoded.misfit === "out of range") {
        yield { span, message: `no system call's number is as large as ${decoded.value}` };
        return;
      }
      const name = decoded.call?.name ?? `call ${decoded.number}`;
      yield {
        span,
        message: `the trap takes ${name} as ${valueText(taken(system, decoded))}, not as ${valueText(decoded.value)}`,
      };
      return;
    }
    // Go code cannot leave a number in a register; assembly that calls a helper can.
    if (number.kind !== "entry" || abi.numberRegister === undefined || !declaredName(pkg, fn)) return;
    const { start, nameEnd } = statement;
    yield {
      span: { start, end: nameEnd },
      message: `the system call's number is read from ${abi.numberRegister}, which nothing has been loaded into`,
    };
  },
});

/** The number of a call with the class or base that its trap takes. */
function taken({ goos, goarch }: Target, { class: cls, number }: DecodedNumber): number {
  const kernel = kernelOf(goos);
  if (kernel === "darwin" && goarch === "amd64")
    return number + (cls === "mach" ? 0x1000000 : cls === "machdep" ? 0x3000000 : 0x2000000);
  if (kernel === "darwin") return cls === "mach" ? -number : number;
  if (kernel === "netbsd" && goarch === "arm") return 0xa00000 + number;
  if (goarch.startsWith("mips")) return (number % 1000) + (goarch.startsWith("mips64") ? 5000 : 4000);
  return number;
}

/** As it is written where there are classes: large ones in hexadecimal. */
function valueText(value: number): string {
  return value < 0x10000 ? String(value) : `0x${value.toString(16)}`;
}

function gateText({
  instruction,
  operand,
}: {
  readonly instruction: string;
  readonly operand: number | undefined;
}): string {
  return operand === undefined ? instruction : `${instruction} $0x${operand.toString(16)}`;
}
