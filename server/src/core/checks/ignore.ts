/**
 * `// rt0:ignore CODE reason`: a comment on a line of its own hides what the named
 * checks find on the lines below it, up to and including the next line of code.
 * One that is wrong, or hides nothing, is itself reported. It must not know which
 * checks there are, beside their codes.
 */
import { containsWord } from "../base/containsWord.ts";
import { LineIndex } from "../base/lineIndex.ts";
import type { Span } from "../base/span.ts";
import { targetsOf } from "../model/targets/target.ts";
import { fieldSpans } from "../syntax/build/space.ts";
import { goComments } from "../syntax/go/goComments.ts";
import { selection } from "../workspace/selection.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { World } from "../workspace/world.ts";
import type { Check, FileCheck } from "./check.ts";
import type { Finding } from "./finding.ts";

interface IgnoreComment {
  readonly span: Span;
  /** Zero-based. */
  readonly line: number;
  readonly codes: readonly { readonly code: string; readonly span: Span }[];
  readonly hasReason: boolean;
  /** It has its line for itself. */
  readonly isAlone: boolean;
  /** The last line it speaks of. */
  readonly lastLine: number;
}

/**
 * The findings that no comment in their file hides, and, marked, hidden ones that refute others: who says that
 * vet misreads a line does not want to hear from vet instead. The same array as last time for the same one.
 */
export function withoutIgnored(file: SourceFile, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0) return findings;
  const comments = ignoreComments(file);
  if (comments.length === 0) return findings;
  let known = filtered.get(file);
  if (!known) filtered.set(file, (known = new WeakMap()));
  let visible = known.get(findings);
  if (!visible) {
    const hidden = hiddenBy(comments);
    visible = findings.flatMap((finding) => {
      if (!hidden(finding)) return finding;
      return finding.code === "asmdecl-misread" ? { ...finding, isIgnored: true as const } : [];
    });
    known.set(findings, visible);
  }
  return visible;
}

const filtered = new WeakMap<SourceFile, WeakMap<readonly Finding[], readonly Finding[]>>();

/** Whether a comment hides a finding, told without asking each: those above one line of code are one block. */
function hiddenBy(comments: readonly IgnoreComment[]): (finding: Finding) => boolean {
  /** By the last line of a block, in order, and by code, the first line that a comment for it stands on. */
  const blocks = new Map<number, Map<string, number>>();
  for (const { codes, line, lastLine, isAlone } of comments) {
    if (!isAlone) continue;
    let block = blocks.get(lastLine);
    if (!block) blocks.set(lastLine, (block = new Map()));
    for (const { code } of codes) if (!block.has(code)) block.set(code, line);
  }
  const lastLines = [...blocks.keys()];
  return ({ code, line }) => {
    const lastLine = lastLines[firstFrom(lastLines, line)];
    const from = lastLine === undefined ? undefined : blocks.get(lastLine)!.get(code);
    return from !== undefined && from < line;
  };
}

/** Index of the first of these numbers, which rise, that is no smaller. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

const answers = new WeakMap<SourceFile, readonly Finding[]>();

/** What is wrong with the comments of a file; of the other checks it may be told by `checkOf`. */
const findWrongComments: FileCheck = (snapshot, pkg, file, profile, checkOf) => {
  const comments = ignoreComments(file);
  if (comments.length === 0) return none;
  const { world } = snapshot;
  const { targets } = selection(world, file);
  const findings: Finding[] = [];
  const report = ({ line }: IgnoreComment, span: Span, message: string): void => {
    const { directory } = pkg;
    const { severity } = ignore;
    findings.push({ code: "ignore", severity, message, directory, file: file.name, span, line, targets });
  };
  const found = new Map<string, readonly number[]>();
  /** The lines of a check's findings, in order. */
  const linesOf = (code: string, check: Check): readonly number[] => {
    let lines = found.get(code);
    if (!lines) {
      const all = check.run(snapshot, pkg, file, profile, checkOf).filter((finding) => finding.code === code);
      found.set(code, (lines = all.map(({ line }) => line).sort((a, b) => a - b)));
    }
    return lines;
  };
  for (const comment of comments) {
    const { codes, span, hasReason, isAlone } = comment;
    if (!isAlone) {
      report(
        comment,
        span,
        "rt0:ignore hides nothing behind code: it belongs above the line, on one of its own",
      );
      continue;
    }
    if (codes.length === 0) report(comment, span, "rt0:ignore names no check");
    else if (!hasReason) report(comment, span, "rt0:ignore gives no reason");
    for (const { code, span } of codes) {
      // A comment may not hide what is said of comments.
      const check = code === "ignore" ? undefined : checkOf(code);
      if (!check)
        report(comment, span, `rt0:ignore names no check: ${code || "nothing before or after a comma"}`);
      else if (seesAll(world)) {
        const lines = linesOf(code, check);
        const next = lines[firstFrom(lines, comment.line + 1)];
        if (next === undefined || next > comment.lastLine)
          report(comment, span, `rt0:ignore hides nothing: there is no finding of ${code} here`);
      }
    }
  }
  const known = answers.get(file);
  if (known && sameFindings(known, findings)) return known;
  answers.set(file, findings);
  return findings;
};

