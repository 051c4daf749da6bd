/** The files open in the editor: their texts count, whatever the disk says. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { Lines } from "./lines.ts";
import { baseName, directoryOf, type FilePath, filePathOf } from "./filePath.ts";

export interface OpenDocument extends FilePath {
  /** As the client writes it. */
  readonly uri: string;
  readonly directory: string;
  readonly name: string;
  readonly version: number;
  readonly text: string;
}

export class Documents {
  private readonly byUri = new Map<string, OpenDocument>();
  private readonly byPath = new Map<string, OpenDocument>();
  private readonly texts = new Map<string, Map<string, string>>();

  get all(): Iterable<OpenDocument> {
    return this.byUri.values();
  }

  get(uri: string): OpenDocument | undefined {
    return this.byUri.get(uri);
  }

  at({ site, path }: FilePath): OpenDocument | undefined {
    return this.byPath.get(site + path);
  }

  /** The open texts of a site by path: one map, which follows every edit. */
  textsOf(site: string): ReadonlyMap<string, string> {
    return this.siteTexts(site);
  }

  /** Names of the open files in a directory. */
  namesIn(site: string, directory: string): Set<string> {
    const names = new Set<string>();
    for (const doc of this.byUri.values()) {
      if (doc.site === site && doc.directory === directory) names.add(doc.name);
    }
    return names;
  }

  /** undefined where the URI cannot be read. */
  open(uri: string, version: number, text: string): OpenDocument | undefined {
    const path = filePathOf(uri);
    if (!path) return undefined;
    return this.keep({
      ...path,
      uri,
      directory: directoryOf(path.path),
      name: baseName(path.path),
      version,
      text,
    });
  }

  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined {
    const doc = this.byUri.get(uri);
    return doc && this.keep({ ...doc, version, text: changedText(doc.text, changes) });
  }

  close(uri: string): OpenDocument | undefined {
    const doc = this.byUri.get(uri);
    if (!doc) return undefined;
    this.byUri.delete(uri);
    this.byPath.delete(doc.site + doc.path);
    this.siteTexts(doc.site).delete(doc.path);
    return doc;
  }

  private keep(doc: OpenDocument): OpenDocument {
    this.byUri.set(doc.uri, doc);
    this.byPath.set(doc.site + doc.path, doc);
    this.siteTexts(doc.site).set(doc.path, doc.text);
    return doc;
  }

  private siteTexts(site: string): Map<string, string> {
    let texts = this.texts.get(site);
    if (!texts) this.texts.set(site, (texts = new Map()));
    return texts;
  }
}

function changedText(text: string, changes: readonly TextDocumentContentChangeEvent[]): string {
  for (const change of changes) {
    if (!("range" in change)) {
      text = change.text;
      continue;
    }
    const { start, end } = new Lines(text).span(change.range);
    text = text.slice(0, start) + change.text + text.slice(Math.max(start, end));
  }
  return text;
}
