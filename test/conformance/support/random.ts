/**
 * A small deterministic source of random choices, so that a seed alone names a
 * planted tree. It must not know what is chosen.
 */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  /** True in about `share` of all calls; `share` is between 0 and 1. */
  chance(share: number): boolean;
  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T;
}

/** The sequence that belongs to a name, for instance a seed and a file's path. */
export function randomFor(name: string): Random {
  let state = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193);

  // A Weyl sequence whose steps are mixed; any state gives the full period of 2^32.
  function next(): number {
    state = (state + 0x9e3779b9) | 0;
    let x = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (x ^ (x >>> 16)) >>> 0;
  }

  const int = (below: number): number => Math.floor((next() / 2 ** 32) * below);
  return {
    int,
    chance: (share) => next() / 2 ** 32 < share,
    pick: (list) => list[int(list.length)]!,
  };
}
