/**
 * What `rt0 signals` reads from the source of Go 1.27 is what rt0 knows of that release without source, which was
 * gathered by other means (go/types over the package, tables by hand), on every target.
 */
import { expect, test } from "vitest";
import type { PreviewSide } from "../../server/src/core/index.ts";
import { runRows, tree } from "../cli/runMain.ts";
import { goRoots } from "./support/goroots.ts";

const root = goRoots.find(({ release }) => release === 27);

test.skipIf(!root)("source and facts agree on signals, sets, stacks and flags", { timeout: 300_000 }, () => {
  const fromSource = told(root!.dir);
  const fromFacts = told(tree({}));
  let compared = 0;
  for (const [target, source] of fromSource) {
    const facts = fromFacts.get(target)!;
    // Windows and wasm have no table of signals.
    if (facts.signals.length === 0) continue;
    expect([target, source.signals]).toEqual([target, facts.signals]);
    // The facts have what is asked for; where the system's share is added, the next power of two is allocated.
    const asked =
      target === "ios/arm64" ? source.notes.map((text) => text.replace("65536", "32768")) : source.notes;
    expect([target, ...asked]).toEqual(expect.arrayContaining([target, ...facts.notes]));
    expect([target, source.flags]).toEqual([target, facts.flags]);
    compared++;
  }
  expect(compared).toBeGreaterThan(35);
});

interface Told {
  readonly signals: readonly (readonly string[])[];
  /** How many signals, how wide a set, how large a stack. */
  readonly notes: readonly string[];
  /** The constants that setsig's flags are made of, without those that are 0. */
  readonly flags: readonly string[];
}

/** What is said of each target for a tree, or an empty directory. */
function told(dir: string): ReadonlyMap<string, Told> {
  return new Map(
    runRows<PreviewSide>(dir, ["signals", "--root", dir]).flatMap(({ targets, sections }) => {
      const table = (key: string) => {
        const found = sections.find((section) => section.key === key);
        return found?.kind === "table" ? found.rows.map(({ cells }) => cells.map(({ text }) => text)) : [];
      };
      const notes = sections.flatMap((section) => (section.kind === "notes" ? section.notes : []));
      const words = notes.map(({ text }) => text);
      const store = table("stores").find(([field]) => field === "sa_flags")?.[1];
      const setsig = words.find((text) => text.startsWith("setsig: "))?.slice("setsig: ".length);
      const zero = table("constants").flatMap(([name = "", value]) => (value === "0x0" ? [name] : []));
      const flags = (/SA_\w+(\|SA_\w+)*/.exec(store ?? setsig ?? "")?.[0] ?? "").split("|");
      const value: Told = {
        signals: table("signals"),
        notes: words.filter((text) => /^(\d+ signals|a set of|handlers run)/.test(text)),
        flags: flags.filter((flag) => !zero.includes(flag)),
      };
      return targets.map((target): [string, Told] => [target, value]);
    }),
  );
}
