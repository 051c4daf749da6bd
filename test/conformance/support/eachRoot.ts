/**
 * Defines the same tests for every Go tree at hand. Where there is none, or no
 * reference checker, the tests are there but skipped, so that a run shows what it
 * left out.
 */
import { describe } from "vitest";
import { goRoots, type GoRoot } from "./goroots.ts";
import { withoutOracle } from "./oracle.ts";

export function eachRoot(define: (root: GoRoot) => void): void {
  const roots = goRoots();
  const none: GoRoot = { dir: "", version: "no Go tree", release: 0, targets: [] };
  const skip = withoutOracle || roots.length === 0;
  describe.skipIf(skip).each(roots.length > 0 ? roots : [none])("$version", define);
}
