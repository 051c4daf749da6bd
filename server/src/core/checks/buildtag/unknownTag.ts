/**
 * Tags in a build constraint that are no name of Go's, but nearly one: a slip of
 * the keys in `linux`, or what other tools call `amd64`. Any other tag may be
 * one that a user sets, and nothing is said of it.
 */
import { fileCheck, type FileFinding, type RuleInput } from "./fileRule.ts";
import type { Check } from "../check.ts";
import { isKnownTag, meantTag } from "./meantTag.ts";

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
    line.effective ? line.parsed.tags.filter(({ tag }) => !isKnownTag(tag)) : [],
  );
  if (tags.length === 0) return none;
  // The older form says the same beside //go:build, and has to go on doing so.
  const beside = header.lines.flatMap((line) => (line.effective ? [] : line.parsed.tags));
  return tags.flatMap(({ tag, start, end }): FileFinding[] => {
    const meant = world.context.tags.includes(tag) ? undefined : meantTag(tag);
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
