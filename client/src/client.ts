/**
 * The extension, whatever it runs on: starts the language server, answers it, and
 * shows its state. How a server is started comes in from the two entry files; all
 * that is known about Go stays in the server.
 */
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import {
  filesMethod,
  type InitializationOptions,
  previewCommand,
  type Status,
  statusMethod,
} from "../../server/src/lsp/protocol.ts";
import { adoptAssembly } from "./adoptAssembly.ts";
import { followAssemblyTabs } from "./assemblyTabs.ts";
import { checksPage, registerChecksPage } from "./checksPage.ts";
import { registerCommands } from "./commands.ts";
import { readFiles } from "./files.ts";
import { registerPreviews } from "./preview.ts";
import { createStatusItem } from "./statusItem.ts";

/** Makes a client that is not started yet. */
export type NewClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export async function startClient(
  context: vscode.ExtensionContext,
  newClient: NewClient,
): Promise<BaseLanguageClient> {
  const status = createStatusItem();
  context.subscriptions.push(status);
  const client = newClient("rt0", "rt0", {
    documentSelector: selector(),
    // The client pulls only for documents in a tab; one that another extension holds open without a
    // tab would have no findings at all.
    initializationOptions: {
      diagnostics: "push",
      previews: true,
      checksPage: checksPage(context),
    } satisfies Partial<InitializationOptions>,
    // Hovers lead to previews, and nowhere else, whatever a file may have in it.
    markdown: { isTrusted: { enabledCommands: [previewCommand] } },
  });
  context.subscriptions.push(
    client,
    client.onNotification(statusMethod, (now: Status) => status.show(now)),
    client.onRequest(filesMethod, readFiles),
    adoptAssembly(),
    followAssemblyTabs(),
    registerChecksPage(context),
    ...registerCommands(client),
    ...registerPreviews(client, context.extensionUri),
  );
  await client.start();
  return client;
}

/** Go and its assembly, by id and by name: other extensions give `.s` files ids of their own. */
function selector(): NonNullable<LanguageClientOptions["documentSelector"]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(["file", "vscode-remote", "vscode-vfs", ...folders.map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [
    { scheme, language: "go" },
    { scheme, language: "go.asm" },
    { scheme, pattern: "**/*.s" },
  ]);
}
