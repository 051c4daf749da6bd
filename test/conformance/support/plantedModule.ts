/**
 * A module that is written for a test, so that rt0 and the go command of a tree can be
 * asked about it. It must not know what is wrong in it.
 */
import { dirname } from "node:path";
import { expect } from "vitest";
import { runRows, tree } from "../../cli/runMain.ts";
import { type GoOutput, type GoRoot, tryGo } from "./goroots.ts";
import { differences, type Finding, noDifferences } from "./rows.ts";

export interface PlantedModule {
  /** Of the module. */
  readonly path: string;
  /** By name below the module. */
  readonly files: Iterable<readonly [name: string, text: string]>;
  /** Of the packages that something may be wrong with, below the module. */
  readonly directories: readonly string[];
}

/** A module on disk. It is removed after the test. */
export interface WrittenModule {
  readonly directory: string;
  /** Runs the go command in it, for a target. */
  go(target: string, ...args: readonly string[]): GoOutput;
  /** What `rt0 check` reports, one per target; `more` are flags and packages, all of them where none is named. */
  findings(targets: readonly string[], rules: string, more?: readonly string[]): readonly Finding[];
}

export function writeModule(root: GoRoot, files: PlantedModule["files"]): WrittenModule {
  const directory = tree(Object.fromEntries(files));
  return {
    directory,
    go: (target, ...args) => tryGo(root, args, { cwd: directory, target }),
    findings(targets, rules, more = ["./..."]) {
      const tree = ["--root", directory, "--goroot", root.dir];
      const flags = ["--per-target", "--target", targets.join(), "--rules", rules];
      return runRows(directory, ["check", ...tree, ...flags, ...more]);
    },
  };
}

/** The package and the target of a finding. */
export function placeOf({ file, target }: Pick<Finding, "file" | "target">): string {
  return `${dirname(file)} ${target}`;
}

export interface Trial {
  readonly targets: readonly string[];
  readonly rules: string;
  /** The directories of the packages that the toolchain refuses on a target. */
  refused(module: WrittenModule, target: string): readonly string[];
  /** How many packages are refused at least, and how many are not, a package on two targets counting twice. */
  readonly atLeast: number;
}

/** Expects rt0 to report a package on exactly those targets on which the toolchain refuses it. */
export function expectFaults(root: GoRoot, planted: PlantedModule, trial: Trial): void {
  const { targets, rules, atLeast } = trial;
  const module = writeModule(root, planted.files);
  const refused = targets.flatMap((target) =>
    trial.refused(module, target).map((directory) => `${directory} ${target}`),
  );
  expect(differences(refused, module.findings(targets, rules).map(placeOf))).toEqual(noDifferences);
  // Neither side may agree by saying nothing, or everything.
  expect(refused.length).toBeGreaterThan(atLeast);
  expect(planted.directories.length * targets.length - refused.length).toBeGreaterThan(atLeast);
}
