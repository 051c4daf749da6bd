/**
 * A module of files with random heads, sound and broken, is given to the real
 * `go vet`: rt0's findings of buildtag and directive must be vet's, word for word
 * and line for line.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, type Toolchain, toolchains } from "./goToolchain.ts";
import { plantBuildLines } from "./support/plantBuildLines.ts";

interface Row {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

describe.skipIf(maySkip)("rt0 reports of build lines and directives what vet reports", () => {
  for (const toolchain of toolchains()) {
    // Go 1.21 brought the directive analyzer.
    const names = toolchain.release >= 21 ? ["buildtag", "directive"] : ["buildtag"];
    test(toolchain.version, { timeout: 300_000 }, () => {
      const root = mkdtempSync(join(tmpdir(), "rt0-buildtags-"));
      try {
        const files = plantBuildLines("build lines");
        for (const { name, text } of files) {
          mkdirSync(dirname(join(root, name)), { recursive: true });
          writeFileSync(join(root, name), text);
        }
        const directories = readable(toolchain, root);
        const judged = vetRows(toolchain, root, names, directories);
        const reported = rt0Rows(toolchain, root, names, directories);
        expect({
          missed: judged.filter((row) => !reported.includes(row)),
          invented: reported.filter((row) => !judged.includes(row)),
        }).toEqual({ missed: [], invented: [] });
        // Neither side may agree by saying nothing.
        expect(new Set(judged).size).toBeGreaterThan(400);
        expect(directories.length).toBeGreaterThan(20);
      } finally {
        rmSync(root, { recursive: true });
      }
    });
  }
});

/** The directories in which the go command can read all constraints: it runs vet on no other. */
function readable(toolchain: Toolchain, root: string): readonly string[] {
  const format = "{{if not .Error}}{{.ImportPath}}{{end}}";
  const { stdout } = run(toolchain, root, ["list", "-e", "-f", format, "./..."]);
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [`./${line.split("/").at(-1)}`]));
}

function vetRows(
  toolchain: Toolchain,
  root: string,
  names: readonly string[],
  directories: readonly string[],
): string[] {
  const flags = names.map((name) => `-${name}`);
  const { stderr } = run(toolchain, root, ["vet", ...flags, ...directories]);
  const found = stderr.matchAll(/^(?:vet: )?(?:\.\/)?(\w+\/\w+\.\w+):(\d+):\d+: (.*)$/gm);
  return [...found].map(([, file, line, message]) => `${file}:${line}: ${message}`);
}

function rt0Rows(
  toolchain: Toolchain,
  root: string,
  names: readonly string[],
  directories: readonly string[],
): string[] {
  const { stdout } = runMain(root, [
    "check",
    `--root=${root}`,
    `--goroot=${toolchain.goroot}`,
    "--target=linux/amd64",
    `--vet=${profileName(toolchain.release)}`,
    `--rules=${names.join()}`,
    "--format=json",
    ...directories,
  ]);
  return rows<Row>(stdout).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

function profileName(release: number): string {
  return `go1.${[24, 23, 22, 21].find((first) => first <= release) ?? 19}`;
}

function run(toolchain: Toolchain, cwd: string, args: readonly string[]) {
  // With its index of files older than two seconds the go command stumbles over heads it would not read otherwise.
  const env = { ...goEnvironment(toolchain), GOOS: "linux", GOARCH: "amd64", GODEBUG: "goindex=0" };
  const program = join(toolchain.goroot, "bin", "go");
  return spawnSync(program, args, { cwd, env, encoding: "utf8", maxBuffer: 1 << 26 });
}
