/** A load or store that is not as wide as the argument it names, on architectures and in forms that vet does not know. */
import type { Check } from "../check.ts";
import { argumentCheck } from "./argumentCheck.ts";

export const argumentWidth: Check<"argument-width"> = argumentCheck({
  code: "argument-width",
  stage: "package",
  severity: "error",
  title: "A load or store is not as wide as the argument",
  why: [
    "`go vet` compares widths on some architectures only: none of arm64, riscv64 and wasm, and nowhere those of",
    "vector and pair moves; on x86 it guesses them from a mnemonic's last letters, and takes `VMOVD` for 8 bytes. A",
    "load that is too wide takes the next argument, or padding that nobody cleared, for the upper half of the value;",
    "a store that is too wide overwrites its neighbour; one that is too narrow leaves half of a value as it was. A",
    "move of several whole arguments at once is meant, and left alone.",
  ].join("\n"),
  bad: `
-- wake_arm64.go --
package p

func wake(addr *uint32, count int32)
-- wake_arm64.s --
TEXT ·wake(SB), NOSPLIT, $0-12
	MOVD addr+0(FP), R0
	MOVD count+8(FP), R1 // moves 8 bytes, int32 has 4
	MOVW R1, (R0)
	RET
`,
  good: `
-- wake_arm64.go --
package p

func wake(addr *uint32, count int32)
-- wake_arm64.s --
TEXT ·wake(SB), NOSPLIT, $0-12
	MOVD addr+0(FP), R0
	MOVW count+8(FP), R1
	MOVW R1, (R0)
	RET
`,
});
