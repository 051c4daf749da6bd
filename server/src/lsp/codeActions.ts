/**
 * What can be done about findings at a place: the change that mends one, where the
 * check knows it, and a comment that silences it. It must not know who asks.
 */
import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit } from "vscode-languageserver";
import { type Finding, LineIndex, type SourceFile, type Span } from "../core/index.ts";
import { linesOf } from "./toProto.ts";

export interface ActionInput {
  readonly uri: string;
  /** The text the findings were made from. */
  readonly source: SourceFile;
  readonly findings: readonly Finding[];
  /** What the user points at. */
  readonly span: Span;
  /** What the client shows there. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The fixes first; findings of one line and check are silenced together. */
export function codeActions({ uri, source, findings, span, diagnostics }: ActionInput): CodeAction[] {
  const lines = linesOf(source);
  const meant = findings.filter(
    (finding) => finding.span.start <= span.end && finding.span.end >= span.start,
  );
  const shown = ({ code, span }: Finding): Diagnostic[] => {
    const { start, end } = lines.range(span);
    return diagnostics.filter(
      (diagnostic) =>
        diagnostic.code === code &&
        samePosition(diagnostic.range.start, start) &&
        samePosition(diagnostic.range.end, end),
    );
  };
  const action = (
    title: string,
    of: Finding,
    edits: TextEdit[],
    more: Partial<CodeAction> = {},
  ): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: shown(of),
    edit: { changes: { [uri]: edits } },
    ...more,
  });

  const fixes = meant.flatMap((finding) => {
    const { fix } = finding;
    if (!fix) return [];
    const edits = fix.edits.map(({ span, newText }) => ({ range: lines.range(span), newText }));
    return [action(fix.title, finding, edits, { isPreferred: true })];
  });
  const silenced = new Set<string>();
  const suppressions = meant.flatMap((finding) => {
    const { code, line } = finding;
    const comment = commentAbove(source.text, line, code);
    // What is said of the comments themselves is mended, not silenced.
    if (code === "ignore" || silenced.has(`${code} ${line}`) || !comment) return [];
    silenced.add(`${code} ${line}`);
    const at = lines.positionAt(comment.offset);
    return [
      action(`Suppress with // rt0:ignore ${code}`, finding, [
        { range: { start: at, end: at }, newText: comment.text },
      ]),
    ];
  });
  return [...fixes, ...suppressions];
}

/** What to insert above a line, counted from zero as Go counts lines; undefined where a comment would not be one. */
function commentAbove(
  text: string,
  line: number,
  code: string,
): { readonly offset: number; readonly text: string } | undefined {
  const { starts } = new LineIndex(text);
  const offset = starts[line];
  if (offset === undefined) return undefined;
  const before = text.slice(starts[line - 1] ?? 0, offset);
  // The line continues a macro, which the comment would cut in two.
  if (/\\\r?\n$/.test(before)) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(offset, starts[line + 1]))![0];
  const lineEnd = before.endsWith("\r\n") ? "\r\n" : "\n";
  return { offset, text: `${indent}// rt0:ignore ${code} TODO: say why${lineEnd}` };
}

function samePosition(a: Diagnostic["range"]["start"], b: Diagnostic["range"]["start"]): boolean {
  return a.line === b.line && a.character === b.character;
}
