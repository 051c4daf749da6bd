/**
 * A `//go:build` line of an assembly file that stands where the go command does not look for
 * constraints: behind the first line of code, or beside other text. Vet's buildtag analyzer
 * stops at the first line of code, for it cannot tell comments from strings there.
 */
import { Kind, lexAsm } from "../../syntax/asm/lexer.ts";
import { parseGoBuild } from "../../syntax/build/constraint.ts";
import { isSpace, trimSpan } from "../../syntax/build/space.ts";
import { fileCheck, type FileFinding, type RuleInput } from "./fileRule.ts";
import type { Check } from "../check.ts";

export const lateBuildLine: Check<"late-build-line"> = fileCheck({
  code: "late-build-line",
  stage: "package",
  severity: "warning",
  title: "A build constraint in assembly stands too late to count",
  why: [
    "The go command reads constraints on lines of their own above the first line of code, and a `#include` is code:",
    "a `//go:build` line below it is a mere comment, and the file is built for every target that its name allows. `go",
    "vet` stops reading there, and `buildtag` with it. Block comments and `// +build` lines are left alone.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
//go:build !purego

package p

func add(x, y int64) int64
-- add_amd64.s --
#include "textflag.h"

//go:build !purego

TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
-- add_generic.go --
//go:build !amd64 || purego

package p

func add(x, y int64) int64 { return x + y }
`,
  good: `
-- add_amd64.go --
//go:build !purego

package p

func add(x, y int64) int64
-- add_amd64.s --
//go:build !purego

#include "textflag.h"

TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
-- add_generic.go --
//go:build !amd64 || purego

package p

func add(x, y int64) int64 { return x + y }
`,
  rule: lateLines,
});

/** The `//go:build` comments of an assembly file that hold a constraint and have no effect. */
function lateLines({ file, header }: RuleInput): readonly FileFinding[] {
  const { kind, text } = file;
  if (kind !== "asm") return none;
  const read = new Set(header.lines.map(({ span }) => span.start));
  if (!mayBeLate(text, read)) return none;
  const { kinds, starts, count } = lexAsm(text).tokens;
  const findings: FileFinding[] = [];
  for (let token = 0; token < count; token++) {
    const start = starts[token]!;
    if (kinds[token] !== Kind.LineComment || !text.startsWith(keyword, start) || read.has(start)) continue;
    const span = trimSpan(text, start, starts[token + 1]!);
    const words = text.slice(start + keyword.length, span.end);
    // Prose begins like this too, and another directive.
    if (!isSpace(words.charCodeAt(0)) || !parseGoBuild(words).expr) continue;
    const message =
      "//go:build has no effect here; it counts on a line of its own above the first line of code";
    findings.push({ span, message });
  }
  return findings;
}

const none: readonly never[] = [];
const keyword = "//go:build";

/** Whether the words stand anywhere but in the lines that the go command reads: in hardly any file. */
function mayBeLate(text: string, read: ReadonlySet<number>): boolean {
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + keyword.length))
    if (!read.has(at)) return true;
  return false;
}
