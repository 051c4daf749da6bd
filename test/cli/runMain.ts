/**
 * Runs the command line in process and collects what it prints, on trees written to
 * temporary directories. No Go installation of this machine is looked at.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { main } from "../../server/src/cli/main.ts";

export const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: readonly string[];
}

export function runMain(cwd: string, argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Result {
  let stdout = "";
  const stderr: string[] = [];
  const status = main(argv, {
    cwd,
    environment: { GOROOT: "/nowhere", GOPATH: "/nowhere", ...environment },
    version: "1.2.3",
    write: (text) => (stdout += text),
    warn: (line) => stderr.push(line),
    progress() {},
  });
  return { status, stdout, stderr };
}

/** The rows that a command prints with `--format json`. Throws with its complaints if it cannot do what it is asked. */
export function runRows<T>(cwd: string, argv: readonly string[]): T[] {
  const { status, stdout, stderr } = runMain(cwd, [...argv, "--format", "json"]);
  if (status > 1) throw new Error(`rt0 ${argv.join(" ")}\n${stderr.join("\n")}`);
  return rows<T>(stdout);
}

/** A directory with these files, removed after the test. */
export function tree(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "rt0-")));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

const declaration = "package add\n\nfunc add(x, y int64) int64\n";
const assembly = (offset: number) =>
  `TEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+${offset}(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n`;

/** A package without and one with a mistake: line 2, columns 7 to 14. */
export const clean = { "add/add_amd64.go": declaration, "add/add_amd64.s": assembly(0) };
export const faulty = { "add/add_amd64.go": declaration, "add/add_amd64.s": assembly(8) };
export const faultyMessage = "[amd64] add: invalid offset x+8(FP); expected x+0(FP)";

/** Lines that are one JSON object each. */
export function rows<T>(text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
