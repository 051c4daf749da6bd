/**
 * Runs the command line as a process of its own on a tree that means harm, and measures what that cost: time of the
 * processor, which a busy machine does not change, and the most memory it ever had.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Attacked {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the processor, in all threads. */
  readonly seconds: number;
  readonly megabytes: number;
}

/** What every run may take: seconds for each megabyte of text, beside those for starting, and memory in all. */
export const bounds = { start: 2, perMegabyte: 2, megabytes: 1024 } as const;

let folder: string;

/** To be called at the top of a test file: bundles the program once for its tests. */
export function bundled(): void {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "rt0-attack-"));
    await build({
      entryPoints: [join(root, "server/src/node/rt0.ts")],
      outfile: join(folder, "rt0.cjs"),
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      define: { version: '"1.2.3"' },
      external: ["./server.cjs"],
      logLevel: "warning",
    });
    // At the very end, also of a process that is left by `process.exit`.
    const measure = `if (require("node:worker_threads").isMainThread) process.on("exit", () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      const used = { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
      require("node:fs").writeFileSync(process.env.RT0_USED, JSON.stringify(used));
    });`;
    writeFileSync(join(folder, "measure.cjs"), measure);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

/** A directory with these files, removed after the test. */
export function tree(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "rt0-attacked-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** Runs rt0 in a directory. What it may take depends on the megabytes of text that it is given to read. */
export function attack(cwd: string, argv: readonly string[], megabytes = 1): Attacked {
  const used = join(folder, "used.json");
  rmSync(used, { force: true });
  const seconds = bounds.start + bounds.perMegabyte * megabytes;
  const program = ["--require", join(folder, "measure.cjs"), join(folder, "rt0.cjs"), ...argv];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, program, {
    cwd,
    encoding: "utf8",
    env: { PATH: "/nowhere", HOME: "/nowhere", GOROOT: "/nowhere", GOPATH: "/nowhere", RT0_USED: used },
    // Whoever waits for what never comes uses no time of the processor.
    timeout: 20_000 + Math.ceil(4000 * seconds),
    maxBuffer: 1 << 28,
  });
  expect(error, "it comes to an end").toBeUndefined();
  expect(status, stderr.slice(-2000)).not.toBeNull();
  const cost = JSON.parse(readFileSync(used, "utf8")) as Pick<Attacked, "seconds" | "megabytes">;
  expect(cost.seconds, "time").toBeLessThan(seconds);
  expect(cost.megabytes, "memory").toBeLessThan(bounds.megabytes);
  expect(stderr).not.toContain("internal error");
  return { status, stdout, stderr, ...cost };
}

/** A package whose one finding must be told, whatever else lies in the tree. */
export const faulty = {
  "go.mod": "module m\n\ngo 1.24\n",
  "faulty/add_amd64.go": "package faulty\n\nfunc add(x, y int64) int64\n",
  "faulty/add_amd64.s": "TEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n",
};
export const faultyMessage = "[amd64] add: invalid offset x+8(FP); expected x+0(FP)";

/** Makes a pipe that nobody writes into. */
export function pipe(path: string): void {
  execFileSync("mkfifo", [path]);
}
