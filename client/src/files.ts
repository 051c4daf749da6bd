/** Reads files for a server that has no disk: in a browser, and in workspaces that lie on none. */
import * as vscode from "vscode";
import type { FileResult, FilesParams, FilesResult } from "../../server/src/lsp/protocol.ts";

export function readFiles({ requests }: FilesParams): Promise<FilesResult> {
  return Promise.all(requests.map(readFile));
}

async function readFile({ kind, uri }: FilesParams["requests"][number]): Promise<FileResult> {
  try {
    const place = vscode.Uri.parse(uri, true);
    if (kind === "list") {
      const listed = await vscode.workspace.fs.readDirectory(place);
      return { kind: "entries", entries: listed.map(([name, type]) => ({ name, kind: entryKind(type) })) };
    }
    const bytes = await vscode.workspace.fs.readFile(place);
    // A byte order mark stays, as in Node: what it means is the core's business.
    return { kind: "text", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const isMissing =
      error instanceof vscode.FileSystemError &&
      (error.code === "FileNotFound" || error.code === "FileNotADirectory");
    return isMissing ? { kind: "missing" } : { kind: "failed", reason: String(error) };
  }
}

/** Links to files are files; links to directories are not followed, as in the go command. */
function entryKind(type: vscode.FileType): "file" | "directory" | "other" {
  if ((type & vscode.FileType.File) !== 0) return "file";
  return type === vscode.FileType.Directory ? "directory" : "other";
}
