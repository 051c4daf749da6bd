/**
 * How the levels of most architectures work that GOAMD64, GOARM and their like choose. Tags of this kind exist
 * since Go 1.21 (`gogoarchTags` in internal/buildcfg/cfg.go), macros of the assembler since one release or another.
 * It must not know how tags are evaluated.
 */
import type { Levels } from "./architecture.ts";

interface LevelList {
  /** First release whose build tags tell the level. */
  readonly since: number;
  readonly values: readonly string[];
  /** What cmd/dist sets where nothing is asked for; undefined: the first. */
  readonly initial?: string;
  readonly macros: {
    /** "GOAMD64". */
    readonly prefix: string;
    readonly since: number;
    /** The lower levels have macros too. */
    readonly all?: boolean;
  };
}

/** Each value includes the ones before it. */
export function levelLadder(list: LevelList): Levels {
  return levels(list, (at) => list.values.slice(0, at + 1));
}

/** The values exclude each other. */
export function levelChoice(list: LevelList): Levels {
  return levels(list, (at) => list.values.slice(at, at + 1));
}

function levels(
  { since, values, initial = values[0]!, macros: { prefix, since: macrosSince, all = false } }: LevelList,
  included: (at: number) => readonly string[],
): Levels {
  const named = (value: string | undefined): readonly string[] =>
    included(values.indexOf(value !== undefined && values.includes(value) ? value : initial));
  return {
    tags: ([value], release) => (release < since ? [] : named(value)),
    macros(value, release) {
      if (release < macrosSince) return [];
      const names = named(value.split(",")[0]);
      return (all ? names : names.slice(-1)).map((name) => `${prefix}_${name}`);
    },
  };
}
