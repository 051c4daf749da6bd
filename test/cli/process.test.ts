/**
 * The bundled program as a process of its own: exit status, streams, and a reader that goes away; on the Node that runs
 * the tests and on each that RT0_NODES lists, by the paths of their programs with colons between them.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faulty, repository, tree } from "./runMain.ts";

const named = (process.env["RT0_NODES"] ?? "").split(":").filter((path) => path !== "");
if (named.length === 0 && (process.env["CI"] ?? "") !== "")
  throw new Error("RT0_NODES must name the Nodes to run on");
const nodes = [process.execPath, ...named].map((node) => ({ node, version: versionOf(node) }));

function versionOf(node: string): string {
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`RT0_NODES: ${node} does not run`);
  return stdout.trim();
}

beforeAll(() => {
  // Builds only if a source is newer than the bundle.
  const build = spawnSync(
    process.execPath,
    ["-e", 'import("./tools/setup.mjs").then(({ build }) => build())'],
    { cwd: repository, encoding: "utf8" },
  );
  expect(build).toMatchObject({ status: 0 });
}, 60_000);

const built = join(repository, "dist");

describe.each(nodes)("Node $version", ({ node }) => {
  // Code compiled ahead is no other Node's: each has a folder with its own.
  let dist = built;
  let program = join(built, "cli.cjs");

  beforeAll(() => {
    if (node === process.execPath) return;
    dist = mkdtempSync(join(tmpdir(), "rt0-dist-"));
    program = join(dist, "cli.cjs");
    for (const name of ["cli.cjs", "rt0.cjs", "server.cjs"])
      copyFileSync(join(built, name), join(dist, name));
    expect(spawnSync(node, [join(repository, "tools/compileAhead.mjs"), dist])).toMatchObject({ status: 0 });
  });

  afterAll(() => {
    if (dist !== built) rmSync(dist, { recursive: true });
  });

  function rt0(cwd: string, ...argv: string[]) {
    return spawnSync(node, [program, ...argv], { cwd, encoding: "utf8" });
  }

  test("exit status and streams", () => {
    const directory = tree(faulty);
    expect(rt0(directory, "check", "--format", "vet")).toMatchObject({ status: 1, stderr: "" });
    expect(rt0(directory, "check", "--target", "linux/arm64")).toMatchObject({ status: 0, stderr: "" });
    expect(rt0(directory, "check", "nowhere")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "rt0: nowhere: no such package or directory\n",
    });
  });

  /** Whether V8 refused the code that was compiled ahead; undefined where there was none to give it. */
  function refusesCode(folder: string): string {
    const script = `process.on("exit", () => console.error(require.cache[cli].exports.script.cachedDataRejected));
    const cli = ${JSON.stringify(join(folder, "cli.cjs"))};
    process.argv.splice(1, 0, cli);
    require(cli);`;
    const { status, stderr } = spawnSync(node, ["-e", script, "targets"], { encoding: "utf8" });
    expect(status).toBe(0);
    return stderr;
  }

  test("the program starts with the code that this very Node compiled", () => {
    expect(refusesCode(dist)).toBe("false\n");
  });

  test("code that another Node compiled is not looked at", () => {
    expect(refusesCode(built)).toBe(node === process.execPath ? "false\n" : "undefined\n");
    const directory = tree(faulty);
    const { stdout } = rt0(directory, "check", "--format", "vet");
    const run = spawnSync(node, [join(built, "cli.cjs"), "check", "--format", "vet"], {
      cwd: directory,
      encoding: "utf8",
    });
    expect(run).toMatchObject({ status: 1, stdout, stderr: "" });
  });

  test("lsp takes the flags that clients add, and ends with the client that they name", async () => {
    const client = spawn(node, ["-e", "setInterval(() => {}, 1000)"]);
    const server = spawn(node, [program, "lsp", "--stdio", `--clientProcessId=${client.pid}`]);
    let errors = "";
    server.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { capabilities: {} },
    });
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    const [answer] = (await once(server.stdout, "data")) as [Buffer];
    expect(answer.toString()).toContain("Content-Length");
    client.kill();
    const [status] = (await once(server, "close")) as [number | null];
    // Nobody asked it to shut down.
    expect({ status, errors }).toEqual({ status: 1, errors: "" });
  }, 20_000);

  test("--version is that of package.json", () => {
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      version: string;
    };
    expect(rt0("/", "--version")).toMatchObject({ status: 0, stdout: `rt0 ${version}\n`, stderr: "" });
  });

  test("the program alone, without its compiled code, and the starter alone", () => {
    const directory = tree(faulty);
    const run = (file: string) =>
      spawnSync(node, [file, "check", "--format", "vet"], { cwd: directory, encoding: "utf8" });
    copyFileSync(program, join(directory, "cli.cjs"));
    expect(run("cli.cjs")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^rt0: .*rt0\.cjs/),
    });
    copyFileSync(join(dist, "rt0.cjs"), join(directory, "rt0.cjs"));
    const { stdout } = rt0(directory, "check", "--format", "vet");
    for (const file of ["cli.cjs", "rt0.cjs"]) {
      expect(run(file)).toMatchObject({ status: 1, stdout, stderr: "" });
    }
  });

  test("code that is damaged, or of another program as long, is not run", () => {
    const directory = tree(faulty);
    const copy = (name: string, change: (bytes: Buffer) => void): void => {
      const bytes = readFileSync(join(dist, name));
      change(bytes);
      writeFileSync(join(directory, name), bytes);
    };
    const run = () =>
      spawnSync(node, ["cli.cjs", "check", "--format", "vet"], {
        cwd: directory,
        encoding: "utf8",
      });
    copyFileSync(program, join(directory, "cli.cjs"));
    copy("rt0.code", () => {});
    copy("rt0.cjs", (bytes) => bytes.write("Invalid", bytes.indexOf("invalid offset ${")));
    expect(run()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("Invalid offset x+8(FP)"),
      stderr: "",
    });
    copy("rt0.cjs", () => {});
    const { stdout } = rt0(directory, "check", "--format", "vet");
    copy("rt0.code", (bytes) => {
      for (let at = 1000; at < bytes.length; at += 1000) bytes[at]! ^= 0xff;
    });
    expect(run()).toMatchObject({ status: 1, stdout, stderr: "" });
    copy("rt0.code", (bytes) => bytes.fill(0));
    expect(run()).toMatchObject({ status: 1, stdout, stderr: "" });
    writeFileSync(join(directory, "rt0.code"), "");
    expect(run()).toMatchObject({ status: 1, stdout, stderr: "" });
  });

  test("a reader that goes away ends the output, not with an error", async () => {
    // Far more than a pipe holds, so that writing is cut off in the middle.
    const body = "\tMOVQ x+8(FP), AX\n".repeat(20_000);
    const directory = tree({ ...faulty, "add/add_amd64.s": `TEXT ·add(SB), 0, $0-24\n${body}\tRET\n` });
    const child = spawn(node, [program, "check", "--format", "json"], { cwd: directory });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdout.once("data", () => child.stdout.destroy());
    const [status, signal] = (await once(child, "close")) as [number | null, string | null];
    expect({ status, signal, errors }).toEqual({ status: 1, signal: null, errors: "" });
  });

  test("all output arrives through a pipe, however much it is", () => {
    const body = "\tMOVQ x+8(FP), AX\n".repeat(20_000);
    const directory = tree({ ...faulty, "add/add_amd64.s": `TEXT ·add(SB), 0, $0-24\n${body}\tRET\n` });
    const { stdout } = spawnSync(node, [program, "check", "--format", "vet"], {
      cwd: directory,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    expect(stdout.split("\n").filter((line) => line.endsWith("expected x+0(FP)"))).toHaveLength(20_000);
  });
});
