/**
 * Vet's buildtag analyzer over one file: `//go:build` and `// +build` lines that
 * are malformed, misplaced or at odds with each other, in vet's words and on its
 * lines (golang.org/x/tools/go/analysis/passes/buildtag). Go files and others are
 * read as differently here as there.
 */
import type { Span } from "../../base/span.ts";
import {
  type Constraint,
  formatConstraint,
  parseGoBuild,
  parsePlusBuild,
  type ParsedConstraint,
} from "../../syntax/build/constraint.ts";
import type { BuildHeader } from "../../syntax/build/header.ts";
import { plusBuildForm } from "../../syntax/build/plusBuildForm.ts";
import { fieldSpans, trimSpan } from "../../syntax/build/space.ts";
import { lineEnd } from "../../syntax/go/scanner.ts";
import { goComments } from "../../syntax/go/goComments.ts";
import { directiveMarks, hasMark } from "../../workspace/directiveMarks.ts";
import type { Fix } from "../finding.ts";
import { fileCheck, type FileFinding, type RuleInput } from "./fileRule.ts";
import { leadingComments } from "./leadingComments.ts";
import type { Check } from "../check.ts";

export const buildtag: Check<"buildtag"> = fileCheck({
  code: "buildtag",
  stage: "package",
  severity: "warning",
  title: "A build constraint line is malformed or misplaced",
  why: [
    "A `//go:build` line behind the package clause, or a `// +build` line without a blank line below it, is a mere",
    "comment: the file is built for every target. Where both forms are there and disagree, each Go release before",
    "1.17 builds other files than those after. The findings are those of `go vet`'s buildtag, word for word, in",
    "Go files and assembly alike, whatever the target selects.",
  ].join("\n"),
  bad: `
-- p.go --
//go:build linux && amd64
// +build linux

package p
`,
  good: `
-- p.go --
//go:build linux && amd64

package p
`,
  rule: misplacedLines,
});

function misplacedLines({ file, header, vet }: RuleInput): readonly FileFinding[] {
  if (vet < 12 || isPlain(file, header)) return none;
  const check = createCheck(file.text, { knowsGoVersions: vet >= 24 });
  if (file.kind === "go") readGo(file.text, check);
  else readOther(file.text, check);
  return check.finish();
}

const none: readonly never[] = [];

/** Whether a file has one sound `//go:build` line at its place, or none, and no other line of interest: nearly all have. */
function isPlain(file: RuleInput["file"], { lines }: BuildHeader): boolean {
  if (file.text.includes("+build")) return false;
  const [line] = lines;
  if (line && (!line.parsed.expr || line.parsed.tags.some(({ tag }) => isMalformedVersion(tag))))
    return false;
  const { start, end } = line?.span ?? { start: 0, end: 0 };
  return directiveMarks(file).every((at) => (at >= start && at < end) || !hasMark(file, at, "build"));
}

const goBuild = "//go:build";

