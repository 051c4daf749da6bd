/**
 * The Go trees that the conformance tests run on, each a whole GOROOT with its own
 * toolchain. RT0_GOROOTS names them, separated by colons; without it the `go` on
 * PATH names one. In CI it is a failure to find none, elsewhere the tests are
 * skipped and say so.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface GoRoot {
  /** The absolute path, free of symbolic links. */
  readonly dir: string;
  /** For instance "go1.24.4", as the VERSION file begins. */
  readonly version: string;
  /** The number behind "go1.". */
  readonly release: number;
  /** What `go tool dist list` names, in its order; RT0_TARGETS may keep only some for a run by hand. */
  readonly targets: readonly string[];
}

/** Where builds, copies of trees and the reference's answers are kept between runs. */
export const cacheDir = process.env["RT0_CACHE"] ?? join(homedir(), ".cache", "rt0");

export const inCI = (process.env["CI"] ?? "") !== "";

/** The trees to test on; an empty list, with a word on stderr, where there are none and that is allowed. */
export function goRoots(): readonly GoRoot[] {
  const named = (process.env["RT0_GOROOTS"] ?? "").split(":").filter((dir) => dir !== "");
  const dirs = named.length > 0 ? named : rootOnPath();
  if (dirs.length === 0) {
    const message = "no Go tree to compare with: set RT0_GOROOTS to GOROOT directories, or put go on PATH";
    if (inCI) throw new Error(message);
    process.stderr.write(`conformance tests skipped: ${message}\n`);
  }
  return dirs.map(describeRoot);
}

/** Runs the go command of a tree and returns what it prints; no network, no other toolchain. */
export function runGo(
  dir: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(join(dir, "bin", "go"), args, {
    encoding: "utf8",
    env: {
      ...process.env,
      GOROOT: dir,
      GOTOOLCHAIN: "local",
      GOPROXY: "off",
      GOENV: "off",
      GOFLAGS: "",
      ...env,
    },
  });
}

/** The name that `rt0 --vet` has for the analyzers in a release: that of the last release which changed one. */
export function vetProfile(release: number): string {
  const profiles = [25, 24, 22, 21, 19, 11];
  return `go1.${profiles.find((profile) => profile <= release) ?? 11}`;
}

function describeRoot(named: string): GoRoot {
  const dir = realpathSync(named);
  const [version = ""] = readFileSync(join(dir, "VERSION"), "utf8").split("\n", 1);
  const release = /^go1\.(\d+)/.exec(version)?.[1];
  if (release === undefined) throw new Error(`${dir}: VERSION does not begin with a release`);
  const wanted = process.env["RT0_TARGETS"]?.split(",");
  const listed = runGo(dir, ["tool", "dist", "list"]).trim().split("\n");
  const targets = wanted === undefined ? listed : listed.filter((target) => wanted.includes(target));
  return { dir, version, release: Number(release), targets };
}

function rootOnPath(): readonly string[] {
  try {
    const dir = execFileSync("go", ["env", "GOROOT"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return existsSync(join(dir, "VERSION")) ? [dir] : [];
  } catch {
    return [];
  }
}
