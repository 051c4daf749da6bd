/** What `go vet`'s asmdecl finds, word for word: the lines of a file against the Go declarations of its functions. */
import type { Check } from "../check.ts";
import { lineFindings, vetSeverity } from "./lineFindings.ts";

export const asmdecl: Check<"asmdecl"> = {
  code: "asmdecl",
  stage: "typing",
  severity: vetSeverity,
  title: "Assembly does not match its Go declaration",
  why: [
    "Assembly code names its arguments and results by offset (`x+0(FP)`), and nothing but this check holds the",
    "offsets, widths and frame sizes against the Go declaration. A wrong one reads or writes another argument.",
    "The findings are those of `go vet`'s asmdecl, word for word, on every target at once; the range is exact,",
    "and targets on which the same line is wrong in the same way are one finding.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+8(FP), AX // invalid offset x+8(FP); expected x+0(FP)
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
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  run: (snapshot, pkg, file, profile) =>
    file.kind === "asm" ? lineFindings(snapshot, pkg, file, profile).vet : [],
};
