/** Entry of the extension on the desktop: the server is a process of its own. */
import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { startClient } from "../client.ts";

let client: Awaited<ReturnType<typeof startClient>> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.ipc };
  client = await startClient(context, (id, name, options) => new LanguageClient(id, name, server, options));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
