/** For every target, rt0 gives a package's constants the exact values that go/types of the release gives them. */
import { expect, test } from "vitest";
import { compareFacts, describeFacts, packagesOfInterest, type Fact } from "./support/facts.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { vetProfile } from "./support/goroots.ts";
import { buildOracle, oracleRows, treeOf } from "./support/oracle.ts";
import { rt0Rows } from "./support/rt0.ts";

interface OracleConst {
  readonly target: string;
  readonly pkg: string;
  readonly const?: string;
  readonly value: string;
}

interface Rt0Const {
  readonly target: string;
  readonly package: string;
  readonly name: string;
  readonly value: string;
}

eachRoot((root) => {
  test("rt0 consts agrees with go/types", { timeout: 900_000 }, async () => {
    const oracle = buildOracle(root);
    const packages = packagesOfInterest(root);

    async function* expected(targets: readonly string[]): AsyncGenerator<Fact> {
      for await (const row of oracleRows(oracle, "asmhdr", { tree: treeOf(root), targets, packages })) {
        const { target, pkg, const: name, value } = row as OracleConst;
        // The other rows of this answer are of struct types.
        if (name !== undefined) yield { key: `${target} ${pkg}.${name}`, value };
      }
    }
    async function* actual(targets: readonly string[]): AsyncGenerator<Fact> {
      const options = { root: root.dir, targets, profile: vetProfile(root.release) };
      for await (const row of rt0Rows("consts", { ...options, packages })) {
        const { target, package: path, name, value } = row as Rt0Const;
        yield { key: `${target} ${path}.${name}`, value };
      }
    }
    const { count, differences } = await compareFacts(root.targets, expected, actual);
    expect(describeFacts(differences)).toBe("");
    expect(count).toBeGreaterThan(1000 * root.targets.length);
  });
});
