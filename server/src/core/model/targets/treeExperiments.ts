/**
 * Reads a Go tree's own internal/buildcfg/exp.go for the experiments it has on by
 * default, which a tree under development changes from week to week. It must not
 * know other files of the tree.
 */
import { isGoArch, type GoArch } from "../../facts/arch.ts";
import type { Experiment } from "../../facts/experiments.ts";
import { isGoOS } from "../../facts/os.ts";

/** For which targets a variable of the source is true. */
type Condition = Pick<Experiment, "arches" | "notOSes">;

/**
 * The experiments in the `baseline` of `ParseGOEXPERIMENT`; undefined where the text says
 * it in a way not known here, and the embedded table must do.
 */
export function treeExperiments(text: string): readonly Experiment[] | undefined {
  const start = text.indexOf("\nfunc ParseGOEXPERIMENT(");
  const opening = /\n\tbaseline :?= goexperiment\.Flags\{\n/.exec(text.slice(Math.max(start, 0)));
  if (start < 0 || opening === null) return undefined;
  const literal = start + opening.index + opening[0].length;
  const end = text.indexOf("\n\t}", literal);
  if (end < 0) return undefined;
  const before = text.slice(start, literal);
  const conditions = new Map<string, Condition>([
    ...archConditions(before),
    ...systemConditions(before),
    ["true", {}],
  ]);
  const experiments: Experiment[] = [];
  for (const line of text.slice(literal, end).split("\n")) {
    if (/^\s*(?:\/\/.*)?$/.test(line)) continue;
    const [, name, value] = /^\t\t(\w+):\s*(\w+),\s*(?:\/\/.*)?$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (value === "false") continue;
    const condition = conditions.get(value);
    if (condition === undefined) return undefined;
    experiments.push({ name: name.toLowerCase(), first: 0, ...condition });
  }
  return experiments;
}

/** Variables that cases of a `switch goarch` set to true. */
function archConditions(text: string): Map<string, Condition> {
  const archesOf = new Map<string, GoArch[]>();
  let arches: GoArch[] = [];
  for (const line of text.split("\n")) {
    const names = /^\tcase ("[^:]*"):$/.exec(line)?.[1];
    if (names !== undefined)
      arches = names
        .split(",")
        .map((name) => name.trim().slice(1, -1))
        .filter(isGoArch);
    if (line === "\t}") arches = [];
    const variable = /^\t\t(\w+) = true$/.exec(line)?.[1];
    if (variable === undefined) continue;
    const known = archesOf.get(variable);
    if (known === undefined) archesOf.set(variable, [...arches]);
    else known.push(...arches);
  }
  return new Map(Array.from(archesOf, ([variable, arches]) => [variable, { arches }]));
}

/** Variables declared as `v := (goos != "a" && goos != "b")`. */
function systemConditions(text: string): Map<string, Condition> {
  const conditions = new Map<string, Condition>();
  const declarations = text.matchAll(/^\t(\w+) := \(?(goos != "\w+"(?: && goos != "\w+")*)\)?$/gm);
  for (const [, variable = "", condition = ""] of declarations) {
    const names = Array.from(condition.matchAll(/"(\w+)"/g), ([, name = ""]) => name);
    conditions.set(variable, { notOSes: names.filter(isGoOS) });
  }
  return conditions;
}
