/** A result that no instruction of its function stores to. */
import type { Check } from "../check.ts";
import { argumentCheck } from "./argumentCheck.ts";

export const resultUnwritten: Check<"result-unwritten"> = argumentCheck({
  code: "result-unwritten",
  stage: "package",
  severity: "warning",
  title: "A result is never written",
  why: [
    "A function in assembly returns in its argument frame, which nobody clears before the call: a result that no",
    "instruction stores to is whatever the caller's stack happened to hold. `go vet` looks only at a result called",
    "`ret`, the name of a single unnamed one. Functions that pass an address of their arguments on are left alone.",
  ].join("\n"),
  bad: `
-- divide_amd64.go --
package p

func divide(x, y int64) (q, r int64)
-- divide_amd64.s --
TEXT ·divide(SB), NOSPLIT, $0-32
	MOVQ x+0(FP), AX
	CQO
	IDIVQ y+8(FP)
	MOVQ AX, q+16(FP)
	RET // r is never written
`,
  good: `
-- divide_amd64.go --
package p

func divide(x, y int64) (q, r int64)
-- divide_amd64.s --
TEXT ·divide(SB), NOSPLIT, $0-32
	MOVQ x+0(FP), AX
	CQO
	IDIVQ y+8(FP)
	MOVQ AX, q+16(FP)
	MOVQ DX, r+24(FP)
	RET
`,
});
