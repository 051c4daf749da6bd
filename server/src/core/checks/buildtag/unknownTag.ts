/**
 * Tags in a build constraint that are no name of Go's, but nearly one: a slip of
 * the keys in `linux`, or what other tools call `amd64`. Any other tag may be
 * one that a user sets, and nothing is said of it.
 */
import { knownArchNames } from "../../facts/arch.ts";
import { knownOSNames } from "../../facts/os.ts";
import { fileCheck, type FileFinding, type RuleInput } from "./fileRule.ts";
import type { Check } from "../check.ts";

export const unknownTag: Check<"unknown-tag"> = fileCheck({
  code: "unknown-tag",
  stage: "package",
  severity: "hint",
  title: "A build tag is nearly the name of a system or an architecture",
  why: [
    "A misspelt GOOS or GOARCH in a build constraint is a custom tag, which nobody sets: the file is built nowhere,",
    "or with `!` everywhere. So are names that other tools have for what Go calls otherwise: `x86_64`, `aarch64`,",
    "`macos`. A tag that is given by `--tags` is left alone.",
  ].join("\n"),
  bad: `
-- p.go --
package p
-- futex.go --
//go:build linxu && x86_64

package p
`,
  good: `
-- p.go --
package p
-- futex.go --
//go:build linux && amd64

package p
`,
  rule: misspeltTags,
});

function misspeltTags({ header, world }: RuleInput): readonly FileFinding[] {
  const tags = header.lines.flatMap((line) =>
    line.effective ? line.parsed.tags.filter(({ tag }) => !isKnown.has(tag)) : [],
  );
  if (tags.length === 0) return none;
  // The older form says the same beside //go:build, and has to go on doing so.
  const beside = header.lines.flatMap((line) => (line.effective ? [] : line.parsed.tags));
  return tags.flatMap(({ tag, start, end }): FileFinding[] => {
    const meant = world.context.tags.includes(tag) ? undefined : meantBy(tag);
    if (meant === undefined) return [];
    const span = { start, end };
    const spans = [span, ...beside.filter((other) => other.tag === tag)].toSorted(
      (a, b) => a.start - b.start,
    );
    const edits = spans.map(({ start, end }) => ({ span: { start, end }, newText: meant }));
    const fix = { title: `Change to ${meant}`, edits };
    return [{ span, message: `${tag} is no tag of Go's; did you mean ${meant}?`, fix }];
  });
}

const none: readonly never[] = [];
const known = [...knownOSNames.keys(), ...knownArchNames.keys(), "unix", "cgo"];
const isKnown = new Set(known);

/** What C compilers, kernels and other tools call a system or an architecture of Go's. */
const aliases = new Map([
  ["x8664", "amd64"],
  ["x64", "amd64"],
  ["i386", "386"],
  ["i686", "386"],
  ["aarch64", "arm64"],
  ["macos", "darwin"],
  ["macosx", "darwin"],
  ["osx", "darwin"],
  ["win32", "windows"],
  ["win64", "windows"],
  ["mipsel", "mipsle"],
  ["mips64el", "mips64le"],
  ["ppc64el", "ppc64le"],
  ["powerpc64le", "ppc64le"],
  ["loongarch64", "loong64"],
  ["sunos", "solaris"],
]);

const answers = new Map<string, string | undefined>();

/** The name that a tag which is none stands for by mistake; undefined where it is nearly none. */
function meantBy(tag: string): string | undefined {
  const plain = tag.toLowerCase().replaceAll("_", "");
  if (isKnown.has(plain)) return plain;
  const alias = aliases.get(plain);
  if (alias !== undefined || tag.length > longest) return alias;
  if (answers.has(tag)) return answers.get(tag);
  const near = known.filter((name) => isSlip(tag, name));
  const meant = near.length === 1 ? near[0] : undefined;
  // Tags are few, but what comes from editing need not stay.
  if (answers.size > 1000) answers.clear();
  answers.set(tag, meant);
  return meant;
}

const longest = 12;

/**
 * Whether one key went wrong: two letters in the wrong order, or one too many, too few or
 * another. Of short names and other numbers than the name's there are too many that mean something.
 */
function isSlip(tag: string, name: string): boolean {
  if (name.length < 4 || tag[0] !== name[0]) return false;
  if (tag.replace(/\d/g, "") === name.replace(/\d/g, "")) return false;
  let start = 0;
  while (start < tag.length && tag[start] === name[start]) start++;
  let end = 0;
  while (end < Math.min(tag.length, name.length) - start && tag.at(-1 - end) === name.at(-1 - end)) end++;
  const [a, b] = [tag.slice(start, tag.length - end), name.slice(start, name.length - end)];
  if (a.length === 2 && b.length === 2) return a[0] === b[1] && a[1] === b[0];
  // What only goes on behind, or stops before the end, may be a name of its own.
  return name.length >= 5 && a.length <= 1 && b.length <= 1 && end > 0;
}
