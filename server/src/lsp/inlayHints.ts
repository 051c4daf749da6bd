/** Inlay hints over the protocol. */
import { type InlayHint, InlayHintRequest } from "vscode-languageserver";
import { inlayHints } from "../core/index.ts";
import { textFeature } from "./feature.ts";

export const inlayHintFeature = textFeature(
  InlayHintRequest.type,
  { inlayHintProvider: true },
  ({ snapshot, directory, name, lines }, { range }, { settings }): InlayHint[] => {
    if (!settings.inlayHints) return [];
    return inlayHints(snapshot, directory, name, lines.span(range)).map(({ offset, text }) => ({
      position: lines.positionAt(offset),
      label: text,
      paddingLeft: true,
    }));
  },
);
