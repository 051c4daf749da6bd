/** Code actions over the protocol. What can be done about a finding is the core's business. */
import {
  type CodeAction,
  CodeActionKind,
  CodeActionRequest,
  type Diagnostic,
  type Position,
} from "vscode-languageserver";
import { codeActions, type Finding } from "../core/index.ts";
import { type Feature, textFeature } from "./feature.ts";
import type { Findings } from "./findings.ts";
import type { Lines } from "./lines.ts";

export function codeActionFeature(findings: Findings): Feature {
  return textFeature(
    CodeActionRequest.type,
    { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
    ({ snapshot, open, directory, name, lines }, { textDocument: { uri }, range, context }): CodeAction[] => {
      const kinds = context.only ?? [CodeActionKind.QuickFix];
      if (!kinds.some((kind) => kind === "" || kind === CodeActionKind.QuickFix)) return [];
      const source = snapshot.file(directory, name);
      if (!source) return [];
      const shown = findings.shownIn(open, { site: open.site, path: `${directory}/${name}` }, source);
      return codeActions(source.text, shown, lines.span(range)).map(
        ({ title, finding, edits, isPreferred }) => ({
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: context.diagnostics.filter((diagnostic) => isOf(diagnostic, finding, lines)),
          edit: {
            changes: { [uri]: edits.map(({ span, newText }) => ({ range: lines.range(span), newText })) },
          },
          ...(isPreferred && { isPreferred }),
        }),
      );
    },
  );
}

/** Whether the client shows this finding so. */
function isOf({ code, range }: Diagnostic, finding: Finding, lines: Lines): boolean {
  const { start, end } = lines.range(finding.span);
  return code === finding.code && isSame(range.start, start) && isSame(range.end, end);
}

function isSame(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}
