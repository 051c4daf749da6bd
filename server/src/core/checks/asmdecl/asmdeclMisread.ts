/** What vet finds and the assembler's reading refutes, with what is wrong about it. */
import type { Check } from "../check.ts";
import { compareReadings, misreadSeverity } from "./compareReadings.ts";
import { lineFindings } from "./lineFindings.ts";

export const asmdeclMisread: Check<"asmdecl-misread"> = {
  code: "asmdecl-misread",
  stage: "package",
  severity: misreadSeverity,
  title: "`go vet` misreads the assembly",
  why: [
    "`go vet` reports a fault in a line that the assembler reads otherwise: a block comment, the body of a macro, a",
    "branch of an `#ifdef` that the target does not assemble, the second statement on a line. Or it takes the width",
    "of an instruction from its last letters: `VMOVD` and `CMOVLEQ` move 4 bytes, and vet asks for 8. The code is",
    "right, and the hint says why. With this check on, as it is by default, such findings are not shown as `asmdecl`;",
    "with `--rules asmdecl` alone, everything that vet says is shown, right or wrong. A file that does not assemble, or",
    "includes one that cannot be found, refutes nothing.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	/*
	MOVQ z+0(FP), AX
	*/
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	// MOVQ z+0(FP), AX
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  run(snapshot, pkg, file, profile) {
    if (file.kind !== "asm" || lineFindings(snapshot, pkg, file, profile).vet.length === 0) return [];
    return compareReadings(snapshot, pkg, file, profile).refuted;
  },
};
