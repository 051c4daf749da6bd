/**
 * Defines the same tests for every Go tree at hand. Where there is none they are
 * there but skipped, so that a run shows what it left out.
 */
import { describe } from "vitest";
import { type GoRoot, goRoots } from "./goroots.ts";

type Define = (root: GoRoot) => void;

export function eachRoot(define: Define): void {
  eachRootOf({}, define);
}

export interface RootChoice {
  /** Of the trees that the tests are about. */
  readonly where?: (root: GoRoot) => boolean;
  /** Whether something else is missing that they need. */
  readonly skip?: boolean;
}

export function eachRootOf({ where = () => true, skip = false }: RootChoice, define: Define): void {
  const roots = goRoots.filter(where);
  const none: GoRoot = { dir: "", version: "no Go tree", release: 0, targets: [] };
  describe.skipIf(skip || roots.length === 0).each(roots.length > 0 ? roots : [none])("$version", define);
}
