/**
 * Levels of an architecture that GOAMD64, GOARM and their like choose, and the
 * build tags they set, such as `amd64.v2`. Tags of this kind exist since Go 1.21
 * (`gogoarchTags` in internal/buildcfg/cfg.go), those of arm64 and riscv64 since Go 1.23.
 * It must not know how tags are evaluated.
 */
import type { GoArch } from "./arch.ts";

interface ArchLevels {
  /** First release whose build tags tell the level. */
  readonly since: number;
  readonly values: readonly string[];
  /** What cmd/dist sets where nothing is asked for. */
  readonly initial: string;
  /** Each value includes the ones before it; else the values exclude each other. */
  readonly cumulative: boolean;
}

const float = choice(["hardfloat", "softfloat"]);
const power = ladder(21, ["power8", "power9", "power10"]);

const levels: Partial<Record<GoArch, ArchLevels>> = {
  "386": choice(["sse2", "softfloat"]),
  amd64: ladder(21, ["v1", "v2", "v3", "v4"]),
  arm: ladder(21, ["5", "6", "7"], "7"),
  mips: float,
  mipsle: float,
  mips64: float,
  mips64le: float,
  ppc64: power,
  ppc64le: power,
  riscv64: ladder(23, ["rva20u64", "rva22u64", "rva23u64"]),
};

/**
 * The level tags of an architecture. `level` is the value of its environment variable (GOAMD64 and
 * so on); undefined, or a value that is none, gives the default.
 */
export function levelTags(goarch: GoArch, level: string | undefined, release: number): string[] {
  return levelNames(goarch, (level ?? "").split(","), release).map((name) => `${goarch}.${name}`);
}

function levelNames(goarch: GoArch, options: readonly string[], release: number): readonly string[] {
  if (goarch === "arm64") return release >= 23 ? arm64Levels(options[0] ?? "") : [];
  if (goarch === "wasm") return wasmFeatures(options, release);
  const row = levels[goarch];
  if (row === undefined || release < row.since) return [];
  const value = row.values.find((value) => value === options[0]) ?? row.initial;
  return row.cumulative ? row.values.slice(0, row.values.indexOf(value) + 1) : [value];
}

/** v9.n includes v8.(n+5), and v8 ends at v8.9. */
function arm64Levels(value: string): string[] {
  const match = /^v(?:8\.(\d)|9\.([0-5]))$/.exec(value);
  if (match?.[2] === undefined) return versions(8, Number(match?.[1] ?? 0));
  const minor = Number(match[2]);
  return [...versions(9, minor), ...versions(8, Math.min(minor + 5, 9))];
}

function versions(major: number, last: number): string[] {
  return Array.from({ length: last + 1 }, (_, minor) => `v${major}.${minor}`);
}

/** Options until Go 1.25, on for everyone since. */
function wasmFeatures(options: readonly string[], release: number): string[] {
  if (release < 21) return [];
  return ["satconv", "signext"].filter((feature) => release >= 26 || options.includes(feature));
}

function ladder(since: number, values: readonly string[], initial = values[0] ?? ""): ArchLevels {
  return { since, values, initial, cumulative: true };
}

function choice(values: readonly string[]): ArchLevels {
  return { since: 21, values, initial: values[0] ?? "", cumulative: false };
}
