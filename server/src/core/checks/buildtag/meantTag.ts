/** Names of Go's that a tag stands for by mistake. It must not know where tags stand. */
import { RecentCache } from "../../base/memo.ts";
import { arches, goarches, knownArchNames } from "../../facts/arch.ts";
import { gooses, knownOSNames, oses } from "../../facts/os.ts";

const known = [...knownOSNames.keys(), ...knownArchNames.keys(), "unix", "cgo"];
const knownTags = new Set(known);

/** Whether a tag is the name of a system or an architecture, or `unix` or `cgo`. */
export function isKnownTag(tag: string): boolean {
  return knownTags.has(tag);
}

/** What C compilers, kernels and other tools call a system or an architecture of Go's. */
const aliases: ReadonlyMap<string, string> = new Map([
  ...goarches.flatMap((name) => arches[name].otherNames.map((other): [string, string] => [other, name])),
  ...gooses.flatMap((name) => oses[name].otherNames.map((other): [string, string] => [other, name])),
]);

/** Tags are few, but what comes from editing need not stay. */
const answers = new RecentCache<string, { readonly meant: string | undefined }>(1000);

/** The name that a tag which is none stands for by mistake; undefined where it is nearly none, or is one. */
export function meantTag(tag: string): string | undefined {
  if (isKnownTag(tag)) return undefined;
  const plain = tag.toLowerCase().replaceAll("_", "");
  if (isKnownTag(plain)) return plain;
  const alias = aliases.get(plain);
  if (alias !== undefined || tag.length > longest) return alias;
  return answers.get(
    tag,
    () => true,
    () => {
      const near = known.filter((name) => isSlip(tag, name));
      return { meant: near.length === 1 ? near[0] : undefined };
    },
  ).meant;
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
