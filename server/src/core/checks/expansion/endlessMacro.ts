/**
 * Macros and included files that come to no end, or to so much that reading was given up: nothing else is said of the
 * file on those targets, and this says why. It must not know how they are expanded.
 */
import type { Check } from "../check.ts";
import { codeCheck, type CodeCheckInput, type CodeFinding } from "../codeCheck.ts";

export const endlessMacro: Check<"endless-macro"> = codeCheck({
  code: "endless-macro",
  stage: "package",
  severity: "warning",
  title: "Macros or included files have no end",
  why: [
    "A file that includes itself is refused by the assembler: `input recursion`. A few macros that each use the one",
    "before twice come to more code than anybody has memory for. rt0 gives up where the assembler does, and where",
    "expanding a file comes to some million tokens; such a file is not checked on those targets, and what it may define",
    "is not said to be missing.",
  ].join("\n"),
  bad: `
-- double_amd64.go --
package p

func double(x int64) int64

-- double_amd64.h --
#include "double_amd64.h"
#define TWICE(r) ADDQ r, r

-- double_amd64.s --
#include "textflag.h"
#include "double_amd64.h"

TEXT ·double(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), AX
	TWICE(AX)
	MOVQ AX, ret+8(FP)
	RET
`,
  good: `
-- double_amd64.go --
package p

func double(x int64) int64

-- double_amd64.h --
#define TWICE(r) ADDQ r, r

-- double_amd64.s --
#include "textflag.h"
#include "double_amd64.h"

TEXT ·double(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), AX
	TWICE(AX)
	MOVQ AX, ret+8(FP)
	RET
`,
  concerns: (text) => text.includes("#include") || text.includes("#define"),
  check: whereGivenUp,
});

const reasons = {
  recursion: "files or macros nest more than a hundred deep, which the assembler refuses",
  size: "macros come to more code than rt0 reads",
} as const;

function* whereGivenUp({ code: { stopped }, targets }: CodeCheckInput): Iterable<CodeFinding> {
  if (!stopped) return;
  const message = `${reasons[stopped.kind]}: this file is not checked`;
  // Of code that is not there, any place stands where it was given up.
  yield { span: { start: 0, end: 0 }, message, targets };
}
