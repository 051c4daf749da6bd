/**
 * A target is a GOOS/GOARCH pair; a build context is everything else that decides
 * which files and constants a build sees: the Go release, cgo, tags, experiments,
 * architecture levels. Both are plain values. It must not know files.
 */
import { oncePerKey } from "../../base/memo.ts";
import { isGoArch, type GoArch } from "../../facts/arch.ts";
import type { Experiment } from "../../facts/experiments.ts";
import { isGoOS, type GoOS } from "../../facts/os.ts";
import { newestRelease, portsOf, type PortName } from "../../facts/targets.ts";

export interface Target {
  readonly goos: GoOS;
  readonly goarch: GoArch;
  /** "linux/amd64" */
  readonly name: PortName;
}

export interface BuildContext {
  /** The minor number of the Go release: 27 for Go 1.27, which sets the tags go1.1 to go1.27. */
  readonly release: number;
  /** CGO_ENABLED=1. It has no effect on a target where the release does not support cgo. */
  readonly cgo: boolean;
  /** Tags as given by -tags. */
  readonly tags: readonly string[];
  /** Words of GOEXPERIMENT: "arenas", "nojsonv2", "none". */
  readonly experiments: readonly string[];
  /** What is on without GOEXPERIMENT, where a Go tree's own source tells; else that of the release. */
  readonly baseline?: readonly Experiment[] | undefined;
  /** Values of GOAMD64, GOARM and their like, by GOARCH; what is missing has its default. */
  readonly levels: Readonly<Partial<Record<GoArch, string>>>;
}

/** The context of a release with nothing asked for. */
export function buildContext(release: number = newestRelease): BuildContext {
  return { release, cgo: false, tags: [], experiments: [], levels: {} };
}

const targetsByOS = oncePerKey((goos: GoOS) =>
  oncePerKey((goarch: GoArch): Target => ({ goos, goarch, name: `${goos}/${goarch}` })),
);

/** The target of a pair; the same object each time. */
export function targetOf(goos: GoOS, goarch: GoArch): Target {
  return targetsByOS(goos)(goarch);
}

/** Reads "linux/amd64"; undefined where either half is no name of a system or architecture Go ever had a port for. */
export function parseTarget(text: string): Target | undefined {
  const slash = text.indexOf("/");
  const goos = text.slice(0, Math.max(slash, 0));
  const goarch = text.slice(slash + 1);
  return isGoOS(goos) && isGoArch(goarch) ? targetOf(goos, goarch) : undefined;
}

/** The targets of a release, in the order of `go tool dist list`. */
export function targetsOf(release: number = newestRelease): readonly Target[] {
  return portsOf(release).flatMap((port) => parseTarget(port.name) ?? []);
}
