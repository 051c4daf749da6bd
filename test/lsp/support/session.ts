/**
 * A client of the bundled language server, over a real connection: starts it as an
 * editor would, speaks the protocol, and gathers what it is told.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type {
  ClientCapabilities,
  Diagnostic,
  FileEvent,
  InitializeResult,
  Range,
} from "vscode-languageserver";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Bundles the server as it is shipped, into a folder of its own; returns the script. */
export async function bundleServer(): Promise<{ readonly script: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "rt0-server-"));
  const script = join(folder, "server.cjs");
  await build({
    entryPoints: [join(root, "server/src/node/server.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    define: { checksPage: '"https://example.org/checks.md"', version: '"1.2.3"' },
    logLevel: "warning",
  });
  return { script, remove: () => rmSync(folder, { recursive: true }) };
}

/** Files in a folder of their own. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "rt0-folder-"));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string | Uint8Array): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  remove(name = ""): void {
    rmSync(join(this.path, name), { recursive: true });
  }

  link(to: string, name: string): void {
    symlinkSync(to, join(this.path, name));
  }

  rename(from: string, to: string): void {
    renameSync(join(this.path, from), join(this.path, to));
  }

  uri(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }
}

export interface SessionOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly settings?: object;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** The workspace folder; undefined: none is open. */
  readonly folder?: Folder | undefined;
}

export interface Session {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  /** What was pushed last for a file. */
  pushed(uri: string): readonly Diagnostic[];
  /** Every file something is pushed for. */
  readonly allPushed: ReadonlyMap<string, readonly Diagnostic[]>;
  /** What the server logged as errors. */
  readonly errors: readonly string[];
  /** What it told beside them. */
  readonly output: readonly string[];
  /** Methods of the requests the server made. */
  readonly requests: readonly string[];
  /** Changes the settings and tells the server, which asks for them. */
  configure(settings: object): Promise<void>;
  open(uri: string, text: string, version?: number): Promise<void>;
  close(uri: string): Promise<void>;
  /** Replaces a range, or the whole text. */
  edit(uri: string, version: number, text: string, range?: Range): Promise<void>;
  /** Resolves when everything the server was told so far is checked. */
  settled(): Promise<void>;
  pull(uri: string): Promise<readonly Diagnostic[]>;
  /** Tells that files have changed on disk. */
  watched(...uris: readonly string[]): Promise<void>;
  /** The same of anything that was created (1), changed (2) or deleted (3). */
  changed(...changes: readonly FileEvent[]): Promise<void>;
  /** Shuts down as the protocol says; the exit status. */
  stop(): Promise<number | null>;
}

/** The process of a server, to which nothing has been said. */
export interface ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly connection: MessageConnection;
  /** The exit status. */
  readonly exited: Promise<number | null>;
}

export function spawnServer(script: string, environment: NodeJS.ProcessEnv = {}): ServerProcess {
  // No GOROOT of this machine: the standard library stays unread.
  const env = { PATH: "", HOME: "/nonexistent", GOROOT: "/nonexistent", ...environment };
  const child = spawn(process.execPath, [script, "--stdio"], { env });
  const exited = new Promise<number | null>((resolve) => void child.once("exit", resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  return { child, connection, exited };
}

export async function startSession(script: string, options: SessionOptions = {}): Promise<Session> {
  const { child, connection, exited } = spawnServer(script, options.environment);
  child.stderr.pipe(process.stderr);
  const allPushed = new Map<string, readonly Diagnostic[]>();
  const errors: string[] = [];
  const output: string[] = [];
  const requests: string[] = [];
  let settings = options.settings ?? {};
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    if (diagnostics.length > 0) allPushed.set(uri, diagnostics);
    else allPushed.delete(uri);
  });
  connection.onNotification(
    "window/logMessage",
    ({ type, message }) => void (type === 1 ? errors : output).push(message),
  );
  connection.onRequest((method, params) => {
    requests.push(method);
    if (method !== "workspace/configuration") return null;
    return (params as { items: unknown[] }).items.map(() => settings);
  });
  const uri = options.folder?.uri("");
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { publishDiagnostics: { relatedInformation: true } },
      ...options.capabilities,
    },
    ...(options.initializationOptions && { initializationOptions: options.initializationOptions }),
    workspaceFolders: uri === undefined ? null : [{ uri, name: "folder" }],
  });
  await connection.sendNotification("initialized", {});
  const changed = (...changes: readonly FileEvent[]): Promise<void> =>
    connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  return {
    connection,
    initialized,
    allPushed,
    errors,
    output,
    requests,
    async configure(changed: object) {
      settings = changed;
      await connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    },
    pushed: (uri: string) => allPushed.get(uri) ?? [],
    open: (uri: string, text: string, version = 1) =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "go.asm", version, text },
      }),
    close: (uri: string) => connection.sendNotification("textDocument/didClose", { textDocument: { uri } }),
    edit: (uri: string, version: number, text: string, range?: Range) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [range ? { range, text } : { text }],
      }),
    settled: async () => void (await connection.sendRequest("rt0/checkWorkspace")),
    pull: async (uri: string) => {
      const report = await connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
        textDocument: { uri },
      });
      return report.items;
    },
    watched: (...uris: readonly string[]) => changed(...uris.map((uri) => ({ uri, type: 2 as const }))),
    changed,
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
}
