/**
 * Vet's directive analyzer over one file: `//go:debug` where it has no effect, and
 * white space that ends no directive, in vet's words and on its lines
 * (golang.org/x/tools/go/analysis/passes/directive).
 */
import { isTestName } from "../../syntax/build/fileName.ts";
import { isSpace, trimSpan } from "../../syntax/build/space.ts";
import { goComments } from "../../syntax/go/goComments.ts";
import { directiveMarks, hasMark } from "../../workspace/directiveMarks.ts";
import { fileCheck, type FileFinding, type RuleInput } from "./fileRule.ts";
import { leadingComments } from "./leadingComments.ts";
import type { Check } from "../check.ts";

export const directive: Check<"directive"> = fileCheck({
  code: "directive",
  stage: "package",
  severity: "warning",
  title: "A directive stands where it has no effect",
  why: [
    "`//go:debug` counts only in Go files of package main and in tests, before the package clause; assembly is no",
    "place for it. White space other than a blank or a tab does not end a directive's name. The findings are those",
    "of `go vet`'s directive, word for word.",
  ].join("\n"),
  bad: `
-- clock.go --
package p
-- clock_amd64.s --
//go:debug asynctimerchan=1

#include "textflag.h"
`,
  good: `
-- main.go --
//go:debug asynctimerchan=1

package main

func main() {}
`,
  rule: misplacedDirectives,
});

function misplacedDirectives({ file, vet }: RuleInput): readonly FileFinding[] {
  // The analyzer came with Go 1.21.
  if (vet < 21 || !mayMatter(file)) return none;
  if (file.kind === "asm") {
    return [...leadingComments(file.text, { evenInBlocks: false })].flatMap(({ start, end }) => {
      const to = file.text[end - 1] === "\n" ? end - 1 : end;
      return comment(file.text, start, to, file.text.slice(start, to), "in Go source files");
    });
  }
  const isPlace = file.packageName === "main" || isTestName(file.name);
  // Until Go 1.22 a comment directly above the package clause was too late.
  const adjoiningCounts = vet >= 23;
  return goComments(file.text).flatMap(({ start, end, text, isAfterPackage, adjoinsPackage }) => {
    const isLate = isAfterPackage || (adjoinsPackage && !adjoiningCounts);
    const place = isPlace ? (isLate ? "before package declaration" : undefined) : "in package main or test";
    return comment(file.text, start, end, text, place);
  });
}

const none: readonly never[] = [];

/** Whether any directive is one for the debug settings, or is followed by other white space than is usual. */
function mayMatter(file: RuleInput["file"]): boolean {
  const { kind, text } = file;
  let end = 0;
  for (const at of directiveMarks(file)) {
    // Several may stand in one word.
    if (at >= end) end = wordEnd(text, at);
    // Go's parser drops carriage returns.
    const isUsual = isUsualSpace(text, end) || (kind === "go" && text[end] === "\r");
    if (!isUsual || hasMark(file, at, "debug")) return true;
  }
  return false;
}

const start = "//go:";

/** `place` is where alone `//go:debug` would be valid; undefined where it is. */
function comment(
  source: string,
  from: number,
  to: number,
  text: string,
  place: string | undefined,
): FileFinding[] {
  if (!text.startsWith(start)) return [];
  const findings: FileFinding[] = [];
  const mark = text.indexOf(" // ERROR ");
  const line = mark < 0 ? text : text.slice(0, mark);
  const end = wordEnd(line, 0);
  const verb = line.slice(0, end);
  if (end < line.length && !isUsualSpace(line, end)) {
    const message = `invalid space ${quoted(line.charCodeAt(end))} in ${verb} directive`;
    const span = { start: from + end, end: from + end + 1 };
    const fix = { title: "Change to a space", edits: [{ span, newText: " " }] };
    const isSame = source.startsWith(line, from);
    findings.push({
      span: isSame ? span : { start: from, end: to },
      message,
      ...(isSame && { fix }),
    });
  }
  if (verb === "//go:debug" && place !== undefined) {
    const message = `//go:debug directive only valid ${place}`;
    findings.push({ span: trimSpan(source, from, to), message });
  }
  return findings;
}

function wordEnd(text: string, at: number): number {
  while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isUsualSpace(text: string, at: number): boolean {
  const c = text[at];
  return c === undefined || c === " " || c === "\t" || c === "\n";
}

/** A white space character as Go prints a rune. */
function quoted(code: number): string {
  const short = new Map([
    [0x0b, "v"],
    [0x0c, "f"],
    [0x0d, "r"],
  ]).get(code);
  return `'\\${short ?? `u${code.toString(16).padStart(4, "0")}`}'`;
}
