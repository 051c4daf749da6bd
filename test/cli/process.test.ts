/** The bundled program as a process of its own: exit status, streams, and a reader that goes away. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { faulty, repository, tree } from "./runMain.ts";

const program = join(repository, "dist", "cli.cjs");

beforeAll(() => {
  // Builds only if a source is newer than the bundle.
  const build = spawnSync(
    process.execPath,
    ["-e", 'import("./tools/setup.mjs").then(({ build }) => build())'],
    {
      cwd: repository,
      encoding: "utf8",
    },
  );
  expect(build).toMatchObject({ status: 0 });
}, 60_000);

function rt0(cwd: string, ...argv: string[]) {
  return spawnSync(process.execPath, [program, ...argv], { cwd, encoding: "utf8" });
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

test("a reader that goes away ends the output, not with an error", async () => {
  // Far more than a pipe holds, so that writing is cut off in the middle.
  const body = "\tMOVQ x+8(FP), AX\n".repeat(20_000);
  const directory = tree({ ...faulty, "add/add_amd64.s": `TEXT ·add(SB), 0, $0-24\n${body}\tRET\n` });
  const child = spawn(process.execPath, [program, "check", "--format", "json"], { cwd: directory });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdout.once("data", () => child.stdout.destroy());
  const [status, signal] = (await once(child, "close")) as [number | null, string | null];
  expect({ status, signal, errors }).toEqual({ status: 1, signal: null, errors: "" });
});

test("all output arrives through a pipe, however much it is", () => {
  const body = "\tMOVQ x+8(FP), AX\n".repeat(20_000);
  const directory = tree({ ...faulty, "add/add_amd64.s": `TEXT ·add(SB), 0, $0-24\n${body}\tRET\n` });
  const { stdout } = spawnSync(process.execPath, [program, "check", "--format", "vet"], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(stdout.split("\n").filter((line) => line.endsWith("expected x+0(FP)"))).toHaveLength(20_000);
});
