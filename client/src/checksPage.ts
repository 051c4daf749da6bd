/** The page that explains the checks, which comes with the extension: the code of a finding leads there, without a network too. */
import * as vscode from "vscode";

/** Its address, of which a code is the fragment. */
export function checksPage({ extension, extensionUri }: vscode.ExtensionContext): string {
  // In a browser the editor's own scheme would lead out of it.
  if (vscode.env.uiKind === vscode.UIKind.Web) return pageUri(extensionUri).toString();
  const address = { scheme: vscode.env.uriScheme, authority: extension.id, path: "/checks" };
  return vscode.Uri.from(address).toString();
}

/** Opens the page, as it reads, where the address was followed. */
export function registerChecksPage({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri({ path, fragment }) {
      if (path !== "/checks") return;
      await vscode.commands.executeCommand("markdown.showPreview", pageUri(extensionUri).with({ fragment }));
    },
  });
}

function pageUri(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "docs/checks.md");
}
