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
  bad: "// func divide(x, y int64) (q, r int64)\n\tMOVQ AX, q+16(FP)\n\tRET",
  good: "// func divide(x, y int64) (q, r int64)\n\tMOVQ AX, q+16(FP)\n\tMOVQ DX, r+24(FP)\n\tRET",
});
