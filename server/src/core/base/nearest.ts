/** Which of some names was probably meant by a misspelt one. */

/**
 * The candidate that takes the fewest letters added, left out, changed or swapped with the next, at most one in
 * three; the first of several alike. undefined where none is near enough.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bound = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bound || candidate === name) continue;
    const found = distance(name, candidate, bound);
    if (found < bound) [best, bound] = [candidate, found];
  }
  return best;
}

/** Edits between two names; `bound` stands for anything from there on. */
function distance(a: string, b: string, bound: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(changed, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= bound) return bound;
    [beforeLast, last] = [last, row];
  }
  return Math.min(last[b.length]!, bound);
}
