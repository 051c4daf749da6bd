/**
 * Code lenses: what a symbol is on all targets, above its TEXT or its Go function
 * without a body, and how large a struct is beside assembly. A lens is placed from
 * one file alone; only when it is shown is the rest of the tree looked at.
 */
import { type CodeLens, CodeLensRequest, CodeLensResolveRequest } from "vscode-languageserver";
import {
  matrixSummary,
  type Span,
  structLocations,
  structSizeSummary,
  symbolLocations,
  targetMatrix,
} from "../core/index.ts";
import { type Feature, textFeature } from "./feature.ts";
import { uriOf } from "./filePath.ts";
import { previewCommand, type PreviewKind, type PreviewSubject } from "./protocol.ts";

const placing = textFeature(
  CodeLensRequest.type,
  { codeLensProvider: { resolveProvider: true } },
  ({ snapshot, open: { site }, directory, name, lines }, _, { settings }): CodeLens[] => {
    if (!settings.codeLens) return [];
    const lens = (kind: PreviewKind, path: string, symbol: string, span: Span): CodeLens => {
      const data: PreviewSubject = { kind, uri: uriOf({ site, path: `${path}/` }), symbol };
      return { range: lines.range(span), data };
    };
    return [
      ...symbolLocations(snapshot, directory, name).map((symbol) =>
        lens("matrix", symbol.directory, symbol.name, symbol.span),
      ),
      ...structLocations(snapshot, directory, name).map((struct) =>
        lens("struct", directory, struct.name, struct.span),
      ),
    ];
  },
);

export const codeLensFeature: Feature = {
  capabilities: placing.capabilities,
  serve(session, ask) {
    placing.serve(session, ask);
    session.connection.onRequest(CodeLensResolveRequest.type, async (lens, token): Promise<CodeLens> => {
      const subject = lens.data as Partial<PreviewSubject> | undefined;
      const { kind, uri, symbol } = subject ?? {};
      if (typeof uri !== "string" || typeof symbol !== "string") return lens;
      const summary = await ask(
        uri,
        ({ snapshot, directory }) => {
          if (kind === "struct") return structSizeSummary(snapshot, directory, symbol);
          const rows = targetMatrix(snapshot, directory, symbol);
          return rows && matrixSummary(rows);
        },
        { token },
      );
      // The symbol may have gone since the lens was placed.
      const title = summary === undefined || summary === "" ? "on no target" : summary;
      if (!session.client.opensPreviews) return { ...lens, command: { title, command: "" } };
      return { ...lens, command: { title, command: previewCommand, arguments: [subject] } };
    });
  },
};
