/** Entry of the language server in a web worker: it has no disk, the client reads files for it. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from "vscode-languageserver/browser";
import { createLifecycle } from "../lsp/lifecycle.ts";
import { startServer } from "../lsp/server.ts";
import { clientFiles } from "./clientFiles.ts";

/** Address of docs/checks.md where package.json names a repository; esbuild fills it in. */
declare const checksPage: string | undefined;

/** That of package.json; esbuild fills it in. */
declare const version: string;

const worker = self as unknown as DedicatedWorkerGlobalScope;
const writer = new BrowserMessageWriter(worker);
const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(worker),
  writer,
  createLifecycle(writer).options,
);

// Timers are held back to 4 ms; a message to oneself is not.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener("message", () => waiting.shift()?.());
channel.port1.start();

startServer(connection, {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  yieldTurn: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(0);
    }),
  version,
  platform: "a web worker",
  checksPage,
  files: (scheme, authority) => clientFiles(connection, scheme, authority),
  goLocations: (goroot) => ({
    goroots: goroot === undefined ? [] : [goroot],
    reasons: new Map(goroot === undefined ? [] : [[goroot, "the setting"]]),
    gopaths: [],
    moduleCache: undefined,
  }),
});

connection.listen();
