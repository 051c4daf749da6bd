/**
 * A module of packages whose assembly takes names from go_asm.h, some of which are not there
 * on some targets, is built by a real toolchain for several. rt0 must report a package
 * exactly on the targets where the assembler refuses it.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, toolchains } from "./goToolchain.ts";
import { plantHeaderNames } from "./support/plantHeaderNames.ts";

const targets = ["linux/amd64", "windows/amd64", "linux/386", "darwin/arm64"];

test.skipIf(maySkip)("rt0 reports a name where the assembler does not know it", { timeout: 600_000 }, () => {
  const toolchain = toolchains().at(-1)!;
  const module = plantHeaderNames();
  const root = mkdtempSync(join(tmpdir(), "rt0-names-"));
  try {
    for (const [name, text] of module.files) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const judged = new Set(targets.flatMap(failures));
    const { stdout } = runMain(root, [
      "check",
      "--per-target",
      `--root=${root}`,
      `--goroot=${toolchain.goroot}`,
      `--target=${targets.join()}`,
      "--rules=go-asm-name",
      "--format=json",
      "./...",
    ]);
    const found = rows<{ package: string; target: string }>(stdout);
    const reported = new Set(
      found.map((row) => `${row.package.slice(module.path.length + 1)} ${row.target}`),
    );
    const missed = [...judged].filter((fault) => !reported.has(fault));
    const invented = [...reported].filter((fault) => !judged.has(fault));
    expect({ missed, invented }).toEqual({ missed: [], invented: [] });
    // Neither side may agree by saying nothing, or everything.
    expect(judged.size).toBeGreaterThan(100);
    expect(module.directories.length * targets.length - judged.size).toBeGreaterThan(100);
  } finally {
    rmSync(root, { recursive: true });
  }

  /** The packages that the toolchain refuses on a target, with the target behind them. */
  function failures(target: string): string[] {
    const [GOOS, GOARCH] = target.split("/");
    const program = join(toolchain.goroot, "bin", "go");
    const env = { ...goEnvironment(toolchain), GOOS, GOARCH };
    const { stderr } = spawnSync(program, ["build", "./..."], {
      cwd: root,
      env,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return module.directories
      .filter((directory) => stderr.includes(`# ${module.path}/${directory}\n`))
      .map((directory) => `${directory} ${target}`);
  }
});
