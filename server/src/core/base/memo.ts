/**
 * The kinds of cache there are. A value is kept by the identity of the objects it was computed from: these
 * never change, so a kept value is never wrong, and it goes when they go. Nothing is invalidated by hand.
 * It must not know what is kept.
 */

/** A function that computes once for each object. A value of undefined is kept like any other. */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let kept = values.get(key);
    if (!kept) values.set(key, (kept = { value: compute(key) }));
    return kept.value;
  };
}

/** A function that computes once for each object and each key beside it: a name, a number, another object that lives as long. */
export function memoByKey<O extends object, K, V>(compute: (owner: O, key: K) => V): (owner: O, key: K) => V {
  const byOwner = memo<O, Map<K, { readonly value: V }>>(() => new Map());
  return (owner, key) => {
    const values = byOwner(owner);
    let kept = values.get(key);
    if (!kept) values.set(key, (kept = { value: compute(owner, key) }));
    return kept.value;
  };
}

/**
 * The answers for the objects asked about last, at most `most`: for what is much larger than what it is made from.
 * An answer that `isValid` refuses is computed anew.
 */
export class RecentCache<K, V> {
  private readonly values = new Map<K, V>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  get(key: K, isValid: (value: V) => boolean, compute: () => V): V {
    const kept = this.values.get(key);
    if (kept !== undefined && isValid(kept)) return kept;
    const value = compute();
    // What is set anew goes to the end; the first is the one longest ago.
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value!);
    return value;
  }
}
