/**
 * A file that no target builds, whatever tags are given: its constraint
 * contradicts itself, or its name, or leaves only systems on architectures to which
 * Go never had a port. A tag that is none of Go's own counts as one that somebody
 * may set, and a system or architecture that other compilers know as a target.
 */
import type { Span } from "../../base/span.ts";
import { isGoArch, knownArchNames } from "../../facts/arch.ts";
import { isDecided } from "../../model/targets/customTags.ts";
import { isGoOS, knownOSNames, oses } from "../../facts/os.ts";
import { newestRelease, oldestRelease, portsOf } from "../../facts/targets.ts";
import { knownNames } from "../../model/targets/selectFile.ts";
import { type Constraint, evalConstraint } from "../../syntax/build/constraint.ts";
import { fileNameTags } from "../../syntax/build/fileName.ts";
import type { BuildHeader } from "../../syntax/build/header.ts";
import { lineEnd } from "../../syntax/go/scanner.ts";
import { selection } from "../../workspace/selection.ts";
import { fileCheck, type FileFinding, type RuleInput } from "./fileRule.ts";
import type { Check } from "../check.ts";

export const neverBuilt: Check<"never-built"> = fileCheck({
  code: "never-built",
  stage: "package",
  severity: "warning",
  title: "No target builds a file",
  why: [
    "The go command passes over a file whose constraint cannot be met, and says nothing: what is in it is missing",
    "on every target. Mostly the end of its name (`_linux`, `_arm64`) contradicts its `//go:build` line. Tags that",
    "are not Go's own count as ones that somebody may set, and systems and architectures that only other compilers",
    "know as targets.",
  ].join("\n"),
  bad: `
-- p.go --
package p
-- futex_linux.go --
//go:build freebsd

package p
`,
  good: `
-- p.go --
package p
-- futex_freebsd.go --
//go:build freebsd

package p
`,
  rule: unmetConstraint,
});

function unmetConstraint({ file, header, world }: RuleInput): readonly FileFinding[] {
  const { kind, targets } = selection(world, file);
  if (!targets.isEmpty || header.invalid || kind === "ignored" || kind === "other") return none;
  const name = fileNameTags(file.name, knownNames(world.context.release)).map(tagOf);
  const cgo = kind === "cgo" ? [tagOf("cgo")] : [];
  const asked = header.constraint ? [header.constraint] : [];
  const built = builders([...name, ...cgo, ...asked]);
  if (built === "some") return none;
  const span = placeOf(file.text, header);
  const report = (message: string): FileFinding[] => [
    { span, message: `no target builds this file: ${message}` },
  ];
  if (built === "noPort") {
    const pair =
      name.length === 2 ? ` to ${name.map(({ tag }) => tag).join("/")}` : " that meets its constraints";
    return report(`Go has no port${pair}`);
  }
  if (builders(asked) === "none") return report("its build constraint contradicts itself");
  if (builders([...name, ...asked]) !== "none") return report('it imports "C" and is for builds without cgo');
  const names = name.map(({ tag }) => tag).join("/");
  const isNew = header.lines.some(({ kind, effective }) => effective && kind === "goBuild");
  return report(`its name is for ${names}, which its ${isNew ? "//go:build" : "// +build"} line rules out`);
}

const none: readonly never[] = [];

function tagOf(tag: string) {
  return { kind: "tag", tag, start: 0, end: 0 } as const;
}

/** The constraint line that counts, else the first line. */
function placeOf(text: string, { lines }: BuildHeader): Span {
  return lines.find(({ effective }) => effective)?.span ?? { start: 0, end: lineEnd(text, 0) };
}

/** Who can build what all of these ask for. "noPort": a system and an architecture of Go's, but not both together. */
type Builders = "some" | "noPort" | "none";

function builders(parts: readonly Constraint[]): Builders {
  const tags = parts.flatMap(tagsIn);
  const releases = releasesAround(tags);
  const free = [
    ...new Set(tags.filter((tag) => !isDecided(tag)).map((tag) => (tag === "gccgo" ? "gc" : tag))),
  ];
  const trials = releases.length * 2 ** free.length;
  // Too much to try: somebody will.
  if (trials * tags.length > mostWork) return "some";
  const holdsOn = (os: string, arch: string): boolean => {
    for (let trial = 0; trial < trials; trial++) {
      const release = releases[trial % releases.length]!;
      const bits = Math.floor(trial / releases.length);
      const isSet = (tag: string): boolean => ((bits >> free.indexOf(tag)) & 1) === 1;
      const has = (tag: string): boolean => {
        if (tag === "gccgo") return !isSet("gc");
        return free.includes(tag) ? isSet(tag) : isDecidedFor(tag, os, arch, release);
      };
      if (parts.every((part) => evalConstraint(part, has))) return true;
    }
    return false;
  };
  let found: Builders = "none";
  for (const { os, arch, isTarget } of pairs) {
    if (found === "noPort" && !isTarget) break;
    if (!holdsOn(os, arch)) continue;
    if (isTarget) return "some";
    found = "noPort";
  }
  return found;
}

const mostWork = 20_000;

const ports = new Set<string>();
for (let release = oldestRelease; release <= newestRelease; release++)
  for (const { name } of portsOf(release)) ports.add(name);

/** Every system on every architecture; first those that Go had a port to, or that another compiler may have. */
const pairs = [...knownOSNames.keys()]
  .flatMap((os) =>
    [...knownArchNames.keys()].map((arch) => {
      const isForeign = !isGoOS(os) || !isGoArch(arch);
      return { os, arch, isTarget: isForeign || ports.has(`${os}/${arch}`) };
    }),
  )
  .sort((a, b) => Number(b.isTarget) - Number(a.isTarget));

function tagsIn(x: Constraint): string[] {
  const tags: string[] = [];
  const visit = (x: Constraint): void => {
    if (x.kind === "tag") return void tags.push(x.tag);
    visit(x.x);
    if (x.kind !== "not") visit(x.y);
  };
  visit(x);
  return tags;
}

const releaseTag = /^go1\.([1-9]\d{0,5})$/;

/** Releases on either side of each that a tag names, by minor number: no others need be told apart. */
function releasesAround(tags: readonly string[]): readonly number[] {
  const named = tags.flatMap((tag) => releaseTag.exec(tag)?.[1] ?? []).map(Number);
  return [...new Set([newestRelease, ...named.flatMap((minor) => [minor - 1, minor])])];
}

function isDecidedFor(tag: string, os: string, arch: string, release: number): boolean {
  if (tag === os || tag === arch) return true;
  if (tag.startsWith("go1.")) return Number(tag.slice("go1.".length)) <= release;
  if (!isGoOS(os)) return tag === "unix" && os === "hurd";
  return tag === "unix" ? oses[os].unix : tag === oses[os].implies;
}
