/** The outline of an assembly file over the protocol. */
import {
  type DocumentSymbol as ProtocolSymbol,
  DocumentSymbolRequest,
  SymbolKind,
} from "vscode-languageserver";
import { type DocumentSymbol, documentSymbols } from "../core/index.ts";
import { textFeature } from "./feature.ts";
import type { Lines } from "./lines.ts";

export const documentSymbolFeature = textFeature(
  DocumentSymbolRequest.type,
  { documentSymbolProvider: true },
  ({ snapshot, directory, name, lines }) => {
    const found = documentSymbols(snapshot, directory, name);
    return found.length > 0 ? found.map((symbol) => toProtocol(symbol, lines)) : null;
  },
);

const kinds: Readonly<Record<DocumentSymbol["kind"], SymbolKind>> = {
  function: SymbolKind.Function,
  label: SymbolKind.Key,
  data: SymbolKind.Variable,
  macro: SymbolKind.Constant,
};

function toProtocol(
  { kind, name, detail, span, nameSpan, children }: DocumentSymbol,
  lines: Lines,
): ProtocolSymbol {
  return {
    name,
    detail,
    kind: kinds[kind],
    range: lines.range(span),
    selectionRange: lines.range(nameSpan),
    children: children.map((child) => toProtocol(child, lines)),
  };
}
