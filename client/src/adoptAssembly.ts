/**
 * Gives `.s` files that lie beside Go the language of Go's assembly. Other assemblers' files end so too, which is why
 * the manifest claims only those whose first line says whose they are. A file for which some extension has a language
 * keeps that. It must not know what the server finds in them.
 */
import * as vscode from "vscode";

export function adoptAssembly(): vscode.Disposable {
  /** A change of language opens a document anew: one that the user takes back is left alone. */
  const adopted = new Set<string>();
  const adopt = async (document: vscode.TextDocument): Promise<void> => {
    const { languageId, uri } = document;
    if (languageId !== "plaintext" || !uri.path.endsWith(".s") || adopted.has(uri.toString())) return;
    if (!(await isBesideGo(uri)) || document.isClosed) return;
    adopted.add(uri.toString());
    await vscode.languages.setTextDocumentLanguage(document, "go.asm");
  };
  for (const document of vscode.workspace.textDocuments) void adopt(document);
  return vscode.workspace.onDidOpenTextDocument(adopt);
}

async function isBesideGo(uri: vscode.Uri): Promise<boolean> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(uri, ".."));
    return entries.some(([name]) => name.endsWith(".go"));
  } catch {
    // Of a file that lies nowhere, such as one of another revision.
    return false;
  }
}
