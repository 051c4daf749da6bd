/**
 * Which toolchain experiments are on without GOEXPERIMENT, by release and target: each
 * is a build tag `goexperiment.<name>`. From `ParseGOEXPERIMENT` in internal/buildcfg/exp.go
 * of each release. It must not know how tags are evaluated.
 */
import { arches, goarches, type GoArch } from "./arch.ts";
import type { GoOS } from "./os.ts";
import { newestRelease } from "./targets.ts";

export interface Experiment {
  readonly name: string;
  /** First and last release that had it on; undefined: still on. */
  readonly first: number;
  readonly last?: number;
  /** The architectures it is on for; undefined: all. */
  readonly arches?: readonly GoArch[];
  /** The systems it is on for; undefined: all. */
  readonly oses?: readonly GoOS[];
  readonly notOSes?: readonly GoOS[];
}

/** Before the register ABI came to every system, one architecture after another, it was tried on these. */
const firstRegabi: Omit<Experiment, "name"> = {
  first: 17,
  last: 17,
  arches: ["amd64"],
  oses: ["android", "darwin", "linux", "windows"],
};
const regabi: readonly Omit<Experiment, "name">[] = [
  firstRegabi,
  ...goarches.flatMap((goarch) => {
    const first = arches[goarch].compiler.registerAbiSince;
    return first === undefined ? [] : [{ first, arches: [goarch] }];
  }),
];

/** The experiments of the releases known here. */
export const experiments: readonly Experiment[] = [
  ...regabi.map((row) => ({ name: "regabiwrappers", ...row })),
  ...regabi.map((row) => ({ name: "regabiargs", ...row })),
  { name: "regabig", ...firstRegabi },
  { name: "regabidefer", ...firstRegabi },
  { name: "regabireflect", ...firstRegabi },
  {
    name: "regabireflect",
    first: 18,
    last: 18,
    arches: goarches.filter((goarch) => arches[goarch].compiler.registerAbiSince === 18),
  },
  { name: "pacerredesign", first: 18, last: 18 },
  { name: "unified", first: 20, last: 20 },
  { name: "coverageredesign", first: 20, last: 24 },
  { name: "allocheaders", first: 22, last: 22 },
  { name: "exectracer2", first: 22, last: 22 },
  { name: "aliastypeparams", first: 24, last: 25 },
  { name: "swissmap", first: 24, last: 25 },
  {
    name: "spinbitmutex",
    first: 24,
    last: 24,
    arches: goarches.filter((goarch) => arches[goarch].compiler.spinBitMutex),
  },
  { name: "synchashtriemap", first: 24, last: 25 },
  { name: "dwarf5", first: 25, notOSes: ["aix", "darwin", "ios"] },
  { name: "randomizedheapbase64", first: 26 },
  { name: "greenteagc", first: 26 },
  { name: "sizespecializedmalloc", first: 27 },
  { name: "jsonv2", first: 27 },
];

/**
 * Names of the experiments of `table` that are on by default, in lower case, without "goexperiment.".
 * A release after the newest one known here has that one's.
 */
export function baselineExperiments(
  goos: GoOS,
  goarch: GoArch,
  release: number,
  table: readonly Experiment[] = experiments,
): string[] {
  const minor = Math.min(release, newestRelease);
  return table
    .filter(
      (row) =>
        minor >= row.first &&
        minor <= (row.last ?? newestRelease) &&
        (row.arches?.includes(goarch) ?? true) &&
        (row.oses?.includes(goos) ?? true) &&
        !row.notOSes?.includes(goos),
    )
    .map((row) => row.name);
}
