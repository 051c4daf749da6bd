/**
 * A module of small packages, each with a fault planted in how Go and assembly are
 * paired (a TEXT removed, renamed, doubled, a build constraint changed, a directive
 * that comes or goes), is built and linked by a real toolchain for several targets.
 * rt0 must report a package exactly on the targets where its build or link fails.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, toolchains } from "./goToolchain.ts";
import { type Plant, plantPairing } from "./support/plantPairing.ts";

const targets = ["linux/amd64", "linux/386", "darwin/arm64", "windows/amd64"];

test.skipIf(maySkip)("rt0 reports a pairing fault where the toolchain fails", { timeout: 600_000 }, () => {
  const toolchain = toolchains().at(-1)!;
  const module = plantPairing();
  expect(module.plants.length).toBeGreaterThanOrEqual(200);
  const root = mkdtempSync(join(tmpdir(), "rt0-pairing-"));
  try {
    for (const [name, text] of module.files) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const judged = new Set(targets.flatMap((target) => failures(root, target, module.plants)));
    const { stdout } = runMain(root, [
      "check",
      "--per-target",
      `--root=${root}`,
      `--goroot=${toolchain.goroot}`,
      `--target=${targets.join()}`,
      "--rules=missing-text,duplicate-text",
      "--format=json",
      "./...",
    ]);
    const found = rows<{ package: string; target: string }>(stdout);
    const reported = new Set(
      found.map((row) => `${row.package.slice(module.path.length + 1)} ${row.target}`),
    );
    const faults = module.plants.flatMap(({ directory }) =>
      targets.map((target) => `${directory} ${target}`),
    );
    const missed = faults.filter((fault) => judged.has(fault) && !reported.has(fault));
    const invented = faults.filter((fault) => !judged.has(fault) && reported.has(fault));
    expect({ missed, invented }).toEqual({ missed: [], invented: [] });
    // Neither side may agree by saying nothing, or everything.
    expect(judged.size).toBeGreaterThan(200);
    expect(faults.length - judged.size).toBeGreaterThan(200);
  } finally {
    rmSync(root, { recursive: true });
  }

  /** The directories of the plants that fail on a target, with the target behind them. */
  function failures(directory: string, target: string, plants: readonly Plant[]): string[] {
    const [os, arch] = target.split("/");
    const program = join(toolchain.goroot, "bin", "go");
    const build = (...args: readonly string[]): string => {
      const env = { ...goEnvironment(toolchain), GOOS: os, GOARCH: arch };
      return spawnSync(program, ["build", ...args], { cwd: directory, env, encoding: "utf8" }).stderr;
    };
    // Several packages are compiled and not linked, unless a directory is named to put programs into.
    const output = build("./...") + build("-o", join(directory, "bin") + "/", "./mains/...");
    return plants
      .filter(({ directory, isFailure }) => isFailure(output, directory))
      .map((p) => `${p.directory} ${target}`);
  }
});
