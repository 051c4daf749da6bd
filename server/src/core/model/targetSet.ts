/**
 * A set of targets as bits: bit i stands for the i-th target of some list. It must
 * not know the list, nor what a target is; sets that meet in an operation
 * come from lists of one length.
 */

/** Immutable; every operation returns a set of its own or one of its operands. */
export class TargetSet implements Iterable<number> {
  /** How many targets the list has. */
  readonly length: number;
  /** 32 targets each; bits from `length` on are zero. */
  private readonly words: readonly number[];

  private constructor(length: number, words: readonly number[]) {
    this.length = length;
    this.words = words;
  }

  static none(length: number): TargetSet {
    return TargetSet.where(length, () => false);
  }

  static all(length: number): TargetSet {
    return TargetSet.where(length, () => true);
  }

  /** Holds `index` alone, or nothing where the list has no such target. */
  static single(length: number, index: number): TargetSet {
    return TargetSet.where(length, (i) => i === index);
  }

  /** The indices that `holds` accepts, asked in order. */
  static where(length: number, holds: (index: number) => boolean): TargetSet {
    const words = Array.from({ length: Math.ceil(length / 32) }, () => 0);
    for (let i = 0; i < length; i++) if (holds(i)) words[i >>> 5]! |= 1 << (i & 31);
    return new TargetSet(length, words);
  }

  has(index: number): boolean {
    if (index < 0 || index >= this.length) return false;
    return ((this.words[index >>> 5]! >>> (index & 31)) & 1) === 1;
  }

  and(other: TargetSet): TargetSet {
    return this.combine(other, (a, b) => a & b);
  }

  or(other: TargetSet): TargetSet {
    return this.combine(other, (a, b) => a | b);
  }

  andNot(other: TargetSet): TargetSet {
    return this.combine(other, (a, b) => a & ~b);
  }

  get isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  /** How many targets are in the set. */
  get count(): number {
    let count = 0;
    // Each step clears the lowest set bit.
    for (let word of this.words) for (; word !== 0; word &= word - 1) count++;
    return count;
  }

  equals(other: TargetSet): boolean {
    return this.length === other.length && this.words.every((word, i) => word === other.words[i]);
  }

  /** The indices in the set, in order. */
  *[Symbol.iterator](): Iterator<number> {
    for (let i = 0; i < this.words.length; i++) {
      for (let word = this.words[i]!; word !== 0; word &= word - 1) {
        yield i * 32 + 31 - Math.clz32(word & -word);
      }
    }
  }

  private combine(other: TargetSet, merge: (a: number, b: number) => number): TargetSet {
    return new TargetSet(
      this.length,
      this.words.map((word, i) => merge(word, other.words[i] ?? 0)),
    );
  }
}
