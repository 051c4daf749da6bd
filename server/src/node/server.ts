/** Entry of the language server under Node: over IPC where the client started it so, else over stdio. */
import { setFlagsFromString } from "node:v8";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
} from "vscode-languageserver/node";
import { nodeFiles } from "../host/nodeFiles.ts";
import { goLocations } from "../host/goLocations.ts";
import { slicedFiles } from "../host/slicedFiles.ts";
import { startServer } from "../lsp/server.ts";

/** Address of docs/checks.md where package.json names a repository; esbuild fills it in. */
declare const checksPage: string | undefined;

// Left to itself V8 lets the heap double before it collects what edits leave behind.
setFlagsFromString("--heap-growing-percent=20");

const isWindows = process.platform === "win32";
/** "/c:/go" of a URI is "c:/go" on disk. */
const toDisk = (path: string) => (isWindows ? path.replace(/^\/(?=[A-Za-z]:)/, "") : path);
const fromDisk = (path: string) => (isWindows ? `/${path[0]?.toLowerCase()}${path.slice(1)}` : path);

const connection = process.argv.includes("--node-ipc")
  ? createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process))
  : createConnection(ProposedFeatures.all, process.stdin, process.stdout);

startServer(connection, {
  now: () => performance.now(),
  yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)),
  sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  checksPage,
  files(scheme, authority, timeSlice) {
    if (scheme !== "file") return undefined;
    const host = authority === "" ? "" : `//${authority}`;
    return slicedFiles({ answer: (r) => nodeFiles.answer({ ...r, path: host + toDisk(r.path) }) }, timeSlice);
  },
  goLocations(goroot) {
    const { goroots, gopaths, moduleCache } = goLocations(process.env, goroot);
    return {
      goroots: goroots.map(fromDisk),
      gopaths: gopaths.map(fromDisk),
      moduleCache: moduleCache === undefined ? undefined : fromDisk(moduleCache),
    };
  },
});

connection.listen();
