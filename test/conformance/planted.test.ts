/**
 * On Go's own trees with thousands of random mistakes planted in assembly and
 * declarations, rt0 reports exactly what the release's asmdecl analyzer reports.
 * RT0_SEEDS chooses other seeds: "7", "1-20" or "3,5". A seed names the same
 * mistakes on every machine.
 */
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { eachRoot } from "./support/eachRoot.ts";
import { goRoots, vetProfile, type GoRoot } from "./support/goroots.ts";
import { buildOracle, oracleFindings } from "./support/oracle.ts";
import { plantTree } from "./support/plant.ts";
import {
  collectFindings,
  countDistinctFindings,
  countFindings,
  describeDifferences,
} from "./support/rows.ts";
import { rt0Findings } from "./support/rt0.ts";

const chosenSeeds = process.env["RT0_SEEDS"];
const seeds = chosenSeeds === undefined ? [1, 2, 3] : parseSeeds(chosenSeeds);

let total = 0;
let distinct = 0;

eachRoot((root) => {
  test.each(seeds)("rt0 reports what vet's asmdecl reports, seed %i", { timeout: 900_000 }, async (seed) => {
    const tree = plantTree(root, seed);
    const { packages } = tree;
    const targets = seed === 1 ? root.targets : someTargets(root, seed);
    const expected = await collectFindings(oracleFindings(buildOracle(root), { tree, targets, packages }));
    const profile = vetProfile(root.release);
    const actual = await collectFindings(rt0Findings({ root: tree.dir, targets, packages, profile }));
    total += countFindings(expected);
    distinct += countDistinctFindings(expected);
    expect(describeDifferences(expected, actual, join(tree.dir, "src"))).toBe("");
  });
});

test.skipIf(goRoots.length < 3 || chosenSeeds !== undefined)("the mistakes are many", () => {
  expect(distinct).toBeGreaterThan(20_000);
});

afterAll(() => {
  if (total === 0) return;
  process.stderr.write(
    `planted: ${total} findings of the reference, ${distinct} distinct lines and messages\n`,
  );
});

/** For every architecture one target, another for another seed. */
function someTargets(root: GoRoot, seed: number): readonly string[] {
  const byArch = new Map<string, string[]>();
  for (const target of root.targets) {
    const arch = target.slice(target.indexOf("/") + 1);
    byArch.set(arch, [...(byArch.get(arch) ?? []), target]);
  }
  return [...byArch.values()].map((targets) => targets[seed % targets.length]!);
}

function parseSeeds(text: string): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
