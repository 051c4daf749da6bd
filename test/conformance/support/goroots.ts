/**
 * The Go trees that tests run on, each a whole GOROOT with its own toolchain, and the
 * go command of each. RT0_GOROOTS names them, separated by colons. In CI it is a
 * failure to find none, elsewhere what needs one is skipped.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
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

const named = (process.env["RT0_GOROOTS"] ?? "").split(":").filter((dir) => dir !== "");
if (named.length === 0 && inCI) throw new Error("RT0_GOROOTS must name the Go trees to test on");

/** The trees to test on, the newest last; none where there are none and that is allowed. */
export const goRoots: readonly GoRoot[] = named
  .map(describeRoot)
  .sort((one, other) => one.release - other.release);

function describeRoot(path: string): GoRoot {
  const dir = realpathSync(path);
  const [version = ""] = readFileSync(join(dir, "VERSION"), "utf8").split("\n", 1);
  const release = /^go1\.(\d+)/.exec(version)?.[1];
  if (release === undefined) throw new Error(`${dir}: VERSION does not begin with a release`);
  const wanted = process.env["RT0_TARGETS"]?.split(",");
  let targets: readonly string[] | undefined;
  const root: GoRoot = {
    dir,
    version,
    release: Number(release),
    // The toolchain is asked when a test wants to know.
    get targets() {
      return (targets ??= allTargets(root).filter((target) => wanted?.includes(target) ?? true));
    },
  };
  return root;
}

/** What `go tool dist list` names, in its order. */
export function allTargets(root: GoRoot): readonly string[] {
  return runGo(root, ["tool", "dist", "list"]).trim().split("\n");
}

/** The name that `rt0 --vet` has for the analyzers in a release: that of the last release which changed one. */
export function vetProfile(release: number): string {
  const profiles = [25, 24, 23, 22, 21, 19, 11];
  return `go1.${profiles.find((profile) => profile <= release) ?? 11}`;
}

export interface GoRun {
  readonly cwd?: string;
  /** GOOS and GOARCH, as "linux/amd64"; the host's where none is named. */
  readonly target?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GoOutput {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An environment in which a toolchain touches neither the network nor another toolchain, nor asks for a C compiler. */
export function goEnvironment({ dir }: GoRoot, target?: string): Readonly<Record<string, string>> {
  const [os, arch] = target?.split("/") ?? [];
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? "",
    GOROOT: dir,
    GOTOOLCHAIN: "local",
    GOPROXY: "off",
    GOENV: "off",
    GOFLAGS: "",
    GOWORK: "off",
    GOCACHE: join(scratch, "gocache"),
    CGO_ENABLED: "0",
    // Distributions set another default than cmd/dist's own.
    GO386: "sse2",
    ...(os !== undefined && arch !== undefined && { GOOS: os, GOARCH: arch }),
  };
}

const scratch = join(tmpdir(), "rt0-conformance");

/** Runs the go command of a tree, which may fail. */
export function tryGo(root: GoRoot, args: readonly string[], { cwd, target, env }: GoRun = {}): GoOutput {
  return spawnSync(join(root.dir, "bin", "go"), args, {
    cwd,
    env: { ...goEnvironment(root, target), ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
}

/** What the go command of a tree prints; throws with its complaint if it fails. */
export function runGo(root: GoRoot, args: readonly string[], run: GoRun = {}): string {
  const { status, stdout, stderr } = tryGo(root, args, run);
  if (status !== 0) throw new Error(`${root.version}: go ${args.join(" ")}\n${stderr.slice(-4000)}`);
  return stdout;
}

/** The experiments that are on by default at a target, as in their build tags (internal/buildcfg/exp.go). */
export function experimentsOf(root: GoRoot, target: string): readonly string[] {
  const tags = runGo(root, ["list", "-e", "-f", "{{context.ToolTags}}", "unsafe"], { target });
  return [...tags.matchAll(/goexperiment\.(\w+)/g)].map(([, name]) => name!);
}

export interface JudgeBuild {
  readonly target?: string | undefined;
  /** A directory of the tree whose internal packages the judge imports: it is built as if it lay in there. */
  readonly inside?: string;
}

/** Builds judges/NAME with a tree's toolchain, which leaves the tree as it is; the program's path. */
export function buildJudge(root: GoRoot, name: string, { target, inside }: JudgeBuild = {}): string {
  const source = join(import.meta.dirname, "..", "judges", name, "main.go");
  const work = join(scratch, root.version, target?.replace("/", "_") ?? "host");
  const program = join(work, name);
  mkdirSync(work, { recursive: true });
  const build = ["build", "-o", program];
  if (inside === undefined) {
    runGo(root, [...build, source], { target });
  } else {
    const overlay = `${program}.json`;
    writeFileSync(
      overlay,
      JSON.stringify({ Replace: { [join(root.dir, inside, name, "main.go")]: source } }),
    );
    runGo(root, [...build, `-overlay=${overlay}`, `./${name}`], { cwd: join(root.dir, inside) });
  }
  return program;
}
