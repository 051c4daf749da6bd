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
import type { FileCheck } from "./checkDirectory.ts";
import type { Finding } from "./finding.ts";
import { severityOf } from "./registry.ts";

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
    visible = findings.flatMap((finding) => {
      if (!comments.some((comment) => hides(comment, finding))) return finding;
      return finding.code === "asmdecl-misread" ? { ...finding, isIgnored: true as const } : [];
    });
    known.set(findings, visible);
  }
  return visible;
}

const filtered = new WeakMap<SourceFile, WeakMap<readonly Finding[], readonly Finding[]>>();

function hides({ codes, line, lastLine, isAlone }: IgnoreComment, finding: Finding): boolean {
  const isBelow = isAlone && finding.line > line && finding.line <= lastLine;
  return isBelow && codes.some(({ code }) => code === finding.code);
}

/** The check of the comments themselves, given the checks that they may name. */
export function checkIgnore(checkOf: (code: string) => FileCheck | undefined): FileCheck {
  const answers = new WeakMap<SourceFile, readonly Finding[]>();
  return (snapshot, pkg, file, profile) => {
    const comments = ignoreComments(file);
    if (comments.length === 0) return none;
    const { world } = snapshot;
    const { targets } = selection(world, file);
    const findings: Finding[] = [];
    const report = ({ line }: IgnoreComment, span: Span, message: string): void => {
      const { directory } = pkg;
      const severity = severityOf("ignore");
      findings.push({ code: "ignore", severity, message, directory, file: file.name, span, line, targets });
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
        const check = checkOf(code);
        if (!check)
          report(comment, span, `rt0:ignore names no check: ${code || "nothing before or after a comma"}`);
        else if (seesAll(world)) {
          const found = check(snapshot, pkg, file, profile);
          const isUsed = found.some((finding) => finding.code === code && hides(comment, finding));
          if (!isUsed) report(comment, span, `rt0:ignore hides nothing: there is no finding of ${code} here`);
        }
      }
    }
    const known = answers.get(file);
    if (known && sameFindings(known, findings)) return known;
    answers.set(file, findings);
    return findings;
  };
}

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
