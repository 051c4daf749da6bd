/**
 * What a GOROOT tree says about itself: its release and its ports, read from the
 * few files that state them. It must not read files itself: the caller hands over
 * the text of those of `goTreeFiles` that exist.
 */
import type { Experiment } from "../../facts/experiments.ts";
import { portsOf, type Port } from "../../facts/targets.ts";
import { portsByEntry } from "./era.ts";
import { parseTarget } from "./target.ts";
import { treeExperiments } from "./treeExperiments.ts";

/** Paths below GOROOT that `readGoTree` can use, newest habit first. */
export const goTreeFiles = [
  "VERSION",
  "src/internal/goversion/goversion.go",
  "src/go/build/build.go",
  "src/internal/platform/zosarch.go",
  "src/cmd/dist/build.go",
  "src/internal/buildcfg/exp.go",
] as const;

export type GoTreeFile = (typeof goTreeFiles)[number];

export interface GoTree {
  /** The first line of VERSION: "go1.27.3", "devel go1.28-…"; "" in a tree of the version control, which has none. */
  readonly version: string;
  /** The minor number of the release that the tree is or becomes; undefined where nothing tells. */
  readonly release: number | undefined;
  /** The ports of the tree, broken ones left out, sorted by name. */
  readonly ports: readonly Port[];
  /** The experiments the tree has on by default; undefined: those of its release. */
  readonly baseline: readonly Experiment[] | undefined;
}

/** `runtime` are the names of package runtime's files, which name the ports of a tree that has no list of them. */
export function readGoTree(
  texts: Readonly<Partial<Record<GoTreeFile, string>>>,
  runtime: readonly string[] = [],
): GoTree {
  const version = (texts["VERSION"] ?? "").split("\n", 1)[0]!.trim();
  const release = releaseOf(version) ?? developedRelease(texts);
  const stated =
    zosarchPorts(texts["src/internal/platform/zosarch.go"] ?? "") ??
    distPorts(texts["src/cmd/dist/build.go"] ?? "");
  const baseline = treeExperiments(texts["src/internal/buildcfg/exp.go"] ?? "");
  const entries = stated || release !== undefined ? [] : portsByEntry(runtime);
  return { version, release, ports: stated ?? (entries.length > 0 ? entries : portsOf(release)), baseline };
}

/** The minor number in "go1.27.3", "go1.27rc1" or "devel go1.28-0123456789". */
export function releaseOf(version: string): number | undefined {
  const match = /^(?:devel )?go1\.(\d{1,4})(?!\d)/.exec(version);
  return match === null ? undefined : Number(match[1]);
}

/** The release under development, from source: goversion.go since Go 1.13, go/build itself before. */
function developedRelease(texts: Readonly<Partial<Record<GoTreeFile, string>>>): number | undefined {
  const match =
    /^const Version = (\d{1,4})$/m.exec(texts["src/internal/goversion/goversion.go"] ?? "") ??
    /^\tconst version = (\d{1,4})\b/m.exec(texts["src/go/build/build.go"] ?? "");
  return match === null ? undefined : Number(match[1]);
}

/** The table that cmd/dist generates since Go 1.21; undefined where the text has none. */
function zosarchPorts(text: string): readonly Port[] | undefined {
  const ports: Port[] = [];
  for (const [, goos, goarch, info = ""] of text.matchAll(/^\t\{"(\w+)", "(\w+)"\}:\s*\{(.*)\},$/gm)) {
    if (!/\bBroken: true/.test(info)) addPort(ports, `${goos}/${goarch}`, /\bCgoSupported: true/.test(info));
  }
  return sorted(ports);
}

/** The map in cmd/dist of the releases before, without the ports it calls incomplete or broken. */
function distPorts(text: string): readonly Port[] | undefined {
  const enabled = boolMap(text, "cgoEnabled");
  // Go 1.11 has linux/riscv64 in the map, without a runtime and without a way yet to call it incomplete.
  const unfinished = text.includes("var incomplete = ")
    ? boolMap(text, "incomplete")
    : new Map([["linux/riscv64", !text.includes("var broken = ")]]);
  for (const [name, value] of boolMap(text, "broken")) unfinished.set(name, value);
  const systems = stringList(text, "okgoos");
  const arches = stringList(text, "okgoarch");
  const ports: Port[] = [];
  for (const [name, cgo] of enabled) {
    const [goos = "", goarch = ""] = name.split("/");
    // A tree may name a port it cannot build yet, as that of early 2018 does js/wasm.
    if (systems.has(goos) && arches.has(goarch) && !unfinished.get(name)) addPort(ports, name, cgo);
  }
  return sorted(ports);
}

function addPort(ports: Port[], name: string, cgo: boolean): void {
  const target = parseTarget(name);
  if (target !== undefined) ports.push({ name: target.name, cgo });
}

function sorted(ports: readonly Port[]): readonly Port[] | undefined {
  if (ports.length === 0) return undefined;
  return ports.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The entries of `var name = map[string]bool{…}`. */
function boolMap(text: string, name: string): Map<string, boolean> {
  const body = bodyAfter(text, `var ${name} = map[string]bool{`);
  const entries = body.matchAll(/^\t"([^"]+)":\s*(true|false),/gm);
  return new Map(Array.from(entries, ([, key = "", value]) => [key, value === "true"] as const));
}

/** The elements of `var name = []string{…}`. */
function stringList(text: string, name: string): Set<string> {
  const body = bodyAfter(text, `var ${name} = []string{`);
  return new Set(Array.from(body.matchAll(/^\t"([^"]+)",/gm), ([, element = ""]) => element));
}

function bodyAfter(text: string, opening: string): string {
  const start = text.indexOf(opening);
  const end = start < 0 ? -1 : text.indexOf("\n}", start);
  return end < 0 ? "" : text.slice(start, end);
}
