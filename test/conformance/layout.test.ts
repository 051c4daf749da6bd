/**
 * For every target, rt0 gives a package's types the sizes, alignments and field
 * offsets that go/types of the release gives them.
 */
import { expect, test } from "vitest";
import { compareFacts, describeFacts, packagesOfInterest, type Fact } from "./support/facts.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { vetProfile } from "./support/goroots.ts";
import { buildOracle, oracleRows, treeOf } from "./support/oracle.ts";
import { rt0Rows } from "./support/rt0.ts";

interface Layout {
  readonly target: string;
  readonly type: string;
  readonly size: number;
  readonly align: number;
}

interface OracleLayout extends Layout {
  readonly pkg: string;
  readonly fields?: readonly { readonly name: string; readonly off: number; readonly size: number }[] | null;
}

interface Rt0Layout extends Layout {
  readonly package: string;
  readonly fields?: readonly { readonly name: string; readonly offset: number; readonly size: number }[];
}

eachRoot((root) => {
  test("rt0 layout agrees with go/types", { timeout: 900_000 }, async () => {
    const oracle = buildOracle(root);
    const packages = packagesOfInterest(root);

    async function* expected(targets: readonly string[]): AsyncGenerator<Fact> {
      for await (const row of oracleRows(oracle, "layout", { tree: treeOf(root), targets, packages })) {
        const { pkg, fields, ...layout } = row as OracleLayout;
        const places = fields?.map(({ name, off, size }) => `${name}@${off}+${size}`);
        yield fact(pkg, layout, places ?? []);
      }
    }
    async function* actual(targets: readonly string[]): AsyncGenerator<Fact> {
      const options = { root: root.dir, targets, profile: vetProfile(root.release) };
      for await (const row of rt0Rows("layout", { ...options, packages })) {
        const { package: path, fields, ...layout } = row as Rt0Layout;
        const places = fields?.map(({ name, offset, size }) => `${name}@${offset}+${size}`);
        yield fact(path, layout, places ?? []);
      }
    }
    const { count, differences } = await compareFacts(root.targets, expected, actual);
    expect(describeFacts(differences)).toBe("");
    expect(count).toBeGreaterThan(1000 * root.targets.length);
  });
});

function fact(path: string, { target, type, size, align }: Layout, places: readonly string[]): Fact {
  return { key: `${target} ${path}.${type}`, value: `size ${size} align ${align} ${places.join(" ")}` };
}
