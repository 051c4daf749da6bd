/**
 * Runs the reference checker (test/conformance/oracle), a program that holds the
 * asmdecl analyzer, go/types and go/build of a real Go release, and keeps its answers:
 * they depend on nothing but the program, the tree and the question.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { allTargets, cacheDir, experimentsOf, type GoRoot } from "./goroots.ts";
import { chunked, inPairs, outputLines } from "./lines.ts";
import type { Finding } from "./rows.ts";

export interface Oracle {
  readonly program: string;
  /** Changes when the program would. */
  readonly id: string;
  /** Targets with the same default experiments: they may be asked in one run. */
  readonly groups: readonly (readonly string[])[];
}

/** A tree to ask about, and a name for its content. */
export interface Tree {
  readonly dir: string;
  readonly id: string;
}

/** A Go tree as it was released. */
export function treeOf(root: GoRoot): Tree {
  return { dir: root.dir, id: `${root.dir} ${root.version}` };
}

export type OracleCommand = "vet" | "layout" | "asmhdr" | "files";

export interface OracleQuestion {
  readonly tree: Tree;
  readonly targets: readonly string[];
  /** None means every package with assembly. */
  readonly packages?: readonly string[];
  /** Ask the checker of April 2018; the program must have been built with it. */
  readonly profile2018?: boolean;
}

const oracleDir = join(import.meta.dirname, "..", "oracle");

/** Builds the reference checker with a tree's toolchain; `oldTree` adds the checker of a Go tree of April 2018. */
export function buildOracle(root: GoRoot, oldTree?: Tree): Oracle {
  const sources = ["build.sh", "main.go", "shim2018.go.txt"].map((name) =>
    readFileSync(join(oracleDir, name)),
  );
  const id = hash([root.dir, root.version, oldTree?.id ?? "", ...sources]);
  const dir = join(cacheDir, "oracle", `${root.version}-${id}`);
  const program = join(dir, "vetoracle");
  if (!existsSync(program)) {
    mkdirSync(join(cacheDir, "oracle"), { recursive: true });
    const env = {
      ...process.env,
      GOROOT: root.dir,
      ...(oldTree === undefined ? {} : { OLDGO: oldTree.dir }),
    };
    execFileSync("bash", [join(oracleDir, "build.sh"), dir], { env, stdio: ["ignore", "ignore", "inherit"] });
  }
  return { program, id, groups: experimentGroups(root, join(dir, "groups.json")) };
}

export async function* oracleFindings(oracle: Oracle, question: OracleQuestion): AsyncGenerator<Finding> {
  for await (const row of oracleRows(oracle, "vet", question)) {
    const { target, file, line, msg } = row as { target: string; file: string; line: number; msg: string };
    yield { target, file, line, message: msg };
  }
}

/** The program's rows for a question, in no order that may be relied on. */
export async function* oracleRows(
  oracle: Oracle,
  command: OracleCommand,
  question: OracleQuestion,
): AsyncGenerator<unknown> {
  const parts = oracle.groups
    .map((group) => group.filter((target) => question.targets.includes(target)))
    // The program was never told of the targets of other releases: no experiment is theirs.
    .concat([question.targets.filter((target) => !oracle.groups.flat().includes(target))])
    .flatMap((group) => chunked(group, 8));
  const answers = await inPairs(parts, (targets) => answer(oracle, command, { ...question, targets }));
  for (const file of answers) {
    for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
      yield JSON.parse(line) as unknown;
    }
  }
}

/** Asks in one run, unless the answer is already kept; returns the file with the answer. */
async function answer(oracle: Oracle, command: OracleCommand, question: OracleQuestion): Promise<string> {
  const { tree, targets, packages = [], profile2018 = false } = question;
  const options = [
    ...(command === "vet" ? ["-tests"] : []),
    ...(profile2018 ? ["-profile", "2018"] : []),
    "-targets",
    targets.join(","),
    "-pkgs",
    packages.join(","),
  ];
  const dir = join(cacheDir, "answers");
  const file = join(dir, `${hash([oracle.id, tree.id, command, ...options])}.jsonl.gz`);
  if (existsSync(file)) return file;
  mkdirSync(dir, { recursive: true });
  const [os, arch] = startingTarget(targets).split("/") as [string, string];
  const lines = outputLines({
    program: oracle.program,
    args: [command, "-root", tree.dir, ...options],
    // Garbage is collected seldom, on one thread: two runs share the machine.
    env: { GOOS: os, GOARCH: arch, GOEXPERIMENT: "", GOGC: "300", GOMAXPROCS: "1" },
    allowed: [0],
    // A package whose check broke off has no complete answer.
    alarming: / panic /,
  });
  const unfinished = `${file}.${process.pid}`;
  await pipeline(Readable.from(withNewlines(lines)), createGzip({ level: 1 }), createWriteStream(unfinished));
  renameSync(unfinished, file);
  return file;
}

async function* withNewlines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/**
 * The target under whose environment the program starts. It takes over the default
 * tags of that environment for every target it is asked about, except those that
 * name a level of amd64; wasm and others of no level are the next best.
 */
function startingTarget(targets: readonly string[]): string {
  const byPreference = ["amd64", "wasm", "loong64", "s390x"];
  for (const arch of byPreference) {
    const found = targets.find((target) => target.endsWith(`/${arch}`));
    if (found !== undefined) return found;
  }
  return targets[0]!;
}

/** Asks the toolchain for the experiments that are on by default at each target (internal/buildcfg/exp.go). */
function experimentGroups(root: GoRoot, file: string): readonly (readonly string[])[] {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as string[][];
  const groups = new Map<string, string[]>();
  for (const target of allTargets(root)) {
    // The program sets the tags of the register ABI and of the architecture's level itself.
    const experiments = experimentsOf(root, target).filter((name) => !name.includes("regabi"));
    const key = experiments.toSorted().join();
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  writeFileSync(file, JSON.stringify([...groups.values()]));
  return [...groups.values()];
}

/** A short name for a list of texts. */
export function hash(parts: readonly (string | Buffer)[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest("hex").slice(0, 16);
}
