/**
 * From an edit to its published diagnostics, over stdio, as an editor sees it: the language server has
 * a whole Go tree as its workspace and package runtime open, all targets on. Prints one JSON line.
 *
 *     node test/bench/lsp.mjs GOROOT [--json]
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { argv, execPath, exit, hrtime, stderr, stdout } from "node:process";

import { fileURLToPath, pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const server = fileURLToPath(new URL("../../dist/server.cjs", import.meta.url));

/** Milliseconds since `start`. */
const since = (/** @type {bigint} */ start) => Number(hrtime.bigint() - start) / 1e6;

/** Starts a server in `folder`, and gathers what it publishes. */
async function start(/** @type {string} */ folder) {
  const child = spawn(execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  /** @type {Map<string, { message: string }[]>} */
  const diagnostics = new Map();
  /** @type {((uri: string) => void)[]} */
  const listeners = [];
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    diagnostics.set(params.uri, params.diagnostics);
    for (const listener of listeners) listener(params.uri);
  });
  connection.onRequest("workspace/configuration", ({ items }) => items.map(() => ({})));
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  const capabilities = { workspace: { configuration: true } };
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: uri,
    capabilities,
    workspaceFolders: [{ uri, name: "go" }],
  });
  await connection.sendNotification("initialized", {});
  return {
    child,
    connection,
    diagnostics,
    /** Resolves when the diagnostics satisfy `holds`. */
    until(/** @type {() => boolean} */ holds) {
      return new Promise((resolve) => {
        const listener = () => {
          if (!holds()) return;
          listeners.splice(listeners.indexOf(listener), 1);
          resolve(undefined);
        };
        listeners.push(listener);
        listener();
      });
    },
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.dispose();
    },
  };
}

/** Resident memory of a process in MB, as Linux counts it; now and at its peak. */
function memory(/** @type {number} */ pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (/** @type {string} */ name) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { now: Math.round(kilobytes("VmRSS") / 1024), peak: Math.round(kilobytes("VmHWM") / 1024) };
}

/**
 * An edit that makes a mistake and the edit that takes it away: what to look for in the file, what to
 * put in its place, and the file whose diagnostics change.
 */
const edits = [
  // In a body of assembly: an argument at the wrong offset.
  {
    kind: "body of assembly",
    file: "asm_amd64.s",
    from: "fn+0(FP), DI",
    to: "fn+4(FP), DI",
    shows: "asm_amd64.s",
  },
  {
    kind: "body of assembly",
    file: "sys_linux_arm64.s",
    from: "code+0(FP), R0",
    to: "code+8(FP), R0",
    shows: "sys_linux_arm64.s",
  },
  // In a TEXT line: the wrong size of the arguments.
  {
    kind: "TEXT line",
    file: "sys_linux_amd64.s",
    from: "·exit(SB),NOSPLIT,$0-4",
    to: "·exit(SB),NOSPLIT,$0-8",
    shows: "sys_linux_amd64.s",
  },
  // In a declaration without a body: one argument more. Every architecture's assembly is wrong then.
  {
    kind: "declaration",
    file: "stubs.go",
    from: "func systemstack(fn func())",
    to: "func systemstack(f func())",
    shows: "asm_amd64.s",
  },
  // In a declaration that types hang on, renamed. Assembly finds no declaration.
  {
    kind: "declaration, name",
    file: "stubs.go",
    from: "func mcall(fn func(*g))",
    to: "func mcal(fn func(*g))",
    shows: "asm_amd64.s",
  },
  // In a body of Go: nothing changes; the assembly edit behind it says when it was taken in.
  {
    kind: "body of Go",
    file: "proc.go",
    from: "\tmp := acquirem()",
    to: "\tmp  := acquirem()",
    shows: undefined,
  },
  // A field in a struct, which may change any layout.
  {
    kind: "type",
    file: "runtime2.go",
    from: "type gobuf struct {",
    to: "type gobuf struct { more int;",
    shows: undefined,
  },
];

