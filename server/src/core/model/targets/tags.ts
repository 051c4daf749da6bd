/**
 * Which build tags hold for a target: `matchTag` in go/build/build.go, with the
 * tool tags of internal/buildcfg and the release tags of the context. It must not
 * know files or constraints.
 */
import { memoByKey } from "../../base/memo.ts";
import { levelTags } from "../../facts/levelTags.ts";
import { baselineExperiments } from "../../facts/experiments.ts";
import { oses } from "../../facts/os.ts";
import { portsOf } from "../../facts/targets.ts";
import type { BuildContext, Target } from "./target.ts";

/** Tells of each tag whether it holds for `target`. */
export function tagsOf(target: Target, context: BuildContext): (tag: string) => boolean {
  const tags = tagSet(target, context);
  return (tag) => tags.has(tag);
}

/** Every tag that holds for `target`; the same set each time. */
export function tagSet(target: Target, context: BuildContext): ReadonlySet<string> {
  return tagSetsOf(context, target);
}

const tagSetsOf = memoByKey((context: BuildContext, target: Target) => collectTags(target, context));

/** Whether cgo is on for `target`. */
export function cgoEnabled(target: Target, context: BuildContext): boolean {
  return tagSet(target, context).has("cgo");
}

function collectTags({ goos, goarch, name }: Target, context: BuildContext): ReadonlySet<string> {
  const { release } = context;
  const tags = new Set<string>([goos, goarch, "gc", ...context.tags]);
  const os = oses[goos];
  if (os.implies !== undefined) tags.add(os.implies);
  if (os.unix && release >= 19) tags.add("unix");
  if (context.cgo && portsOf(release).some((port) => port.name === name && port.cgo)) tags.add("cgo");
  for (let minor = 1; minor <= release; minor++) tags.add(`go1.${minor}`);
  for (const tag of levelTags(goarch, context.levels[goarch], release)) tags.add(tag);
  for (const experiment of experimentsOf({ goos, goarch, name }, context)) {
    tags.add(`goexperiment.${experiment}`);
  }
  // The old name of the experiment, from the time it was a branch of its own.
  if (release >= 19) {
    if (tags.has("goexperiment.boringcrypto")) tags.add("boringcrypto");
    else tags.delete("boringcrypto");
  }
  return tags;
}

/** The baseline of the target, changed by the context's words as GOEXPERIMENT changes it. */
function experimentsOf({ goos, goarch }: Target, context: BuildContext): ReadonlySet<string> {
  const baseline = baselineExperiments(goos, goarch, context.release, context.baseline);
  const experiments = new Set(baseline);
  for (const word of context.experiments) {
    if (word === "none") experiments.clear();
    else if (word.startsWith("no")) experiments.delete(word.slice(2));
    else experiments.add(word);
  }
  // "regabi" is a word for the two below, and no experiment.
  experiments.delete("regabi");
  // The register ABI cannot be switched off once a release has it for the architecture, nor on elsewhere.
  for (const name of ["regabiwrappers", "regabiargs"]) {
    if (baseline.includes(name)) experiments.add(name);
    else experiments.delete(name);
  }
  return experiments;
}
