/**
 * What the client has been told. Diagnostics are pushed when they change; those
 * of open documents are left to a client that pulls, so that none shows twice.
 */
import type { Diagnostic } from "vscode-languageserver";
import type { Session } from "./session.ts";

export interface Publisher {
  /** These are the diagnostics of a file now. */
  set(uri: string, diagnostics: readonly Diagnostic[]): void;
  /** Files that no longer have an answer have no diagnostics. */
  keepOnly(keeps: (uri: string) => boolean): void;
  /** A document was opened or closed: from now on the other way of telling is right. */
  turned(uri: string): void;
  /** What a client that pulls is told of an open document. */
  pull(uri: string): readonly Diagnostic[];
  /** Asks a client that pulls to do so again, where it was told something else last. */
  refresh(): void;
  readonly count: number;
}

export function createPublisher(session: Session): Publisher {
  const { connection, documents } = session;
  const current = new Map<string, readonly Diagnostic[]>();
  /** JSON of what was pushed, where that is not nothing. */
  const pushed = new Map<string, string>();
  /** JSON of what was pulled last, and the version it was pulled for. */
  const pulled = new Map<string, { readonly text: string; readonly version: number }>();

  const push = (uri: string): void => {
    const doc = documents.get(uri);
    const diagnostics = doc && session.client.pulls ? [] : [...(current.get(uri) ?? [])];
    const text = JSON.stringify(diagnostics);
    if (text === (pushed.get(uri) ?? "[]")) return;
    if (diagnostics.length > 0) pushed.set(uri, text);
    else pushed.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics, ...(doc && { version: doc.version }) });
  };

  const set = (uri: string, diagnostics: readonly Diagnostic[]): void => {
    if (diagnostics.length > 0) current.set(uri, diagnostics);
    else current.delete(uri);
    push(uri);
  };

  return {
    set,
    keepOnly(keeps) {
      for (const uri of current.keys()) if (!keeps(uri)) set(uri, []);
    },
    turned(uri) {
      pulled.delete(uri);
      push(uri);
    },
    pull(uri) {
      const doc = documents.get(uri);
      if (!doc) return [];
      const diagnostics = current.get(uri) ?? [];
      pulled.set(uri, { text: JSON.stringify(diagnostics), version: doc.version });
      return diagnostics;
    },
    refresh() {
      if (!session.client.pulls || !session.client.canRefresh) return;
      for (const [uri, { text, version }] of pulled) {
        const doc = documents.get(uri);
        // After an edit of its own the client pulls anyway.
        if (doc?.version !== version || JSON.stringify(current.get(uri) ?? []) === text) continue;
        // It will pull everything that is open.
        pulled.clear();
        connection.languages.diagnostics.refresh().catch(() => undefined);
        return;
      }
    },
    get count() {
      let count = 0;
      for (const diagnostics of current.values()) count += diagnostics.length;
      return count;
    },
  };
}
