/** Entry of the language server under Node: over IPC where the client started it so, else over stdio. */
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { nodeFiles } from "../host/nodeFiles.ts";
import { goLocations } from "../host/goLocations.ts";
import { slicedFiles } from "../host/slicedFiles.ts";
import { createLifecycle, parseError } from "../lsp/lifecycle.ts";
import { startServer } from "../lsp/server.ts";
import { watchClient } from "./watchClient.ts";
import { watchFraming } from "./watchFraming.ts";

/** Address of docs/checks.md where package.json names a repository; esbuild fills it in. */
declare const checksPage: string | undefined;

/** That of package.json; esbuild fills it in. */
declare const version: string;

// Left to itself V8 lets the heap double before it collects what edits leave behind.
setFlagsFromString("--heap-growing-percent=20");

const isWindows = process.platform === "win32";
/** "/c:/go" of a URI is "c:/go" on disk. */
const toDisk = (path: string) => (isWindows ? path.replace(/^\/(?=[A-Za-z]:)/, "") : path);
const fromDisk = (path: string) => (isWindows ? `/${path[0]?.toLowerCase()}${path.slice(1)}` : path);

const isIpc = process.argv.includes("--node-ipc");
const reader = isIpc ? new IPCMessageReader(process) : new StreamMessageReader(process.stdin);
const writer = isIpc ? new IPCMessageWriter(process) : new StreamMessageWriter(process.stdout);
const lifecycle = createLifecycle(writer);
const connection = createConnection(ProposedFeatures.all, reader, writer, lifecycle.options);

/** The client is gone, or cannot be understood. */
function end(reason?: string): void {
  if (reason !== undefined) process.stderr.write(`rt0: ${reason}\n`);
  process.exit(lifecycle.isShutDown ? 0 : 1);
}

reader.onError((error) => {
  // The next message may be better.
  if (error instanceof SyntaxError) void writer.write(parseError(error)).catch(() => undefined);
});
if (isIpc) process.on("disconnect", () => end());
else {
  watchFraming(process.stdin, (reason) => end(`cannot read the client's messages: ${reason}`));
  process.stdin.on("end", () => end()).on("close", () => end());
}

const { clientProcessId } = parseArgs({
  options: { clientProcessId: { type: "string" } },
  strict: false,
}).values;
if (Number(clientProcessId) > 0) watchClient(Number(clientProcessId), end);

startServer(connection, {
  now: () => performance.now(),
  yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)),
  sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  version,
  platform: `Node.js ${process.version}, ${process.platform} ${process.arch}`,
  checksPage,
  watchClient: (processId) => watchClient(processId, end),
  files(scheme, authority, timeSlice) {
    if (scheme !== "file") return undefined;
    const host = authority === "" ? "" : `//${authority}`;
    return slicedFiles({ answer: (r) => nodeFiles.answer({ ...r, path: host + toDisk(r.path) }) }, timeSlice);
  },
  goLocations(goroot) {
    const { goroots, reasons, gopaths, moduleCache } = goLocations(process.env, goroot);
    return {
      goroots: goroots.map(fromDisk),
      reasons: new Map(Array.from(reasons ?? [], ([path, reason]) => [fromDisk(path), reason])),
      gopaths: gopaths.map(fromDisk),
      moduleCache: moduleCache === undefined ? undefined : fromDisk(moduleCache),
    };
  },
});

connection.listen();
