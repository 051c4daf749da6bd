/**
 * On Go's own trees as they were released, and for every target of the release, rt0
 * reports exactly what the release's asmdecl analyzer reports. Hardly anything is
 * wrong in such a tree: this is the test that rt0 does not cry wolf.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goRoots, vetProfile } from "./support/goroots.ts";
import { buildOracle, oracleFindings, treeOf, withoutOracle } from "./support/oracle.ts";
import { collectFindings, describeDifferences } from "./support/rows.ts";
import { rt0Findings } from "./support/rt0.ts";

describe.skipIf(withoutOracle).each(goRoots())("$version", (root) => {
  test("rt0 reports what vet's asmdecl reports", { timeout: 900_000 }, async () => {
    const question = { tree: treeOf(root), targets: root.targets };
    const expected = await collectFindings(oracleFindings(buildOracle(root), question));
    const profile = vetProfile(root.release);
    const actual = await collectFindings(rt0Findings({ root: root.dir, targets: root.targets, profile }));
    expect(describeDifferences(expected, actual, join(root.dir, "src"))).toBe("");
  });
});
