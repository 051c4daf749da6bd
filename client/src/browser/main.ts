/** Entry of the extension in a browser: the server is a web worker. */
import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { startClient } from "../client.ts";

let client: Awaited<ReturnType<typeof startClient>> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist/server.browser.js");
  const server = async (): Promise<MessageTransports> => {
    const worker = await startWorker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  client = await startClient(context, (id, name, options) => new LanguageClient(id, name, server, options));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** An editor that serves extensions under an address of another origin refuses it to a worker; a copy it allows. */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  if (script.scheme === "https" || script.scheme === "http") {
    try {
      return new Worker(script.toString(true));
    } catch {
      // Of another origin.
    }
  }
  const text = await vscode.workspace.fs.readFile(script);
  const copy = URL.createObjectURL(new Blob([new Uint8Array(text)], { type: "text/javascript" }));
  return new Worker(copy);
}
