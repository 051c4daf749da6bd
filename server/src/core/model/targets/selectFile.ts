/**
 * Which targets build a file: its name, its constraint, and for Go whether it
 * uses cgo, by the rules of `matchFile` and `Import` in go/build/build.go. Answers
 * are shared by all files of one name suffix and constraint text. It must not know
 * directories or other files.
 */
import { memo } from "../../base/memo.ts";
import { knownArchNames } from "../../facts/arch.ts";
import { knownOSNames } from "../../facts/os.ts";
import type { Constraint } from "../../syntax/build/constraint.ts";
import { fileNameTags, isIgnoredName, isTestName, type KnownNames } from "../../syntax/build/fileName.ts";
import type { BuildHeader, HeaderOptions } from "../../syntax/build/header.ts";
import { cgoEnabled, tagsOf } from "./tags.ts";
import type { BuildContext, Target } from "./target.ts";
import { TargetSet } from "./targetSet.ts";

/** What is built: an ordered list of targets, which `TargetSet` counts by, and the context they share. */
export interface BuildConfig {
  readonly targets: readonly Target[];
  readonly context: BuildContext;
}

/** What selection needs to know of a file. */
export interface SourceFile {
  /** Without its directory. */
  readonly name: string;
  readonly header: BuildHeader;
  /** Of the package clause; "" for assembly. */
  readonly packageName: string;
  /** It has `import "C"`. */
  readonly importsC: boolean;
}

/**
 * The list of go/build's Package that a selected file is in. A file Go's tools pass over by its name or
 * package is "ignored", and one that rt0 has no use for is "other".
 */
export type FileKind = "go" | "cgo" | "test" | "xtest" | "asm" | "object" | "ignored" | "other";

/** The kind of a file in a package of the name `packageOfDirectory`, which tells an external test from a package called x_test. */
export function fileKind(file: Omit<SourceFile, "header">, packageOfDirectory = ""): FileKind {
  if (isIgnoredName(file.name)) return "ignored";
  if (file.name.endsWith(".s")) return "asm";
  if (file.name.endsWith(".syso")) return "object";
  if (!file.name.endsWith(".go")) return "other";
  // A package of this name documents a command for godoc and is never built.
  if (file.packageName === "documentation") return "ignored";
  if (isTestName(file.name)) {
    const isExternal = file.packageName.endsWith("_test") && file.packageName !== packageOfDirectory;
    return isExternal ? "xtest" : "test";
  }
  return file.importsC ? "cgo" : "go";
}

/** How to read a file's header in this context: before Go 1.17 only `// +build` lines counted. */
export function headerOptions(fileName: string, context: BuildContext): HeaderOptions {
  return { language: fileName.endsWith(".go") ? "go" : "asm", goBuild: context.release >= 17 };
}

/** The targets of `config` that build `file`. */
export function selectingTargets(config: BuildConfig, file: SourceFile): TargetSet {
  const kind = fileKind(file);
  const selections = selectionsOf(config);
  const { all, none, cgo } = selections;
  if (kind === "ignored" || kind === "other" || file.header.invalid) return none;
  const byName = selections.byName(file.name);
  const byHeader = selections.byHeader(file.header);
  // Sets that are the same object cost no memory, and no work where they meet.
  const selected = byName === all ? byHeader : byHeader === all ? byName : byName.and(byHeader);
  return kind === "cgo" ? selected.and(cgo) : selected;
}

/** What the constraints seen so far select of one list of targets. */
interface Selections {
  readonly all: TargetSet;
  readonly none: TargetSet;
  /** The targets with cgo on. */
  readonly cgo: TargetSet;
  readonly byName: (fileName: string) => TargetSet;
  readonly byHeader: (header: BuildHeader) => TargetSet;
}

const selectionsOf = memo(({ targets, context }: BuildConfig): Selections => {
  const has = targets.map((target) => tagsOf(target, context));
  const known = knownNames(context.release);
  const tags = new Map<string, TargetSet>();
  const pairs = new Map<string, TargetSet>();
  const headers = new Map<string, TargetSet>();
  const all = TargetSet.all(targets.length);
  const withTag = (tag: string): TargetSet =>
    lookup(tags, tag, () => TargetSet.where(targets.length, (i) => has[i]!(tag)));
  const meeting = (constraint: Constraint): TargetSet => {
    switch (constraint.kind) {
      case "tag":
        return withTag(constraint.tag);
      case "not":
        return all.andNot(meeting(constraint.x));
      case "and":
        return meeting(constraint.x).and(meeting(constraint.y));
      case "or":
        return meeting(constraint.x).or(meeting(constraint.y));
    }
  };
  return {
    all,
    none: TargetSet.none(targets.length),
    cgo: TargetSet.where(targets.length, (i) => cgoEnabled(targets[i]!, context)),
    byName(fileName) {
      const [first, second] = fileNameTags(fileName, known);
      if (first === undefined) return all;
      if (second === undefined) return withTag(first);
      return lookup(pairs, `${first}/${second}`, () => withTag(first).and(withTag(second)));
    },
    byHeader: ({ key, constraint }) =>
      constraint === undefined ? all : lookup(headers, key, () => meeting(constraint)),
  };
});

function lookup(sets: Map<string, TargetSet>, key: string, compute: () => TargetSet): TargetSet {
  let set = sets.get(key);
  if (set === undefined) sets.set(key, (set = compute()));
  return set;
}

/** The names that go/build of a release takes for a GOOS or a GOARCH in a file name. */
export function knownNames(release: number): KnownNames {
  const isKnown = (names: ReadonlyMap<string, number>, name: string): boolean =>
    release >= (names.get(name) ?? Infinity);
  return {
    isOS: (name) => isKnown(knownOSNames, name),
    isArch: (name) => isKnown(knownArchNames, name),
  };
}
