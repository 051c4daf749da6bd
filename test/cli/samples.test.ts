import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachRootOf } from "../conformance/support/eachRoot.ts";
import { type GoRoot, goRoots, tryGo } from "../conformance/support/goroots.ts";
import { repository, rows, runMain } from "./runMain.ts";

const samples = join(repository, "samples");

interface Row {
  readonly file: string;
  readonly line: number;
  readonly targets: readonly string[];
}

test("each planted mistake is found once, below the comment that explains it, and nothing else is", () => {
  const { status, stdout, stderr } = runMain(repository, ["check", "--root", "samples", "--format", "json"]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: [] });
  const found = rows<Row>(stdout).map(({ file, line }) => ({ file, comment: commentAbove(file, line) }));
  const assembly = readdirSync(samples, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".s"),
  );
  const planted = assembly.sort().flatMap((file) => mistakesIn(file).map((comment) => ({ file, comment })));
  expect(planted.length).toBeGreaterThanOrEqual(7);
  expect(found).toEqual(planted);
});

function linesOf(file: string): string[] {
  return readFileSync(join(samples, file), "utf8").split("\n");
}

/** Lines, from one, that begin the explanation of a mistake. */
function mistakesIn(file: string): number[] {
  return linesOf(file).flatMap((line, i) => (line.startsWith("// MISTAKE: ") ? [i + 1] : []));
}

/** The last explanation above a line; undefined if another function begins between them. */
function commentAbove(file: string, line: number): number | undefined {
  const comment = mistakesIn(file).findLast((at) => at < line);
  if (comment === undefined) return undefined;
  const functions = linesOf(file)
    .slice(comment, line)
    .filter((text) => text.startsWith("TEXT "));
  return functions.length === 1 ? comment : undefined;
}

test("the table in samples/README.md names the files and targets", () => {
  const table = readFileSync(join(samples, "README.md"), "utf8").split("\n");
  for (const { file, targets } of rows<Row>(runMain(samples, ["check", "--format", "json"]).stdout)) {
    const row = table.find((line) => line.startsWith(`| \`${file}\` `));
    expect(row, file).toBeDefined();
    for (const target of targets) expect(row).toContain(targets.length > 2 ? "every arm64 target" : target);
  }
});

// A toolchain that is older than the samples' go line refuses them.
const where = (root: GoRoot) => root === goRoots.at(-1) && root.release >= 24;

eachRootOf({ where }, (root) => {
  test.each(["linux/amd64", "linux/arm64", "linux/386", "darwin/arm64", "freebsd/amd64"])(
    "%s builds, and go vet reports the same",
    { timeout: 300_000 },
    (target) => {
      const go = (...args: string[]) => {
        const { stdout, stderr } = tryGo(root, args, { cwd: samples, target });
        return stdout + stderr;
      };
      expect(go("build", "./...")).toBe("");
      const ours = runMain(samples, ["check", "--target", target, "--format", "vet"]).stdout;
      expect(findingsIn(ours)).toEqual(findingsIn(go("vet", "-asmdecl", "./...")));
      expect(findingsIn(ours).length).toBeGreaterThan(0);
    },
  );
});

/** Vet's lines without the headers of packages, which it analyses in any order. */
function findingsIn(text: string): string[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => line.replace(/^\.\//, "")).sort();
}
