/**
 * Go's tree of April 2018, at the commit that took the last wrong entries out of the
 * whitelists of cmd/vet/all, and the commit before it. What the vet of that time
 * said of every port is known from the whitelists, so rt0 can be held against
 * history. RT0_GO_HISTORY names a git directory with Go's commits; without it the
 * tests are skipped, in CI too.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goRoots } from "./support/goroots.ts";
import { history, treeAt } from "./support/history.ts";
import { buildOracle, oracleFindings, type Tree } from "./support/oracle.ts";
import { collectFindings, countFindings, describeDifferences, type Findings } from "./support/rows.ts";
import { rt0Findings, rt0Rows } from "./support/rt0.ts";

const profile = "go1.11";
const root = goRoots.at(-1);

const commits = [
  { commit: "b7f1777a70", count: 853 },
  { commit: "b7f1777a70^", count: 855 },
];

describe.skipIf(history === "" || root === undefined).each(commits)("$commit", ({ commit, count }) => {
  test("the number of findings is history's", { timeout: 300_000 }, async () => {
    const tree = treeAt(commit);
    const findings = await collectFindings(rt0Findings({ root: tree.dir, targets: portsOf(tree), profile }));
    expect(countFindings(findings)).toBe(count);
  });

  test("rt0 reports what the vet of that time reports", { timeout: 300_000 }, async () => {
    const tree = treeAt(commit);
    const targets = portsOf(tree);
    const oracle = buildOracle(root!, treeAt("b7f1777a70"));
    const expected = await collectFindings(oracleFindings(oracle, { tree, targets, profile2018: true }));
    expect(countFindings(expected)).toBe(count);
    const actual = await collectFindings(rt0Findings({ root: tree.dir, targets, profile }));
    expect(describeDifferences(expected, actual, join(tree.dir, "src"))).toBe("");
  });
});

describe.skipIf(history === "")("the whitelists of cmd/vet/all", () => {
  test("list every finding, and nothing else of assembly", { timeout: 300_000 }, async () => {
    const tree = treeAt("b7f1777a70");
    const targets = portsOf(tree);
    const findings = await collectFindings(rt0Findings({ root: tree.dir, targets, profile }));
    expect(targets.flatMap((target) => compareWithWhitelist(tree, target, findings))).toEqual([]);
  });

  test("leave nothing to say when given to rt0", { timeout: 300_000 }, async () => {
    const tree = treeAt("b7f1777a70");
    const options = {
      root: tree.dir,
      targets: portsOf(tree),
      profile,
      whitelist: join(tree.dir, whitelistDir),
    };
    const rows: unknown[] = [];
    // A row would be a finding that is not listed, or an entry for assembly that nothing matches.
    for await (const row of rt0Rows("check", options, ["--rules", "asmdecl,whitelist"])) rows.push(row);
    expect(rows).toEqual([]);
  });
});

const whitelistDir = "src/cmd/vet/all/whitelist";

/** The ports of src/cmd/dist/build.go; vet/all itself leaves out js/wasm. */
function portsOf(tree: Tree): readonly string[] {
  const build = readFileSync(join(tree.dir, "src/cmd/dist/build.go"), "utf8");
  const [table = ""] = /cgoEnabled = map[^}]*/.exec(build) ?? [];
  const ports = [...table.matchAll(/"(\w+\/\w+)":/g)]
    .map((found) => found[1]!)
    .filter((port) => port !== "js/wasm");
  expect(ports).toHaveLength(38);
  return ports;
}

/** Findings that no whitelist entry covers and entries about assembly that no finding needs. */
function compareWithWhitelist(tree: Tree, target: string, findings: Findings): readonly string[] {
  const entries = whitelistOf(tree, target);
  const unlisted = [...(findings.get(target)?.values() ?? [])].filter(({ file, message }) => {
    const entry = `${file}: ${message}`;
    const left = entries.get(entry) ?? 0;
    entries.set(entry, left - 1);
    return left <= 0;
  });
  const unmatched = [...entries].filter(([entry, left]) => left > 0 && /^[^:]*\.s: /.test(entry));
  return [
    ...unlisted.map(({ file, line, message }) => `${target}: unlisted ${file}:${line}: ${message}`),
    ...unmatched.map(([entry, left]) => `${target}: unmatched ${left} times ${entry}`),
  ];
}

/** The entries for a port and how often each may be used (cmd/vet/all/main.go, whitelist.load). */
function whitelistOf(tree: Tree, target: string): Map<string, number> {
  const [os, arch] = target.split("/") as [string, string];
  const sharedSuffix: Readonly<Record<string, string>> = {
    mips64: "mips64x",
    mips64le: "mips64x",
    mips: "mipsx",
    mipsle: "mipsx",
    ppc64: "ppc64x",
    ppc64le: "ppc64x",
  };
  const suffix = sharedSuffix[arch] ?? arch;
  const bits = arch === "amd64p32" || !(arch.includes("64") || arch === "s390x") ? 32 : 64;
  const names = new Set(["all", os, arch, `${os}_${arch}`, `${bits}bit`, suffix, `${os}_${suffix}`]);
  const words: Readonly<Record<string, string>> = {
    GOOS: os === "android" ? "linux" : os,
    GOARCH: arch,
    ARCHSUFF: suffix,
  };
  const dir = join(tree.dir, whitelistDir);
  const entries = new Map<string, number>();
  for (const name of readdirSync(dir).filter((name) => names.has(name.replace(/\.txt$/, "")))) {
    for (const line of readFileSync(join(dir, name), "utf8").split("\n")) {
      if (line === "" || line.startsWith("//")) continue;
      const entry = line.replace(/GOOS|GOARCH|ARCHSUFF/g, (word) => words[word]!);
      entries.set(entry, (entries.get(entry) ?? 0) + 1);
    }
  }
  return entries;
}
