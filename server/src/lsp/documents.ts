/** The files open in the editor: their texts count, whatever the disk says. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { Lines, type PositionEncoding } from "./lines.ts";
import { baseName, directoryOf, type FilePath, filePathOf, keyOf } from "./filePath.ts";

export interface OpenDocument extends FilePath {
  /** As the client writes it. */
  readonly uri: string;
  readonly directory: string;
  readonly name: string;
  readonly version: number;
  readonly text: string;
}

export interface Documents {
  readonly all: Iterable<OpenDocument>;
  /** However the URI spells it. */
  get(uri: string): OpenDocument | undefined;
  at(file: FilePath): OpenDocument | undefined;
  /** The open texts of a site by path: one map, which follows every edit. */
  textsOf(site: string): ReadonlyMap<string, string>;
  /** Names of the open files in a directory. */
  namesIn(site: string, directory: string): ReadonlySet<string>;
  /** undefined where the URI cannot be read. */
  open(uri: string, version: number, text: string): OpenDocument | undefined;
  /** undefined where the file is not open. */
  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
    encoding: PositionEncoding,
  ): OpenDocument | undefined;
  close(uri: string): OpenDocument | undefined;
}

export function createDocuments(): Documents {
  const byKey = new Map<string, OpenDocument>();
  const textsBySite = new Map<string, Map<string, string>>();

  const textsOf = (site: string): Map<string, string> => {
    let texts = textsBySite.get(site);
    if (!texts) textsBySite.set(site, (texts = new Map()));
    return texts;
  };

  const at = (file: FilePath): OpenDocument | undefined => byKey.get(keyOf(file));

  const get = (uri: string): OpenDocument | undefined => {
    const file = filePathOf(uri);
    return file && at(file);
  };

  const keep = (document: OpenDocument): OpenDocument => {
    byKey.set(keyOf(document), document);
    textsOf(document.site).set(document.path, document.text);
    return document;
  };

  return {
    get all() {
      return byKey.values();
    },
    get,
    at,
    textsOf,
    namesIn(site, directory) {
      const names = new Set<string>();
      for (const document of byKey.values())
        if (document.site === site && document.directory === directory) names.add(document.name);
      return names;
    },
    open(uri, version, text) {
      const file = filePathOf(uri);
      if (!file) return undefined;
      const { path } = file;
      return keep({ ...file, uri, directory: directoryOf(path), name: baseName(path), version, text });
    },
    change(uri, version, changes, encoding) {
      const document = get(uri);
      return document && keep({ ...document, version, text: changedText(document.text, changes, encoding) });
    },
    close(uri) {
      const document = get(uri);
      if (!document) return undefined;
      byKey.delete(keyOf(document));
      textsOf(document.site).delete(document.path);
      return document;
    },
  };
}

function changedText(
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: PositionEncoding,
): string {
  for (const change of changes) {
    if (!("range" in change)) {
      text = change.text;
      continue;
    }
    const { start, end } = new Lines(text, encoding).span(change.range);
    text = text.slice(0, start) + change.text + text.slice(Math.max(start, end));
  }
  return text;
}
