/** The other places of what the cursor is on, in an assembly file, over the protocol. */
import { DocumentHighlightKind, DocumentHighlightRequest } from "vscode-languageserver";
import { documentHighlights } from "../core/index.ts";
import { textFeature } from "./feature.ts";

export const documentHighlightFeature = textFeature(
  DocumentHighlightRequest.type,
  { documentHighlightProvider: true },
  ({ snapshot, directory, name, lines }, { position }, { settings }) => {
    if (settings.leaveToGopls) return null;
    const found = documentHighlights(snapshot, directory, name, lines.offsetAt(position));
    if (found.length === 0) return null;
    return found.map(({ span, isDefinition }) => ({
      range: lines.range(span),
      kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Text,
    }));
  },
);