export const ignore: Check<"ignore"> = {
  code: "ignore",
  stage: "tree",
  severity: "warning",
  title: "A comment that hides findings is wrong or hides nothing",
  why: [
    "`// rt0:ignore CODE reason`, on a line of its own, hides the findings of that check on the next line of code;",
    "several codes are separated by commas. Without a reason nobody can tell later whether it still holds, with a",
    "misspelt code it hides nothing, and one that hides nothing any more hides the next mistake. Whether it hides",
    "something is told only where every target is checked, and no further tags are given.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	// rt0:ignore asmdecl
	MOVQ x+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	// rt0:ignore asmdecl the caller passes the second half here
	MOVQ x+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  run: findWrongComments,
};

/** Whether every finding there may be is looked for: a comment may be for a target or a tag that is left out. */
function seesAll({ targets, context }: World): boolean {
  return context.tags.length === 0 && targetsOf(context.release).every((target) => targets.includes(target));
}

function sameFindings(a: readonly Finding[], b: readonly Finding[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ message, span, targets }, i) => {
      const other = b[i]!;
      return message === other.message && span.start === other.span.start && targets.equals(other.targets);
    })
  );
}

const none: readonly never[] = [];

const marker = "rt0:ignore";

const commentsOf = new WeakMap<SourceFile, readonly IgnoreComment[]>();

function ignoreComments(file: SourceFile): readonly IgnoreComment[] {
  let comments = commentsOf.get(file);
  if (!comments)
    commentsOf.set(
      file,
      (comments = containsWord(file.text, marker, ":ignor") ? readComments(file.text) : none),
    );
  return comments;
}

function readComments(text: string): IgnoreComment[] {
  const lines = new LineIndex(text);
  const all = goComments(text);
  const found = all.flatMap(({ start, end }): Omit<IgnoreComment, "lastLine">[] => {
    const [, lead = "", rest] = /^(\/\/[ \t]*rt0:ignore)(?=\s|$)(.*)/.exec(text.slice(start, end)) ?? [];
    if (rest === undefined) return [];
    const [first, reason] = fieldSpans(rest, 0, rest.length);
    const offset = start + lead.length;
    const span = { start, end: start + text.slice(start, end).trimEnd().length };
    const line = lines.lineAt(start);
    const isAlone = text.slice(lines.starts[line]!, start).trim() === "";
    const codes = first ? codesIn(rest.slice(first.start, first.end), offset + first.start) : [];
    return [{ span, line, codes, hasReason: reason !== undefined, isAlone }];
  });
  // From the last on, so that each line is looked at once.
  const commentStarts = new Map(all.map(({ start, end }) => [start, end]));
  const isCode = (line: number): boolean => {
    const from = lines.starts[line]!;
    const content = text.slice(from, lines.starts[line + 1] ?? text.length);
    const start = from + content.length - content.trimStart().length;
    return content.trim() !== "" && !(commentStarts.has(start) && text.startsWith("//", start));
  };
  let nextCode = lines.starts.length;
  let line = lines.starts.length - 1;
  return found
    .toReversed()
    .map((comment) => {
      for (; line > comment.line; line--) if (isCode(line)) nextCode = line;
      return { ...comment, lastLine: nextCode };
    })
    .toReversed();
}

function codesIn(word: string, offset: number): { readonly code: string; readonly span: Span }[] {
  let start = offset;
  return word.split(",").flatMap((code) => {
    const span = { start, end: start + code.length };
    start = span.end + 1;
    return code === "" ? [] : [{ code, span }];
  });
}
