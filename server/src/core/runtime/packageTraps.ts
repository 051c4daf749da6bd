/**
 * The system calls that assembly makes: every trap and library call of a file, on all its targets at
 * once, or of a package on one target. Plain data, with spans of the files as written.
 */
import { LatestCache } from "../base/memo.ts";
import { isGoArch } from "../facts/arch.ts";
import { isGoOS } from "../facts/os.ts";
import { LineIndex } from "../base/lineIndex.ts";
import type { Span } from "../base/span.ts";
import type { AsmCode, AsmFunction } from "../model/asm/asmCode.ts";
import type { AsmValue } from "../model/asm/constantPropagation.ts";
import type { Target } from "../model/targets/target.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { mentionsTrap, type Trap, trapsOf } from "../model/asm/traps.ts";
import { kernelOf } from "../oslayer/system.ts";
import { macroNames } from "../model/asm/macroNames.ts";
import { codesOf } from "../workspace/codesOf.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { AsmSource } from "../workspace/sourceFile.ts";

export interface FoundTrap {
  readonly file: string;
  /** Of the instruction, or of the macro use that it comes through. */
  readonly span: Span;
  /** Counted from zero. */
  readonly line: number;
  /** The TEXT symbol as written: `runtime·exit`. */
  readonly function: string;
  /** Indexes of the targets on which it is this call. */
  readonly targets: TargetSet;
  readonly trap: Trap;
  /** Where the number comes from a macro, the macro's name: "SYS_exit". */
  readonly macro: string | undefined;
  /** Where the constant stands that is, or begins, the number. */
  readonly numberSpan: Span | undefined;
  /** What is in each place of each argument, in Go's notation. */
  readonly loaded: readonly (readonly string[])[];
}

/** The system calls of a file, in the order of its text; one for all targets that share a kernel and an architecture. */
export function trapsIn(snapshot: Snapshot, directory: string, file: string): readonly FoundTrap[] {
  const source = snapshot.directories.get(directory)?.files.get(file);
  if (source?.kind !== "asm" || !mentionsTrap(source.text, "all")) return [];
  const { codes } = codesOf(snapshot, directory, source);
  return trapsInCodes.get(
    codes,
    () => true,
    () => trapsOfSource(snapshot, directory, source),
  );
}

/** By the code, which is made for one file: what is found in it goes when it goes. */
const trapsInCodes = new LatestCache<readonly AsmCode[], readonly FoundTrap[]>();

/** What is called; undefined where that is not known. */
export function trapName({ trap }: FoundTrap): string | undefined {
  return trap.library?.name ?? trap.call?.name;
}

/** The system calls of a package on the target with this index, by file and line. */
export function packageTraps(snapshot: Snapshot, directory: string, target: number): readonly FoundTrap[] {
  const files = [...(snapshot.directories.get(directory)?.files.values() ?? [])];
  return files
    .filter((file) => file.kind === "asm" && mentionsTrap(file.text, "all"))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((file) => trapsOfSource(snapshot, directory, file as AsmSource, target));
}

function trapsOfSource(
  snapshot: Snapshot,
  directory: string,
  source: AsmSource,
  only?: number,
): readonly FoundTrap[] {
  const { targets } = snapshot.world;
  const named = namedTarget(directory, source.name);
  const lines = new LineIndex(source.text);
  const found: FoundTrap[] = [];
  for (const code of codesOf(snapshot, directory, source).codes) {
    const built = [...code.targets].filter((index) => !named || isSame(targets[index]!, named));
    for (const group of groups(built, targets)) {
      if (only !== undefined && !group.includes(only)) continue;
      const target = targets[only ?? group[0]!]!;
      const holds = only === undefined ? group : [only];
      const set = TargetSet.where(targets.length, (index) => holds.includes(index));
      for (const fn of code.functions) {
        for (const trap of trapsOf(fn, target, "all"))
          found.push(describe(source, lines, code, fn, trap, set));
      }
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Targets whose system calls are the same: android's are linux's. */
function groups(indexes: readonly number[], targets: readonly Target[]): readonly (readonly number[])[] {
  const found = new Map<string, number[]>();
  for (const index of indexes) {
    const { goos, goarch } = targets[index]!;
    const key = `${kernelOf(goos)}/${goarch}`;
    const group = found.get(key);
    if (group) group.push(index);
    else found.set(key, [index]);
  }
  return [...found.values()];
}

/**
 * The one target that a file is for by names of Go's first years: sys_amd64_darwin.s, of which go/build
 * looks at the last word alone, and darwin/amd64/sys.s.
 */
function namedTarget(
  directory: string,
  name: string,
): { readonly goos: string; readonly goarch: string } | undefined {
  const [, first = "", last = ""] = /_([a-z0-9]+)_([a-z0-9]+)\.s$/.exec(name) ?? [];
  if (isGoArch(first) && isGoOS(last)) return { goos: last, goarch: first };
  const [outer = "", inner = ""] = directory.split("/").slice(-2);
  return isGoOS(outer) && isGoArch(inner) ? { goos: outer, goarch: inner } : undefined;
}

function isSame(
  target: Target,
  { goos, goarch }: { readonly goos: string; readonly goarch: string },
): boolean {
  return target.goos === goos && target.goarch === goarch;
}

function describe(
  source: AsmSource,
  lines: LineIndex,
  code: AsmCode,
  fn: AsmFunction,
  trap: Trap,
  targets: TargetSet,
): FoundTrap {
  const { span } = code.written(trap.statement);
  const from = trap.number.kind === "constant" ? trap.number.from : [];
  const number = from.at(-1);
  return {
    file: source.name,
    span,
    line: lines.lineAt(span.start),
    function: fn.name,
    targets,
    trap,
    macro: macroNames(source.text, code, from)[0],
    numberSpan: number && code.written(number).span,
    loaded: trap.arguments.map(({ values }) => values.map((value) => valueText(value, code))),
  };
}

/** A value in Go's notation: "fd+0(FP)", "$0x80", "8(R0)". */
function valueText(value: AsmValue, code: AsmCode): string {
  switch (value.kind) {
    case "constant":
      return `$${value.value}`;
    case "argument":
      return `${frameText(value.name, value.offset)}${value.added === 0n ? "" : ` + ${value.added}`}`;
    case "argumentAddress":
      return `$${frameText(value.name, value.offset)}`;
    case "symbol":
      return `${value.isAddress ? "$" : ""}${value.name}(SB)`;
    case "operand":
      return value.text;
    case "register":
      return value.name;
    case "entry":
      return "not loaded";
    case "result":
      return "result of the call before";
    case "computed":
      return code.text.slice(value.by.start, value.by.end).replace(/\s+/g, " ");
    case "varies":
      return "depends on the way taken";
    case "unknown":
      return "unknown";
  }
}

function frameText(name: string, offset: number): string {
  return `${name}${name === "" ? "" : "+"}${offset}(FP)`;
}
