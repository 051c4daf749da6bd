/** The user's settings, read from whatever a client sends: what does not fit counts as not set. */
import { type CheckCode, checks, releaseOf, type Severity } from "../core/index.ts";

export interface Settings {
  /** Names of targets; empty: all. */
  readonly targets: readonly string[];
  readonly goroot: string | undefined;
  /** Minor number of the Go release whose vet is followed; undefined: the tree's own. */
  readonly vetRelease: number | undefined;
  /** A directory, absolute or below the first workspace folder. */
  readonly whitelist: string | undefined;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** What Go's own language server answers too is left to it. */
  readonly leaveToGopls: boolean;
  readonly rules: Readonly<Partial<Record<CheckCode, RuleLevel>>>;
}

export type RuleLevel = Severity | "off";

export const ruleLevels = [
  "error",
  "warning",
  "information",
  "hint",
  "off",
] as const satisfies readonly RuleLevel[];

export function readSettings(given: unknown): Settings {
  const all = isRecord(given) ? given : {};
  const rules: Partial<Record<CheckCode, RuleLevel>> = {};
  for (const { code } of checks) {
    const level = ruleLevels.find((level) => isRecord(all["rules"]) && all["rules"][code] === level);
    if (level) rules[code] = level;
  }
  const profile = text(all["vetProfile"]);
  return {
    targets: Array.isArray(all["targets"]) ? all["targets"].filter((name) => typeof name === "string") : [],
    goroot: text(all["goroot"]),
    vetRelease: profile === undefined ? undefined : releaseOf(profile),
    whitelist: text(all["whitelist"]),
    inlayHints: all["inlayHints"] !== false,
    codeLens: all["codeLens"] !== false,
    leaveToGopls: all["leaveToGopls"] === true,
    rules,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