async function measure(/** @type {string} */ goroot) {
  const directory = `${goroot}/src/runtime`;
  const started = hrtime.bigint();
  const session = await start(`${goroot}/src`);
  const { connection, diagnostics, until } = session;
  const texts = new Map();
  const uriOf = (/** @type {string} */ file) => pathToFileURL(`${directory}/${file}`).href;
  let version = 1;
  const open = (/** @type {string} */ file, /** @type {string} */ text) => {
    texts.set(file, text);
    return connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: uriOf(file), languageId: "go.asm", version: version++, text },
    });
  };
  const replace = (/** @type {string} */ file, /** @type {string} */ from, /** @type {string} */ to) => {
    const text = texts.get(file);
    const at = text.indexOf(from);
    if (at < 0) throw new Error(`${file}: no ${JSON.stringify(from)}`);
    const before = text.slice(0, at).split("\n");
    const start = { line: before.length - 1, character: before.at(-1).length };
    const end = { line: start.line, character: start.character + from.length };
    texts.set(file, text.slice(0, at) + to + text.slice(at + from.length));
    return connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriOf(file), version: version++ },
      contentChanges: [{ range: { start, end }, text: to }],
    });
  };
  // The checks of the whole tree follow when the user pauses; what is timed is the answer while typing.
  const count = (/** @type {string} */ file) =>
    (diagnostics.get(uriOf(file)) ?? []).filter(({ code }) => code === "asmdecl").length;
  const read = (/** @type {string} */ file) => readFileSync(`${directory}/${file}`, "utf8");

  // Cold: the file is opened with a mistake in it.
  const [first] = edits;
  await open(first.file, read(first.file).replace(first.from, first.to));
  await until(() => count(first.file) > 0);
  const cold = since(started);
  await replace(first.file, first.to, first.from);
  await connection.sendRequest("rt0/checkWorkspace");
  const whole = since(started);
  const rss = memory(session.child.pid ?? 0);

  for (const file of new Set(edits.map(({ file }) => file)))
    if (!texts.has(file)) await open(file, read(file));
  await connection.sendRequest("rt0/checkWorkspace");

  /** @type {{ kind: string, ms: number }[]} */
  const times = [];
  for (let i = 0; times.length < 100; i++) {
    const { kind, file, from, to, shows } = edits[i % edits.length];
    for (const [a, b, wrong] of /** @type {const} */ ([
      [from, to, true],
      [to, from, false],
    ])) {
      const watched = shows ?? first.file;
      const start = hrtime.bigint();

      await replace(file, a, b);
      // An edit without an effect of its own: what follows it in the same moment has one.
      if (shows === undefined)
        await replace(first.file, wrong ? first.from : first.to, wrong ? first.to : first.from);
      await until(() => count(watched) > 0 === wrong);
      times.push({ kind, ms: since(start) });
      // So that no edit pays for the one before it.
      await connection.sendRequest("rt0/checkWorkspace");
    }
  }
  // Hovers on words all over the files that the edits were made in.
  /** @type {number[]} */
  const hovers = [];
  for (const [file, text] of texts) {
    const words = [...text.matchAll(/[\p{L}\p{N}_·∕]+/gu)];
    const step = Math.ceil(words.length / 60);
    for (let i = 0; i < words.length; i += step) {
      const before = text.slice(0, words[i].index).split("\n");
      const position = { line: before.length - 1, character: before.at(-1).length };
      const start = hrtime.bigint();
      await connection.sendRequest("textDocument/hover", { textDocument: { uri: uriOf(file) }, position });
      hovers.push(since(start));
    }
  }
  // Layouts of structs on all targets, each for the first time: g has 60 fields and more, m is the largest.
  const targets = (await connection.sendRequest("rt0/targets")).known;
  /** @type {{ symbol: string, ms: number }[]} */
  const previews = [];
  for (const symbol of ["g", "m", "p", "schedt"]) {
    const start = hrtime.bigint();
    const subject = { kind: "struct", uri: uriOf(first.file), symbol, targets };
    const { model } = await connection.sendRequest("rt0/preview", subject);
    if (model === undefined) throw new Error(`no preview of runtime.${symbol}`);
    previews.push({ symbol, ms: since(start) });
  }
  const after = memory(session.child.pid ?? 0);
  await session.stop();
  return { cold, whole, rss, after, times, hovers, previews };
}

const goroot = argv[2];
if (goroot === undefined) {
  stderr.write("usage: node test/bench/lsp.mjs GOROOT [--json]\n");
  exit(2);
}
const { cold, whole, rss, after, times, hovers, previews } = await measure(goroot);
const sorted = (/** @type {number[]} */ list) => list.toSorted((a, b) => a - b);
const all = sorted(times.map(({ ms }) => ms));
const median = (/** @type {number[]} */ list) => list[list.length >> 1] ?? NaN;
const round = (/** @type {number} */ x) => Number(x.toFixed(1));
if (argv.includes("--json")) {
  const figures = {
    cold: round(cold),
    whole: round(whole),
    median: round(median(all)),
    worst: round(all.at(-1) ?? NaN),
    hover: round(median(sorted(hovers))),
    rss,
  };
  stdout.write(JSON.stringify(figures) + "\n");
} else {
  stdout.write(`first diagnostics of the opened file  ${cold.toFixed(0)} ms after the server's start\n`);
  stdout.write(`whole workspace checked               ${whole.toFixed(0)} ms\n`);
  stdout.write(
    `server memory                         ${rss.now} MB (peak ${rss.peak} MB), after the edits ${after.now} MB (peak ${after.peak} MB)\n`,
  );
  stdout.write(
    `${times.length} edits                             median ${median(all).toFixed(1)} ms, worst ${all.at(-1)?.toFixed(1)} ms\n`,
  );
  stdout.write(
    `${hovers.length} hovers                            median ${median(sorted(hovers)).toFixed(1)} ms, worst ${Math.max(...hovers).toFixed(1)} ms\n`,
  );
  const shown = previews.map(({ symbol, ms }) => `${symbol} ${ms.toFixed(0)} ms`).join(", ");
  stdout.write(`preview of a struct, all targets      ${shown}\n`);
  for (const kind of new Set(times.map((t) => t.kind))) {
    const list = sorted(times.filter((t) => t.kind === kind).map((t) => t.ms));
    stdout.write(
      `  ${kind.padEnd(22)} ${String(list.length).padStart(3)} edits    median ${median(list).toFixed(1)} ms, worst ${list.at(-1)?.toFixed(1)} ms\n`,
    );
  }
}
