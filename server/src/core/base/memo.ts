/**
 * The kinds of cache there are. A value is kept by the identity of the objects it was computed from: these
 * never change, so a kept value is never wrong, and it goes when they go. Nothing is invalidated by hand.
 * Caches are made once, where a module begins, so that asking one allocates nothing. It must not know what is kept.
 */

/** A function that computes once for each object. A value of undefined is kept like any other. */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, V>();
  return (key) => {
    const kept = values.get(key);
    if (kept !== undefined || values.has(key)) return kept as V;
    const value = compute(key);
    values.set(key, value);
    return value;
  };
}

/** A function that computes once for each object and each key beside it: a name, a number, another object that lives as long. */
export function memoByKey<O extends object, K, V>(compute: (owner: O, key: K) => V): (owner: O, key: K) => V {
  const byOwner = memo<O, Map<K, V>>(() => new Map());
  return (owner, key) => {
    const values = byOwner(owner);
    const kept = values.get(key);
    if (kept !== undefined || values.has(key)) return kept as V;
    const value = compute(owner, key);
    values.set(key, value);
    return value;
  };
}

/** A function that computes once, for what belongs to the program itself: a table of facts, read when first asked for. */
export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: compute() }).value;
}

/** The same for each key. The values are never dropped, so the keys must be few: systems, names of tables. */
export function oncePerKey<K, V>(compute: (key: K) => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    const kept = values.get(key);
    if (kept !== undefined || values.has(key)) return kept as V;
    const value = compute(key);
    values.set(key, value);
    return value;
  };
}

/**
 * The last answer for each object, for what also depends on things that have no identity of their own: what other
 * files say, a text. An answer that `isValid` refuses is computed anew.
 */
export class LatestCache<K extends object, V extends object> {
  private readonly values = new WeakMap<K, V>();

  get(key: K, isValid: (value: V) => boolean, compute: () => V): V {
    const kept = this.peek(key, isValid);
    if (kept) return kept;
    const value = compute();
    this.values.set(key, value);
    return value;
  }

  /** The answer that is kept, if it is valid. */
  peek(key: K, isValid: (value: V) => boolean): V | undefined {
    const kept = this.values.get(key);
    return kept && isValid(kept) ? kept : undefined;
  }

  /** Keeps an answer that was found on the way to another. */
  set(key: K, value: V): void {
    this.values.set(key, value);
  }
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
