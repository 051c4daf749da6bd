/**
 * The macros that the go command defines for the assembler: the system, the
 * architecture, its level, and the experiments. It must not know files.
 */
import { memoByKey } from "../../base/memo.ts";
import { levelTags } from "../../facts/archLevels.ts";
import type { GoArch } from "../../facts/arch.ts";
import { tagSet } from "../targets/tags.ts";
import type { BuildContext, Target } from "../targets/target.ts";

/**
 * How the macros of an architecture's level begin, and the release that has them first
 * (`asmArgs` in cmd/go/internal/work/gc.go).
 */
const levelMacros: Readonly<Partial<Record<GoArch, { readonly prefix: string; readonly since: number }>>> = {
  "386": { prefix: "GO386", since: 16 },
  amd64: { prefix: "GOAMD64", since: 18 },
  arm: { prefix: "GOARM", since: 22 },
  mips: { prefix: "GOMIPS", since: 11 },
  mipsle: { prefix: "GOMIPS", since: 11 },
  mips64: { prefix: "GOMIPS64", since: 11 },
  mips64le: { prefix: "GOMIPS64", since: 11 },
  ppc64: { prefix: "GOPPC64", since: 21 },
  ppc64le: { prefix: "GOPPC64", since: 21 },
  riscv64: { prefix: "GORISCV64", since: 23 },
};

/** What is defined when assembling for `target`; the same set each time. */
export function asmMacros(target: Target, context: BuildContext): ReadonlySet<string> {
  return macrosOf(context, target);
}

const macrosOf = memoByKey((context: BuildContext, target: Target) => collect(target, context));

function collect(target: Target, context: BuildContext): ReadonlySet<string> {
  const { goos, goarch } = target;
  const macros = new Set([`GOOS_${goos}`, `GOARCH_${goarch}`]);
  const row = levelMacros[goarch];
  if (row !== undefined && context.release >= row.since) {
    // The tags of a level are younger than its macros, so those of a release that has them are asked for.
    const levels = levelTags(goarch, context.levels[goarch], Math.max(context.release, 23));
    const names = levels.map((tag) => `${row.prefix}_${tag.slice(goarch.length + 1)}`);
    // The lower levels are named too where the architecture counts as a ladder of features.
    const all = row.prefix === "GOARM" || row.prefix === "GOPPC64";
    for (const name of all ? names : names.slice(-1)) macros.add(name);
  }
  const level = context.levels[goarch] ?? "";
  if (goarch === "arm64" && context.release >= 23 && /,lse\b|^v8\.[1-9]|^v9/.test(level))
    macros.add("GOARM64_LSE");
  // The assembler defines these for the runtime's packages alone; nobody else's code has a use for them.
  for (const tag of tagSet(target, context)) {
    if (tag.startsWith("goexperiment.")) macros.add(`GOEXPERIMENT_${tag.slice("goexperiment.".length)}`);
  }
  return macros;
}
