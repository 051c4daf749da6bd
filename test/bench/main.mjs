/**
 * Measures the command line beside the reference checker, each run a cold process,
 * both in turn so that the machine's mood weighs on both alike:
 *
 *   1. package runtime: the reference for one target, rt0 for all of the release;
 *   2. every package with assembly below src, all targets: rt0's time and peak memory.
 *
 * RT0_GOROOTS names the tree (the last one is taken), RT0_BENCH_RUNS the number of
 * runs, of which the median counts.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const runs = Number(process.env.RT0_BENCH_RUNS ?? 5);
const here = dirname(fileURLToPath(import.meta.url));
const rt0 = join(here, "../../dist/cli.cjs");
const root =
  (process.env.RT0_GOROOTS ?? "").split(":").at(-1) ||
  execFileSync("go", ["env", "GOROOT"]).toString().trim();
const work = mkdtempSync(join(tmpdir(), "rt0-bench-"));

try {
  await main();
} finally {
  rmSync(work, { recursive: true });
}

async function main() {
  const targets = execFileSync(join(root, "bin/go"), ["tool", "dist", "list"]).toString().trim().split("\n");
  const subjects = [
    // The reference has asmdecl alone.
    {
      name: `rt0, package runtime, asmdecl, ${targets.length} targets`,
      command: check("--rules", "asmdecl", "runtime"),
    },
    { name: `rt0, all of src, asmdecl, ${targets.length} targets`, command: check("--rules", "asmdecl") },
    { name: `rt0, all of src, every check, ${targets.length} targets`, command: check() },
  ];
  const reference = join(work, "oracle", "vetoracle");
  execFileSync("bash", [join(here, "../conformance/oracle/build.sh"), dirname(reference)], {
    env: { ...process.env, GOROOT: root },
    stdio: ["ignore", "ignore", "inherit"],
  });
  subjects.unshift({
    name: "reference, package runtime, 1 target",
    command: [reference, "vet", "-tests", "-root", root, "-targets", "linux/amd64", "-pkgs", "runtime"],
  });
  const samples = subjects.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, { command }] of subjects.entries()) samples[i].push(measure(command));
  }
  const [version] = readFileSync(join(root, "VERSION"), "utf8").split("\n");
  process.stdout.write(`${version}, median of ${runs} cold runs (fastest to slowest)\n`);
  for (const [i, { name }] of subjects.entries())
    process.stdout.write(`${name.padEnd(44)}${summary(samples[i])}\n`);
}

function check(...args) {
  return [process.execPath, rt0, "check", "--root", root, "--target", "all", "--format", "json", ...args];
}

/** Runs a command to its end: milliseconds, and peak memory in MB where GNU time is at hand to tell it. */
function measure(command) {
  const timer = existsSync("/usr/bin/time") ? ["/usr/bin/time", "-f", "peak %M"] : [];
  const [program, ...args] = [...timer, ...command];
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  // Exit 1 means findings.
  if (status !== 0 && status !== 1)
    throw new Error(`${command.join(" ")}: exit ${status}\n${stderr.slice(-1000)}`);
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  return { ms, mb: peak === undefined ? undefined : Number(peak) / 1024 };
}

function summary(samples) {
  const times = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  const peaks = samples.flatMap(({ mb }) => (mb === undefined ? [] : [mb])).sort((a, b) => a - b);
  const memory = peaks.length === 0 ? "" : `${median(peaks).toFixed(0)} MB`;
  const range = `(${seconds(times[0])} to ${seconds(times.at(-1))})`;
  return `${seconds(median(times)).padStart(8)} ${range.padEnd(22)} ${memory.padStart(8)}`;
}

function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
