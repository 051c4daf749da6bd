/** Definitions over the protocol. */
import { DefinitionRequest } from "vscode-languageserver";
import { definition } from "../core/index.ts";
import { textFeature } from "./feature.ts";

export const definitionFeature = textFeature(
  DefinitionRequest.type,
  { definitionProvider: true },
  ({ snapshot, directory, name, lines, locate }, { position }, { settings }) => {
    // Go's own language server answers what it can.
    if (settings.leaveToGopls) return null;
    const found = definition(snapshot, directory, name, lines.offsetAt(position));
    return found ? found.locations.map(locate) : null;
  },
);
