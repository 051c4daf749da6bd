/**
 * On Go's own trees as they were released, and for every target of the release, rt0
 * reports exactly what the release's asmdecl analyzer reports. Hardly anything is
 * wrong in such a tree: this is the test that rt0 does not cry wolf.
 */
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { eachRoot } from "./support/eachRoot.ts";
import { vetProfile, type GoRoot } from "./support/goroots.ts";
import { buildOracle, oracleFindings, oracleRows, treeOf, type Oracle } from "./support/oracle.ts";
import { collectFindings, describeDifferences, type Finding } from "./support/rows.ts";
import { rt0Findings } from "./support/rt0.ts";

eachRoot((root) => {
  test("rt0 reports what vet's asmdecl reports", { timeout: 900_000 }, async () => {
    const expected = await collectFindings(vetFindings(root, buildOracle(root)));
    const profile = vetProfile(root.release);
    const actual = await collectFindings(rt0Findings({ root: root.dir, targets: root.targets, profile }));
    expect(describeDifferences(expected, actual, join(root.dir, "src"))).toBe("");
  });
});

/**
 * The analyzer's findings as `go vet` prints them. The reference also checks the
 * assembly of packages that have no Go file for a target, which the go command
 * refuses to load; those findings are left out.
 */
async function* vetFindings(root: GoRoot, oracle: Oracle): AsyncGenerator<Finding> {
  const question = { tree: treeOf(root), targets: root.targets };
  const all: Finding[] = [];
  for await (const finding of oracleFindings(oracle, question)) all.push(finding);
  const packages = [...new Set(all.map(({ file }) => dirname(file)))];
  if (packages.length === 0) return;
  const loadable = new Set<string>();
  for await (const row of oracleRows(oracle, "files", { ...question, packages })) {
    const { target, pkg, go } = row as { target: string; pkg: string; go: readonly string[] | null };
    if (go !== null && go.length > 0) loadable.add(`${target} ${pkg}`);
  }
  yield* all.filter(({ target, file }) => loadable.has(`${target} ${dirname(file)}`));
}
