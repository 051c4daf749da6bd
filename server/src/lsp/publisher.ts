/**
 * What the client has been told. Diagnostics are pushed when they change; those
 * of open documents are left to a client that pulls, so that none shows twice.
 */
import type { Diagnostic } from "vscode-languageserver";
import { type FilePath, keyOf } from "./filePath.ts";
import type { Session } from "./session.ts";

export interface Publisher {
  /** These are the diagnostics of a file now. */
  set(file: FilePath, diagnostics: readonly Diagnostic[]): void;
  /** Files that no longer have an answer have no diagnostics. */
  keepOnly(keeps: (file: FilePath) => boolean): void;
  /** A document was opened or closed: from now on the other way of telling is right. */
  turned(file: FilePath): void;
  /** What a client that pulls is told of an open document. */
  pull(file: FilePath): readonly Diagnostic[];
  /** Asks a client that pulls to do so again, where it was told something else last. */
  refresh(): void;
  readonly count: number;
}

interface Current {
  readonly file: FilePath;
  readonly diagnostics: readonly Diagnostic[];
}

interface Pushed {
  readonly uri: string;
  /** JSON of the diagnostics, which are some. */
  readonly text: string;
}

interface Pulled {
  readonly file: FilePath;
  /** JSON of the diagnostics. */
  readonly text: string;
  /** Of the document that they were pulled for. */
  readonly version: number;
}

export function createPublisher(session: Session): Publisher {
  const { connection, documents } = session;
  // All by the key of the file: a client may spell its URI one way now and another way when it is open.
  const current = new Map<string, Current>();
  const pushed = new Map<string, Pushed>();
  const pulled = new Map<string, Pulled>();

  const diagnosticsOf = (file: FilePath): readonly Diagnostic[] =>
    current.get(keyOf(file))?.diagnostics ?? [];

  const push = (file: FilePath): void => {
    const key = keyOf(file);
    const document = documents.at(file);
    const uri = session.uriAt(file);
    const diagnostics = document && session.client.pulls ? [] : [...diagnosticsOf(file)];
    const text = diagnostics.length > 0 ? JSON.stringify(diagnostics) : undefined;
    let last = pushed.get(key);
    if (last && last.uri !== uri) {
      pushed.delete(key);
      void connection.sendDiagnostics({ uri: last.uri, diagnostics: [] });
      last = undefined;
    }
    if (text === last?.text) return;
    if (text === undefined) pushed.delete(key);
    else pushed.set(key, { uri, text });
    void connection.sendDiagnostics({ uri, diagnostics, ...(document && { version: document.version }) });
  };

  const set = (file: FilePath, diagnostics: readonly Diagnostic[]): void => {
    if (diagnostics.length > 0) current.set(keyOf(file), { file, diagnostics });
    else current.delete(keyOf(file));
    push(file);
  };

  return {
    set,
    keepOnly(keeps) {
      for (const { file } of current.values()) if (!keeps(file)) set(file, []);
    },
    turned(file) {
      pulled.delete(keyOf(file));
      push(file);
    },
    pull(file) {
      const document = documents.at(file);
      if (!document) return [];
      const diagnostics = diagnosticsOf(file);
      pulled.set(keyOf(file), { file, text: JSON.stringify(diagnostics), version: document.version });
      return diagnostics;
    },
    refresh() {
      if (!session.client.pulls || !session.client.canRefresh) return;
      for (const { file, text, version } of pulled.values()) {
        // After an edit of its own the client pulls anyway.
        if (documents.at(file)?.version !== version || JSON.stringify(diagnosticsOf(file)) === text) continue;
        // It will pull everything that is open.
        pulled.clear();
        connection.languages.diagnostics.refresh().catch(() => undefined);
        return;
      }
    },
    get count() {
      let count = 0;
      for (const { diagnostics } of current.values()) count += diagnostics.length;
      return count;
    },
  };
}
