/**
 * For every package directory of a Go tree and every target of its release, rt0
 * selects exactly the files that the release's own go/build selects, and knows the
 * ports and tags that its tools report.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { baselineExperiments } from "../../server/src/core/facts/experiments.ts";
import { portsOf } from "../../server/src/core/facts/targets.ts";
import { readGoTree, goTreeFiles } from "../../server/src/core/model/targets/goTree.ts";
import {
  fileKind,
  headerOptions,
  selectingTargets,
  type BuildConfig,
  type FileKind,
  type SourceFile,
} from "../../server/src/core/model/targets/selectFile.ts";
import { tagSet } from "../../server/src/core/model/targets/tags.ts";
import {
  buildContext,
  parseTarget,
  targetsOf,
  type Target,
} from "../../server/src/core/model/targets/target.ts";
import { findBuildHeader } from "../../server/src/core/syntax/build/header.ts";
import { parseGo } from "../../server/src/core/syntax/go/parseGo.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { buildJudge, goEnvironment, type GoRoot, runGo } from "./support/goroots.ts";

/** File names of one package by the list of go/build they are in. */
type Selection = Readonly<Record<Exclude<FileKind, "object" | "ignored" | "other">, readonly string[]>>;

interface PackageDir {
  readonly dir: string;
  readonly name: string;
  readonly files: readonly SourceFile[];
}

eachRoot((root) => {
  const { release, dir } = root;

  test("the ports are those of go tool dist list", () => {
    const listed = JSON.parse(runGo(root, ["tool", "dist", "list", "-json"])) as {
      GOOS: string;
      GOARCH: string;
      CgoSupported: boolean;
    }[];
    const ports = listed.map(({ GOOS, GOARCH, CgoSupported }) => ({
      name: `${GOOS}/${GOARCH}`,
      cgo: CgoSupported,
    }));
    expect(portsOf(release)).toEqual(ports);
    expect(readTree(dir).ports).toEqual(ports);
    expect(readTree(dir).release).toBe(release);
  });

  test("the tree's own experiments are those of its release", () => {
    const { baseline } = readTree(dir);
    for (const { goos, goarch } of targetsOf(release)) {
      const want = baselineExperiments(goos, goarch, release).toSorted();
      expect(baselineExperiments(goos, goarch, release, baseline ?? []).toSorted()).toEqual(want);
    }
  });

  test("the selected files are those of go/build", { timeout: 600_000 }, () => {
    const judge = buildJudge(root, "fileSelection");
    const targets = targetsOf(release);
    const config: BuildConfig = { targets, context: buildContext(release) };
    const packages = readPackages(join(dir, "src"), config);
    const differences = targets.flatMap((target) => compare(root, judge, config, packages, target));
    expect(differences).toEqual([]);
  });

  test("the selected files are those of go/build with cgo", { timeout: 600_000 }, () => {
    const judge = buildJudge(root, "fileSelection");
    const targets = ["darwin/arm64", "freebsd/amd64", "linux/amd64", "windows/386"].map((name) =>
      parseTarget(name)!,
    );
    const config: BuildConfig = { targets, context: { ...buildContext(release), cgo: true } };
    const packages = readPackages(join(dir, "src"), config);
    const differences = targets.flatMap((target) => compare(root, judge, config, packages, target));
    expect(differences).toEqual([]);
  });
});

/** Every difference between go/build and rt0 for one target, one per line. */
function compare(
  root: GoRoot,
  judge: string,
  config: BuildConfig,
  packages: readonly PackageDir[],
  target: Target,
): string[] {
  const result = spawnSync(judge, {
    input: packages.map(({ dir }) => dir + "\n").join(""),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: {
      ...goEnvironment(root, target.name),
      CGO_ENABLED: config.context.cgo ? "1" : "0",
    },
  });
  if (result.status !== 0) throw new Error(result.stderr);
  const [tags, ...verdicts] = result.stdout.trimEnd().split("\n");
  const differences = compareTags(config, target, tags!);
  expect(verdicts).toHaveLength(packages.length);
  verdicts.forEach((line, i) => {
    const verdict = JSON.parse(line) as { Dir: string } & Record<string, string[] | undefined>;
    const want: Selection = {
      go: verdict["Go"] ?? [],
      cgo: verdict["Cgo"] ?? [],
      // With cgo go/build adds the .S files, which the C compiler reads.
      asm: (verdict["Asm"] ?? []).filter((name) => name.endsWith(".s")),
      test: verdict["Test"] ?? [],
      xtest: verdict["ExtraTest"] ?? [],
    };
    const pkg = packages[i]!;
    expect(verdict.Dir).toBe(pkg.dir);
    const got = select(config, pkg, target);
    for (const kind of Object.keys(want) as (keyof Selection)[]) {
      if (want[kind].join() === got[kind].join()) continue;
      const where = `${target.name} ${relative(root.dir, pkg.dir)} ${kind}`;
      differences.push(`${where}: want ${want[kind].join()} got ${got[kind].join()}`);
    }
  });
  return differences;
}

function compareTags(config: BuildConfig, target: Target, line: string): string[] {
  const { ToolTags, ReleaseTags } = JSON.parse(line) as Record<string, string[] | null>;
  const want = [...(ToolTags ?? []), ...(ReleaseTags ?? [])].toSorted();
  // The tags without a dot are the target's own names, which the files' selection shows.
  const got = [...tagSet(target, config.context)].filter((tag) => tag.includes(".")).toSorted();
  return want.join() === got.join() ? [] : [`${target.name}: want tags ${want.join()} got ${got.join()}`];
}

function select(config: BuildConfig, pkg: PackageDir, target: Target): Selection {
  const index = config.targets.indexOf(target);
  const selection = { go: [], cgo: [], asm: [], test: [], xtest: [] } as Record<keyof Selection, string[]>;
  for (const file of pkg.files) {
    const kind = fileKind(file, pkg.name);
    if (kind === "object" || kind === "ignored" || kind === "other") continue;
    if (selectingTargets(config, file).has(index)) selection[kind].push(file.name);
  }
  return selection;
}

function readPackages(src: string, config: BuildConfig): PackageDir[] {
  const packages: PackageDir[] = [];
  const visit = (dir: string): void => {
    const entries = readdirSync(dir, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    if (names.some((name) => name.endsWith(".go"))) {
      const files = names
        .filter((name) => /\.(?:go|s)$/.test(name))
        .toSorted()
        .map((name) => readSource(dir, name, config));
      const name =
        files.find((file) => fileKind(file) === "go" || fileKind(file) === "cgo")?.packageName ?? "";
      packages.push({ dir, name, files });
    }
    for (const entry of entries) {
      if (entry.isDirectory() && entry.name !== "testdata" && !/^[._]/.test(entry.name))
        visit(join(dir, entry.name));
    }
  };
  visit(src);
  return packages;
}

function readSource(dir: string, name: string, config: BuildConfig): SourceFile {
  const text = readFileSync(join(dir, name), "utf8");
  const header = findBuildHeader(text, headerOptions(name, config.context));
  if (!name.endsWith(".go")) return { name, header, packageName: "", importsC: false };
  const { packageName, imports } = parseGo(text).summary;
  return { name, header, packageName, importsC: imports.some(({ path }) => path === "C") };
}

function readTree(goroot: string): ReturnType<typeof readGoTree> {
  return readGoTree(
    Object.fromEntries(
      goTreeFiles.flatMap((path) => {
        try {
          return [[path, readFileSync(join(goroot, path), "utf8")]];
        } catch {
          return [];
        }
      }),
    ),
  );
}
