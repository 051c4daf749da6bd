/** What vet's rules find in the code as each target assembles it, and vet itself does not. */
import type { Check } from "../check.ts";
import { compareReadings } from "./compareReadings.ts";
import { lineFindings } from "./lineFindings.ts";
import { mayHide } from "./mayHide.ts";

export const asmdeclExpanded: Check<"asmdecl-expanded"> = {
  code: "asmdecl-expanded",
  stage: "package",
  severity: "error",
  title: "Code of a macro, an included file or behind `;` does not match its Go declaration",
  why: [
    "`go vet` reads assembly line by line and knows no preprocessor: it passes over arguments in the bodies of",
    "macros and in included files, statements behind a `;`, code behind DATA lines, and functions whose TEXT line",
    "holds a macro. This check makes the same comparisons, in the same words, on the code as each target assembles",
    "it. A finding stands at the use of the macro, and the place in its body goes with it.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
#define LOAD(arg, off, reg) MOVQ arg+off(FP), reg

TEXT ·add(SB), NOSPLIT, $0-24
	LOAD(x, 8, AX) // invalid offset x+8(FP); expected x+0(FP)
	LOAD(y, 8, BX)
	ADDQ BX, AX
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
#define LOAD(arg, off, reg) MOVQ arg+off(FP), reg

TEXT ·add(SB), NOSPLIT, $0-24
	LOAD(x, 0, AX)
	LOAD(y, 8, BX)
	ADDQ BX, AX
	MOVQ AX, ret+16(FP)
	RET
`,
  run(snapshot, pkg, file, profile) {
    if (file.kind !== "asm") return [];
    // A result that only other rules miss is one that vet gave up looking for, at data behind the code.
    const isSuspicious = lineFindings(snapshot, pkg, file, profile).suspicions.length > 0;
    if (!isSuspicious && !mayHide(snapshot, pkg, file)) return [];
    return compareReadings(snapshot, pkg, file, profile).onlyAssembled;
  },
};
