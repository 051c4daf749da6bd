/**
 * The macros that the go command defines for the assembler: the system, the
 * architecture, its level, and the experiments. It must not know files.
 */
import { memoByKey } from "../../base/memo.ts";
import { arches } from "../../facts/arch.ts";
import { tagSet } from "../targets/tags.ts";
import type { BuildContext, Target } from "../targets/target.ts";

/** What is defined when assembling for `target`; the same set each time. */
export function asmMacros(target: Target, context: BuildContext): ReadonlySet<string> {
  return macrosOf(context, target);
}

const macrosOf = memoByKey((context: BuildContext, target: Target) => collect(target, context));

function collect(target: Target, context: BuildContext): ReadonlySet<string> {
  const { goos, goarch } = target;
  const macros = new Set([`GOOS_${goos}`, `GOARCH_${goarch}`]);
  const level = context.levels[goarch] ?? "";
  for (const name of arches[goarch].levels?.macros(level, context.release) ?? []) macros.add(name);
  // The assembler defines these for the runtime's packages alone; nobody else's code has a use for them.
  for (const tag of tagSet(target, context)) {
    if (tag.startsWith("goexperiment.")) macros.add(`GOEXPERIMENT_${tag.slice("goexperiment.".length)}`);
  }
  return macros;
}
