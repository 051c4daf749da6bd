/** A server in this process, on files in memory: for what only its runtime can tell. */
import { PassThrough } from "node:stream";
import {
  createConnection,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { memoryFiles } from "../../../server/src/host/memoryFiles.ts";
import type { Runtime } from "../../../server/src/lsp/runtime.ts";
import { startServer } from "../../../server/src/lsp/server.ts";

/** A client's end of the connection; nothing has been said on it. */
export function connectInProcess(
  files: ReadonlyMap<string, string>,
  runtime: Partial<Runtime> = {},
): MessageConnection {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(connection, {
    now: () => performance.now(),
    yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)),
    sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
    version: "1.2.3",
    platform: "a test",
    checksPage: undefined,
    files: () => ({ answer: (request) => Promise.resolve(memoryFiles(files).answer(request)) }),
    goLocations: () => ({ goroots: [], gopaths: [], moduleCache: undefined }),
    ...runtime,
  });
  connection.listen();
  const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
  return client;
}
