/**
 * What can be done about findings at a place: the change that mends one, where the
 * check knows it, and a comment that silences it. It must not know who asks.
 */
import { LineIndex } from "../base/lineIndex.ts";
import type { Span } from "../base/span.ts";
import type { Finding, TextEdit } from "../checks/finding.ts";

export interface CodeAction {
  /** What it does, as one says to the user. */
  readonly title: string;
  /** What it is about. */
  readonly finding: Finding;
  /** Of the file that the finding is in. */
  readonly edits: readonly TextEdit[];
  /** It mends what was found, and there is no other way that is as likely meant. */
  readonly isPreferred: boolean;
}

/** Of the findings of one text that touch the span: the fixes first; findings of one line and check are silenced together. */
export function codeActions(text: string, findings: readonly Finding[], span: Span): CodeAction[] {
  const meant = findings.filter(
    (finding) => finding.span.start <= span.end && finding.span.end >= span.start,
  );
  const fixes = meant.flatMap((finding): CodeAction[] => {
    const { fix } = finding;
    return fix ? [{ title: fix.title, finding, edits: fix.edits, isPreferred: true }] : [];
  });
  const silenced = new Set<string>();
  const suppressions = meant.flatMap((finding): CodeAction[] => {
    const { code, line } = finding;
    const edit = commentAbove(text, line, code);
    // What is said of the comments themselves is mended, not silenced.
    if (code === "ignore" || silenced.has(`${code} ${line}`) || !edit) return [];
    silenced.add(`${code} ${line}`);
    return [{ title: `Suppress with // rt0:ignore ${code}`, finding, edits: [edit], isPreferred: false }];
  });
  return [...fixes, ...suppressions];
}

/** What to insert above a line, counted from zero as Go counts lines; undefined where a comment would not be one. */
function commentAbove(text: string, line: number, code: string): TextEdit | undefined {
  const { starts } = new LineIndex(text);
  const offset = starts[line];
  if (offset === undefined) return undefined;
  const before = text.slice(starts[line - 1] ?? 0, offset);
  // The line continues a macro, which the comment would cut in two.
  if (/\\\r?\n$/.test(before)) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(offset, starts[line + 1]))![0];
  const lineEnd = before.endsWith("\r\n") ? "\r\n" : "\n";
  return {
    span: { start: offset, end: offset },
    newText: `${indent}// rt0:ignore ${code} TODO: say why${lineEnd}`,
  };
}
