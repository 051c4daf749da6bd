/**
 * Which of the times of Go's history a tree of Go itself is from, as far as its OS layer
 * is concerned, and which ports such a tree has where it has no list of them: told by
 * the names of its files alone. It must not read them.
 */
import { type Port } from "../../facts/targets.ts";
import { parseTarget } from "./target.ts";

/**
 * "2008": a runtime in C over raw traps, packages in src/lib. "2009": package syscall with its generators,
 * packages in src/pkg, the runtime still in C. "2014": the runtime's C becomes Go. "2015": all in Go, raw traps
 * on darwin. "2018": libc on darwin. "today": since Go has modules.
 */
export type Era = "2008" | "2009" | "2014" | "2015" | "2018" | "today";

export interface TreeNames {
  /** What is in the tree's src. */
  readonly src: readonly string[];
  /** What is in the directory of package runtime; in directories below it with their names before, `darwin/amd64/rt0.s`. */
  readonly runtime: readonly string[];
}

export function eraOf({ src, runtime }: TreeNames): Era {
  if (src.includes("lib") && src.includes("runtime") && !src.includes("fmt")) {
    // Until March 2009 packages lay in src/lib.
    if (!runtime.some((name) => name.startsWith("darwin/"))) return "2008";
  }
  const hasC = runtime.some((name) => /\.(?:c|goc)$/.test(name) && !name.includes("cgo"));
  const hasGo = runtime.some((name) => /^os\d?_\w+\.go$/.test(name));
  if (hasC) return hasGo ? "2014" : "2009";
  if (src.includes("go.mod")) return "today";
  return runtime.includes("sys_darwin.go") ? "2018" : "2015";
}

/** The ports that the tree has an entry point for, `rt0_linux_amd64.s`, sorted by name; none where it names none. */
export function portsByEntry(runtime: readonly string[]): readonly Port[] {
  const names = runtime.flatMap((name) => {
    const [, first, second] =
      /^rt0_([a-z0-9]+)_([a-z0-9]+)\.s$/.exec(name) ?? /^([a-z0-9]+)\/([a-z0-9]+)\/rt0\.s$/.exec(name) ?? [];
    if (first === undefined) return [];
    // In 2008 the architecture came first.
    const target = parseTarget(`${first}/${second}`) ?? parseTarget(`${second}/${first}`);
    return target ? [target.name] : [];
  });
  return [...new Set(names)].sort().map((name) => ({ name, cgo: false }));
}
