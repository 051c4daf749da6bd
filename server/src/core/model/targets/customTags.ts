/**
 * The tags of a constraint that are the project's own: neither targets, releases nor the toolchain decide
 * them, whoever builds does. It must not know files.
 */
import { knownArchNames } from "../../facts/arch.ts";
import { knownOSNames } from "../../facts/os.ts";
import type { BuildHeader } from "../../syntax/build/header.ts";

/** The project's own tags in the constraint that counts. */
export function customTags({ lines }: BuildHeader): readonly string[] {
  const tags = lines.flatMap(({ effective, parsed }) => (effective ? parsed.tags : []));
  return tags.flatMap(({ tag }) => (isCustom(tag) ? [tag] : []));
}

/** Tags that go with other flags of the toolchain, which not every target has, and the one that stands for "never". */
const notCustom = new Set([
  "gc",
  "gccgo",
  "cgo",
  "race",
  "msan",
  "asan",
  "libfuzzer",
  "ignore",
  "boringcrypto",
  "compiler_bootstrap",
  "cmd_go_bootstrap",
]);

function isCustom(tag: string): boolean {
  // With a dot: experiments, releases and levels of architectures.
  return !isDecided(tag) && !notCustom.has(tag) && !tag.includes(".");
}

const releaseTag = /^go1\.[1-9]\d{0,5}$/;

/** Whether the target and the release alone decide the tag. */
export function isDecided(tag: string): boolean {
  return tag === "unix" || knownOSNames.has(tag) || knownArchNames.has(tag) || releaseTag.test(tag);
}
