/** Code lenses: what a symbol is on all targets, above its TEXT or its Go function without a body. */
import type { CodeLens, Connection } from "vscode-languageserver";
import { matrixSummary, symbolPlaces, targetMatrix } from "../core/index.ts";
import { uriOf } from "./place.ts";
import { previewCommand, type PreviewSubject } from "./protocol.ts";
import type { Ask } from "./question.ts";
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
      return symbolPlaces(snapshot, directory, name).map((place): CodeLens => {
        const uri = uriOf({ site, path: `${place.directory}/` });
        // Only when a lens is shown is the rest of the tree looked at.
        const data: PreviewSubject = { kind: "matrix", uri, symbol: place.name };
        return { range: lines.range(place.span), data };
      });
    });
    return lenses ?? [];
  });

  connection.onCodeLensResolve(async (lens): Promise<CodeLens> => {
    const subject = lens.data as Partial<PreviewSubject> | undefined;
    const { uri, symbol } = subject ?? {};
    if (typeof uri !== "string" || typeof symbol !== "string") return lens;
    const summary = await ask(uri, ({ snapshot, directory }) => {
      const rows = targetMatrix(snapshot, directory, symbol);
      return rows && matrixSummary(rows);
    });
    // The symbol may have gone since the lens was placed.
    const title = summary === undefined || summary === "" ? "on no target" : summary;
    if (!opensPreviews()) return { ...lens, command: { title, command: "" } };
    return { ...lens, command: { title, command: previewCommand, arguments: [subject] } };
  });
}
