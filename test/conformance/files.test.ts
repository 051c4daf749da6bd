/** For every target, rt0 selects the Go and assembly files of a package that go/build of the release selects. */
import { expect, test } from "vitest";
import { compareFacts, describeFacts, packagesOfInterest, type Fact } from "./support/facts.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { vetProfile } from "./support/goroots.ts";
import { buildOracle, oracleRows, treeOf } from "./support/oracle.ts";
import { rt0Rows } from "./support/rt0.ts";

interface Row {
  readonly target: string;
  readonly go: readonly string[] | null;
  readonly s: readonly string[] | null;
}

eachRoot((root) => {
  test("rt0 files agrees with go/build", { timeout: 900_000 }, async () => {
    const oracle = buildOracle(root);
    const packages = packagesOfInterest(root);

    async function* expected(targets: readonly string[]): AsyncGenerator<Fact> {
      for await (const row of oracleRows(oracle, "files", { tree: treeOf(root), targets, packages })) {
        const { pkg, ...files } = row as Row & { readonly pkg: string };
        yield fact(pkg, files);
      }
    }
    async function* actual(targets: readonly string[]): AsyncGenerator<Fact> {
      const options = { root: root.dir, targets, packages, profile: vetProfile(root.release) };
      for await (const row of rt0Rows("files", options)) {
        const { package: path, ...files } = row as Row & { readonly package: string };
        yield fact(path, files);
      }
    }
    const { count, differences } = await compareFacts(root.targets, expected, actual);
    expect(describeFacts(differences)).toBe("");
    expect(count).toBe(root.targets.length * packages.length);
  });
});

function fact(path: string, { target, go, s }: Row): Fact {
  return { key: `${target} ${path}`, value: [...(go ?? []), ...(s ?? [])].sort().join(" ") };
}
