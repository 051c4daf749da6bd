/**
 * Code lenses: what a symbol is on all targets, above its TEXT or its Go function
 * without a body, and how large a struct is beside assembly.
 */
import type { CodeLens, Connection } from "vscode-languageserver";
import {
  matrixSummary,
  type Span,
  structLocations,
  structSizeSummary,
  symbolLocations,
  targetMatrix,
} from "../core/index.ts";
import { uriOf } from "./place.ts";
import { previewCommand, type PreviewKind, type PreviewSubject } from "./protocol.ts";
import type { Ask } from "./ask.ts";
import { linesOf } from "./toProto.ts";

export interface CodeLensInput {
  readonly connection: Connection;
  readonly ask: Ask;
  readonly isOn: () => boolean;
  /** The client has the command that opens a preview. */
  readonly opensPreviews: () => boolean;
}

export function serveCodeLenses({ connection, ask, isOn, opensPreviews }: CodeLensInput): void {
  connection.onCodeLens(async ({ textDocument: { uri } }): Promise<CodeLens[]> => {
    const lenses = await ask(uri, ({ snapshot, open: { site }, directory, name }) => {
      // The settings are known only once files can be asked about.
      if (!isOn()) return [];
      const lines = linesOf(snapshot.file(directory, name));
      // Only when a lens is shown is the rest of the tree looked at.
      const lens = (kind: PreviewKind, at: string, symbol: string, span: Span): CodeLens => {
        const data: PreviewSubject = { kind, uri: uriOf({ site, path: `${at}/` }), symbol };
        return { range: lines.range(span), data };
      };
      return [
        ...symbolLocations(snapshot, directory, name).map((place) =>
          lens("matrix", place.directory, place.name, place.span),
        ),
        ...structLocations(snapshot, directory, name).map((place) =>
          lens("struct", directory, place.name, place.span),
        ),
      ];
    });
    return lenses ?? [];
  });

  connection.onCodeLensResolve(async (lens): Promise<CodeLens> => {
    const subject = lens.data as Partial<PreviewSubject> | undefined;
    const { kind, uri, symbol } = subject ?? {};
    if (typeof uri !== "string" || typeof symbol !== "string") return lens;
    const summary = await ask(uri, ({ snapshot, directory }) => {
      if (kind === "struct") return structSizeSummary(snapshot, directory, symbol);
      const rows = targetMatrix(snapshot, directory, symbol);
      return rows && matrixSummary(rows);
    });
    // The symbol may have gone since the lens was placed.
    const title = summary === undefined || summary === "" ? "on no target" : summary;
    if (!opensPreviews()) return { ...lens, command: { title, command: "" } };
    return { ...lens, command: { title, command: previewCommand, arguments: [subject] } };
  });
}
