/**
 * The assembly of Go's own trees, with lines planted that use the frame pointer, is
 * given to the release's own `go vet -framepointer`, target by target. rt0 must report
 * the same lines.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, type Toolchain, toolchains } from "./goToolchain.ts";
import { assemblyPackages } from "./support/plant.ts";
import { type Random, randomFor } from "./support/random.ts";
import { vetProfile } from "./support/goroots.ts";

const targets = ["linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "linux/386"];

/** Lines that write, mention, hide or only seem to use the register, and ways to leave the straight line. */
const lines = [
  "\tMOVQ AX, BP",
  "\tMOVQ $0, BP // scratch",
  "\tTESTQ BP,BP",
  "\tPUSHQ BP",
  "\tMOVQ BP, 8(SP)",
  "\t// MOVQ AX, BP",
  "\tVMOVUPS X0, BP;",
  "\tMOVD R0, R29",
  "\tMOVD\tR29,R0",
  "\tLDP 8(R0), (R26, R29)",
  "\tLDP (R29), (R0, R1)",
  "\tLDP 8(R0), (R29)",
  "\tCASPD (R2, R3), (R2), (R26, R29)",
  "\tADD $8, R29, R29",
  "\tFMOVD F0, F29",
  "\tB 2(PC)",
  "\tBL ·f(SB)",
  "\tJMP ·f(SB)",
  "\tJNE 2(PC)",
  "\tRET",
  "\tRET // R29, BP",
  "TEXT ·planted(SB), NOSPLIT, $0",
  "TEXT ·planted(SB), NOSPLIT, $8-0",
  "TEXT ·planted<>(SB),4,$0-8",
  "TEXT ·planted(SB), NOSPLIT|NOFRAME, $08",
  "\tMOVQ AX, BP\u0085",
  "",
];

describe.skipIf(maySkip).each(toolchains())("$version", (toolchain) => {
  test("rt0 reports what vet's framepointer reports", { timeout: 600_000 }, () => {
    const root = mkdtempSync(join(tmpdir(), "rt0-framepointer-"));
    try {
      plant(toolchain, root);
      const expected = targets.flatMap((target) => vetFindings(toolchain, root, target));
      const { stdout } = runMain(root, [
        "check",
        "--per-target",
        `--root=${root}`,
        `--goroot=${toolchain.goroot}`,
        `--target=${targets.join()}`,
        `--vet=${vetProfile(toolchain.release)}`,
        "--rules=framepointer",
        "--format=json",
        "./...",
      ]);
      const found = rows<{ file: string; line: number; target: string; message: string }>(stdout).map(
        ({ file, line, target, message }) => `${target} ${file}:${line}: ${message}`,
      );
      expect(found.sort()).toEqual(expected.sort());
      expect(expected.length).toBeGreaterThan(200);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

/** A module with a package for each directory of the tree that holds assembly; nothing in it is ever assembled. */
function plant(toolchain: Toolchain, root: string): void {
  const random = randomFor(`${toolchain.version} framepointer`);
  writeFileSync(join(root, "go.mod"), "module m\n");
  for (const path of assemblyPackages(toolchain.goroot)) {
    const from = join(toolchain.goroot, "src", path);
    const to = join(root, path.replaceAll("/", "-").replace(/^vendor-/, "v-"));
    mkdirSync(to);
    writeFileSync(join(to, "stub.go"), "package p\n");
    for (const name of readdirSync(from).filter((name) => name.endsWith(".s")))
      writeFileSync(join(to, name), planted(readFileSync(join(from, name), "utf8"), random));
  }
}

/** The text with a line of ours behind one in eight of its own. */
function planted(text: string, random: Random): string {
  return text
    .split("\n")
    .flatMap((line) => (random.chance(0.12) ? [line, random.pick(lines)] : [line]))
    .join("\n");
}

function vetFindings(toolchain: Toolchain, root: string, target: string): string[] {
  const [os, arch] = target.split("/");
  const env = { ...goEnvironment(toolchain), GOOS: os, GOARCH: arch };
  const { stderr } = spawnSync(join(toolchain.goroot, "bin/go"), ["vet", "-framepointer", "./..."], {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return [...stderr.matchAll(/^(?:\.\/)?(\S+\.s):(\d+):\d+: (.*)$/gm)].map(
    ([, file, line, message]) => `${target} ${file}:${line}: ${message}`,
  );
}
