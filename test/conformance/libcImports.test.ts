/**
 * A module of packages that call symbols of C, with the import missing on some targets, is
 * linked by a real toolchain for several. rt0 must report a package exactly on the targets
 * where the linker does not find its symbol.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, toolchains } from "./goToolchain.ts";
import { plantImports } from "./support/plantImports.ts";

const targets = ["darwin/amd64", "darwin/arm64", "openbsd/amd64", "openbsd/arm64", "solaris/amd64"];

test.skipIf(maySkip)("rt0 reports a symbol of C where the linker misses it", { timeout: 600_000 }, () => {
  const toolchain = toolchains().at(-1)!;
  const module = plantImports();
  const root = mkdtempSync(join(tmpdir(), "rt0-imports-"));
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
      "--rules=libc-import",
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
    expect(judged.size).toBeGreaterThan(100);
    expect(faults.length - judged.size).toBeGreaterThan(100);
  } finally {
    rmSync(root, { recursive: true });
  }

  /** The directories whose symbol the linker does not find on a target, with the target behind them. */
  function failures(target: string): string[] {
    const [GOOS, GOARCH] = target.split("/");
    const program = join(toolchain.goroot, "bin", "go");
    const args = ["build", "-o", join(root, "bin") + "/", "./mains/..."];
    const env = { ...goEnvironment(toolchain), GOOS, GOARCH };
    const { stderr } = spawnSync(program, args, { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
    const lost = new Set(
      Array.from(stderr.matchAll(/^(\S+)\.trampoline: relocation target /gm), ([, path]) => path),
    );
    return module.plants
      .filter(({ directory }) => lost.has(`${module.path}/${directory}`))
      .map(({ directory }) => `${directory} ${target}`);
  }
});