/** One line that is a comment, or part of one. */
interface CommentLine {
  /** As vet sees it, a "\n" at the end included where vet has it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly plusBuildOK: boolean;
  readonly goBuildOK: boolean;
}

interface LineCheck {
  line(line: CommentLine): void;
  finish(): readonly FileFinding[];
}

function readGo(text: string, check: LineCheck): void {
  let plusBuildOK = true;
  for (const comment of goComments(text)) {
    const isBlock = comment.text.startsWith("/*");
    // Once in a block comment, beside the package clause or behind it, `// +build` counts no more.
    if (isBlock || comment.adjoinsPackage || comment.isAfterPackage) plusBuildOK = false;
    const { start, end } = comment;
    if (isBlock) readBlock(text, comment, check);
    else {
      const goBuildOK = !comment.isAfterPackage;
      check.line({ text: comment.text, start, end, plusBuildOK, goBuildOK });
    }
  }
}

/** The lines within a block comment. Of a file with carriage returns, vet names lines above them. */
function readBlock(text: string, { start, end }: Span, check: LineCheck): void {
  for (let next = lineEnd(text, start) + 1; next < end;) {
    const stop = Math.min(lineEnd(text, next) + 1, end);
    const line = { text: text.slice(next, stop).replaceAll("\r", ""), start: next, end: stop };
    if (line.text.startsWith("//")) check.line({ ...line, plusBuildOK: false, goBuildOK: false });
    next = stop;
  }
}

/** Reads up to the first line of code, beyond which vet cannot tell comments from strings. */
function readOther(text: string, check: LineCheck): void {
  const cutoff = plusBuildCutoff(text);
  for (const { start, end, inBlockComment } of leadingComments(text, { evenInBlocks: true })) {
    const line = { text: text.slice(start, end), start, end };
    check.line({ ...line, plusBuildOK: start < cutoff, goBuildOK: !inBlockComment });
  }
}

/** Where the last blank line of the leading run of blank lines and comments begins. */
function plusBuildCutoff(text: string): number {
  let cutoff = 0;
  for (let next = 0; next < text.length;) {
    const lineStart = next;
    next = lineEnd(text, lineStart) + 1;
    const { start, end } = trimSpan(text, lineStart, next - 1);
    if (start === end) cutoff = lineStart;
    else if (!text.startsWith("//", start)) break;
  }
  return cutoff;
}

interface Habits {
  /** Reports tags that look like a release and are none. */
  readonly knowsGoVersions: boolean;
}

function createCheck(source: string, { knowsGoVersions }: Habits): LineCheck {
  const findings: FileFinding[] = [];
  let crossCheck = true;
  let goBuildLine: CommentLine | undefined;
  let goBuildExpr: Constraint | undefined;
  const plusBuilds: CommentLine[] = [];
  const plusBuildExprs: Constraint[] = [];

  const report = (line: CommentLine, message: string, fix?: Fix): void => {
    const span = trimSpan(source, line.start, line.end);
    findings.push({ span, message, ...(fix && { fix }) });
  };
  const reportVersions = (line: CommentLine, { tags }: ParsedConstraint): void => {
    if (!knowsGoVersions) return;
    for (const { tag } of tags)
      if (isMalformedVersion(tag)) report(line, `invalid go version "${tag}" in build constraint`);
  };

  const goBuildComment = (line: CommentLine): void => {
    const { text } = line;
    if (goBuildText(text) === undefined) {
      const withoutSpace = `//${trimmed(text.slice(2))}`;
      if (!text.startsWith(goBuild) && goBuildText(withoutSpace) !== undefined)
        report(line, "malformed //go:build line (space between // and go:build)");
      return;
    }
    if (!line.goBuildOK) {
      report(line, "misplaced //go:build comment");
      crossCheck = false;
      return;
    }
    if (goBuildLine) {
      report(line, "unexpected extra //go:build line");
      crossCheck = false;
    }
    goBuildLine ??= line;
    const parsed = parseGoBuild(goBuildText(beforeError(text)) ?? "");
    if (!parsed.expr) {
      report(line, parsed.error!.message);
      crossCheck = false;
      return;
    }
    reportVersions(line, parsed);
    goBuildExpr ??= parsed.expr;
  };

  const plusBuildComment = (line: CommentLine): void => {
    const text = trimmed(line.text);
    if (plusBuildText(text) === undefined) {
      if (line.plusBuildOK && !text.startsWith("// want")) report(line, "possible malformed +build comment");
      return;
    }
    if (!line.plusBuildOK) {
      report(line, "misplaced +build comment");
      crossCheck = false;
    }
    plusBuilds.push(line);
    const words = plusBuildText(beforeError(text)) ?? "";
    for (const { start, end } of fieldSpans(words, 0, words.length)) {
      const word = words.slice(start, end);
      for (const part of word.split(",")) {
        if (part.startsWith("!!")) report(line, `invalid double negative in build constraint: ${word}`);
        else if (notInTag.test(part.replace(/^!/, "")))
          report(line, `invalid non-alphanumeric build constraint: ${word}`);
        else continue;
        crossCheck = false;
      }
    }
    if (!crossCheck) return;
    const parsed = parsePlusBuild(words);
    if (!parsed.expr) {
      report(line, parsed.error!.message);
      crossCheck = false;
      return;
    }
    reportVersions(line, parsed);
    plusBuildExprs.push(parsed.expr);
  };

  return {
    line(line) {
      if (line.text.includes("+build")) plusBuildComment(line);
      if (line.text.includes(goBuild)) goBuildComment(line);
    },
    finish() {
      if (!crossCheck || !goBuildLine || !goBuildExpr || plusBuildExprs.length === 0) return findings;
      const wanted = plusBuildForm(goBuildExpr);
      if (!wanted) {
        report(goBuildLine, "expression too complex for // +build lines");
        return findings;
      }
      const exprs = wanted.map((words) => parsePlusBuild(words).expr);
      // What is too long for the older form cannot be compared.
      if (exprs.includes(undefined)) return findings;
      const message = "+build lines do not match //go:build condition";
      if (together(exprs as Constraint[]) !== together(plusBuildExprs))
        report(plusBuilds[0]!, message, rewritten(source, plusBuilds, wanted));
      return findings;
    },
  };
}

/** What lines ask for together, in words. */
function together(lines: readonly Constraint[]): string {
  return lines
    .map((line) => (line.kind === "or" ? `(${formatConstraint(line)})` : formatConstraint(line)))
    .join(" && ");
}

/** Puts other `// +build` lines in the place of the present ones. */
function rewritten(source: string, present: readonly CommentLine[], wanted: readonly string[]): Fix {
  const [first, ...others] = present;
  const lines = wanted.map((words) => `// +build ${words}`).join("\n");
  const edits = [
    { span: trimSpan(source, first!.start, first!.end), newText: lines },
    ...others.map(({ start, end }) => {
      const newline = source.indexOf("\n", Math.max(start, end - 1));
      return { span: { start, end: newline < 0 ? source.length : newline + 1 }, newText: "" };
    }),
  ];
  return { title: "Make the // +build lines say what //go:build says", edits };
}

/** What follows `//go:build` in a line that go/build takes for a constraint. */
function goBuildText(line: string): string | undefined {
  return line.startsWith(goBuild) ? afterKeyword(trimmed(line).slice(goBuild.length)) : undefined;
}

/** What follows `+build` in a line that go/build takes for a constraint. */
function plusBuildText(line: string): string | undefined {
  if (!line.startsWith("//")) return undefined;
  const text = trimmed(line.slice(2));
  return text.startsWith("+build") ? afterKeyword(text.slice("+build".length)) : undefined;
}

/** A keyword ends at white space, or with the line. */
function afterKeyword(rest: string): string | undefined {
  const text = trimmed(rest);
  return rest.length === text.length && rest !== "" ? undefined : text;
}

/** Vet's own tests put what they expect behind this mark. */
function beforeError(line: string): string {
  const mark = line.indexOf(" // ERROR ");
  return mark < 0 ? line : line.slice(0, mark);
}

function trimmed(text: string): string {
  const { start, end } = trimSpan(text, 0, text.length);
  return text.slice(start, end);
}

const notInTag = /[^\p{L}\p{Nd}_.]/u;

/** Whether a tag means to be that of a Go release and is none. */
function isMalformedVersion(tag: string): boolean {
  if (tag.startsWith("go1")) return !isVersion(tag);
  return ["go.", "g1.", "go"].some(
    (start) => tag.startsWith(start) && isVersion(`go1.${tag.slice(start.length)}`),
  );
}

/** Whether go/build/constraint finds a release in the tag: in anything that ends in "go1." and a number, as it happens. */
function isVersion(tag: string): boolean {
  const at = tag.indexOf("go1.");
  const digits = tag.slice(at + "go1.".length);
  return tag === "go1" || (at >= 0 && /^\d+$/.test(digits) && BigInt(digits) < 2n ** 63n);
}
