/**
 * Tabs of eight columns in Go's assembly, unless the user's settings or the file's own lines say otherwise. The manifest
 * cannot say so: VS Code loses settings of an extension that has defaults for a language with a dot in its id.
 */
import * as vscode from "vscode";

export function followAssemblyTabs(): vscode.Disposable {
  setTabs(vscode.window.visibleTextEditors);
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(setTabs),
    // A change of language opens a document anew.
    vscode.workspace.onDidOpenTextDocument((document) =>
      setTabs(vscode.window.visibleTextEditors.filter((editor) => editor.document === document)),
    ),
  );
}

function setTabs(editors: readonly vscode.TextEditor[]): void {
  for (const { document, options } of editors) {
    if (document.languageId !== "go.asm") continue;
    const settings = vscode.workspace.getConfiguration("editor", document);
    if (!isChosen(settings, "tabSize")) options.tabSize = 8;
    const hasSpaces = /^ +\S/m.test(document.getText());
    if (!hasSpaces && !isChosen(settings, "insertSpaces")) options.insertSpaces = false;
  }
}

function isChosen(settings: vscode.WorkspaceConfiguration, name: string): boolean {
  const found = settings.inspect(name);
  return [
    found?.globalValue,
    found?.workspaceValue,
    found?.workspaceFolderValue,
    found?.globalLanguageValue,
    found?.workspaceLanguageValue,
    found?.workspaceFolderLanguageValue,
  ].some((value) => value !== undefined);
}
