/**
 * The outline of an assembly file: its functions with their labels, what it defines of data, and its macros, as they
 * are written, whatever target assembles them. Of Go files Go's own language server tells it.
 */
import type { Span } from "../base/span.ts";
import type { Statement, SymbolRef } from "../syntax/asm/ast.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { asmTree } from "./entity/asmEntity.ts";

export interface DocumentSymbol {
  readonly kind: "function" | "label" | "data" | "macro";
  /** As assembly writes it: `runtime·exit`, `table<>`, `LOAD(from, to)`. */
  readonly name: string;
  /** The flags and the frame of a TEXT, the flags and the size of data; "" for none. */
  readonly detail: string;
  /** A function reaches to the last of its statements. */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

/** In the order of the text. */
export function documentSymbols(snapshot: Snapshot, directory: string, file: string): DocumentSymbol[] {
  const source = snapshot.file(directory, file);
  if (source?.kind !== "asm" && source?.kind !== "header") return [];
  const { statements } = asmTree(source);
  const functions = new Map<number, { readonly end: number; readonly labels: readonly DocumentSymbol[] }>();
  for (let i = statements.length - 1, end = 0, labels: DocumentSymbol[] = []; i >= 0; i--) {
    const statement = statements[i]!;
    if (isCode(statement)) end = Math.max(end, statement.end);
    if (statement.kind === "label") labels.push(labelSymbol(statement));
    if (statement.kind !== "text") continue;
    functions.set(i, { end: Math.max(end, statement.end), labels: labels.toReversed() });
    end = 0;
    labels = [];
  }
  return statements.flatMap((statement, i): DocumentSymbol[] => {
    const { start, end } = statement;
    switch (statement.kind) {
      case "text": {
        const { symbol } = statement;
        const { end, labels } = functions.get(i)!;
        if (!symbol) return [];
        const detail = source.text.slice(symbol.end, statement.end).replace(/^[\s,]+/, "");
        return [{ kind: "function", ...named(symbol), detail, span: { start, end }, children: labels }];
      }
      case "globl": {
        const { symbol } = statement;
        if (!symbol) return [];
        const detail = source.text.slice(symbol.end, end).replace(/^[\s,]+/, "");
        return [{ kind: "data", ...named(symbol), detail, span: { start, end }, children: [] }];
      }
      case "define": {
        const { nameSpan, params } = statement;
        const list = params ? `(${params.map((param) => param.name).join(", ")})` : "";
        const name = `${statement.name}${list}`;
        return [{ kind: "macro", name, nameSpan, detail: "", span: { start, end }, children: [] }];
      }
      default:
        return [];
    }
  });
}

/** Whether a function reaches to the end of a statement that stands behind its TEXT: data and directives may follow it. */
function isCode({ kind }: Statement): boolean {
  return kind === "instruction" || kind === "label" || kind === "macroUse" || kind === "pcalign";
}

function named(symbol: SymbolRef): Pick<DocumentSymbol, "name" | "nameSpan"> {
  return { name: symbol.isStatic ? `${symbol.name}<>` : symbol.name, nameSpan: symbol.nameSpan };
}

function labelSymbol({ name, start, end, nameEnd }: Extract<Statement, { kind: "label" }>): DocumentSymbol {
  return {
    kind: "label",
    name,
    detail: "",
    span: { start, end },
    nameSpan: { start, end: nameEnd },
    children: [],
  };
}
