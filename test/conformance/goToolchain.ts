/**
 * Runs real Go toolchains for the conformance tests. RT0_GOROOTS names the trees,
 * separated by colons; each has bin/go. Where it is not set the tests are skipped,
 * except in CI, where that is a failure.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { releaseOf } from "../../server/src/core/model/goTree.ts";

export interface Toolchain {
  readonly goroot: string;
  /** The first line of its VERSION file. */
  readonly version: string;
  readonly release: number;
}

const roots = (process.env["RT0_GOROOTS"] ?? "").split(":").filter((root) => root !== "");

/** Whether the conformance tests have nothing to run on and may be skipped. */
export const maySkip = roots.length === 0 && !process.env["CI"];

export function toolchains(): readonly Toolchain[] {
  return roots.map((goroot) => {
    const version = readFileSync(join(goroot, "VERSION"), "utf8").split("\n", 1)[0]!;
    const release = releaseOf(version);
    if (release === undefined) throw new Error(`${goroot}: no release in VERSION`);
    return { goroot, version, release };
  });
}

const cache = join(tmpdir(), "rt0-conformance");

/** An environment in which the toolchain touches neither the network nor another toolchain. */
export function goEnvironment(toolchain: Toolchain): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    GOROOT: toolchain.goroot,
    GOTOOLCHAIN: "local",
    GOPROXY: "off",
    GOFLAGS: "-mod=mod",
    GOENV: "off",
    GOCACHE: join(cache, "gocache"),
    CGO_ENABLED: "0",
    // Distributions set another default than cmd/dist's own.
    GO386: "sse2",
  };
}

/** Builds judges/NAME with the toolchain, for the host, and returns the program's path. */
export function buildJudge(toolchain: Toolchain, name: string): string {
  const source = join(dirname(fileURLToPath(import.meta.url)), "judges", name, "main.go");
  const program = join(cache, basename(toolchain.version), name);
  mkdirSync(dirname(program), { recursive: true });
  go(toolchain, ["build", "-o", program, source]);
  return program;
}

/** Runs the go command and returns what it prints. */
export function go(toolchain: Toolchain, args: readonly string[]): string {
  const program = join(toolchain.goroot, "bin", "go");
  return execFileSync(program, args, { env: goEnvironment(toolchain), encoding: "utf8" });
}
