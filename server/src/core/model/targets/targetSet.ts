/**
 * A set of targets as bits: bit i stands for the i-th target of some list. It must
 * not know the list, nor what a target is; sets that meet in an operation
 * come from lists of one length.
 */

/** Immutable; every operation returns a set of its own or one of its operands. */
export class TargetSet implements Iterable<number> {
  /** How many targets the list has. */
  readonly length: number;
  /**
   * 32 targets each; bits from `length` on are zero. All lists of Go's ports fit
   * the first two words, which are fields because sets are combined all the time.
   */
  private readonly low: number;
  private readonly high: number;
  private readonly rest: readonly number[];

  private constructor(length: number, low: number, high: number, rest: readonly number[]) {
    this.length = length;
    this.low = low;
    this.high = high;
    this.rest = rest;
  }

  static none(length: number): TargetSet {
    return length <= 64 ? new TargetSet(length, 0, 0, noWords) : TargetSet.where(length, () => false);
  }

  static all(length: number): TargetSet {
    return TargetSet.where(length, () => true);
  }

  /** Holds `index` alone, or nothing where the list has no such target. */
  static single(length: number, index: number): TargetSet {
    if (index < 0 || index >= length) return TargetSet.none(length);
    if (length <= 64)
      return new TargetSet(length, index < 32 ? 1 << index : 0, index < 32 ? 0 : 1 << index, noWords);
    return TargetSet.where(length, (i) => i === index);
  }

  /** The indices that `holds` accepts, asked in order. */
  static where(length: number, holds: (index: number) => boolean): TargetSet {
    const words = Array.from({ length: Math.max(2, Math.ceil(length / 32)) }, () => 0);
    for (let i = 0; i < length; i++) if (holds(i)) words[i >>> 5]! |= 1 << (i & 31);
    const [low = 0, high = 0, ...rest] = words;
    return new TargetSet(length, low, high, rest.length === 0 ? noWords : rest);
  }

  has(index: number): boolean {
    if (index < 0 || index >= this.length) return false;
    return ((this.word(index >>> 5) >>> (index & 31)) & 1) === 1;
  }

  and(other: TargetSet): TargetSet {
    const { low, high, rest } = other;
    const more = rest.length === 0 ? noWords : this.rest.map((word, i) => word & (rest[i] ?? 0));
    return this.with(this.low & low, this.high & high, more);
  }

  or(other: TargetSet): TargetSet {
    const { low, high, rest } = other;
    const more = rest.length === 0 ? noWords : this.rest.map((word, i) => word | (rest[i] ?? 0));
    return this.with(this.low | low, this.high | high, more);
  }

  andNot(other: TargetSet): TargetSet {
    const { low, high, rest } = other;
    const more = rest.length === 0 ? noWords : this.rest.map((word, i) => word & ~(rest[i] ?? 0));
    return this.with(this.low & ~low, this.high & ~high, more);
  }

  /** What is in none of the others. */
  without(others: readonly TargetSet[]): TargetSet {
    return others.reduce<TargetSet>((left, other) => left.andNot(other), this);
  }

  get isEmpty(): boolean {
    const { low, high, rest } = this;
    return low === 0 && high === 0 && (rest === noWords || rest.every((word) => word === 0));
  }

  /** The lowest index in the set; undefined where it is empty. */
  get first(): number | undefined {
    for (let i = 0; i < 2 + this.rest.length; i++) {
      const word = this.word(i);
      if (word !== 0) return i * 32 + 31 - Math.clz32(word & -word);
    }
    return undefined;
  }

  /** How many targets are in the set. */
  get count(): number {
    let count = 0;
    // Each step clears the lowest set bit.
    for (let i = 0; i < 2 + this.rest.length; i++)
      for (let word = this.word(i); word !== 0; word &= word - 1) count++;
    return count;
  }

  equals(other: TargetSet): boolean {
    const same = this.low === other.low && this.high === other.high && this.length === other.length;
    return same && this.rest.every((word, i) => word === other.rest[i]);
  }

  /** The indices in the set, in order. */
  *[Symbol.iterator](): Iterator<number> {
    for (let i = 0; i < 2 + this.rest.length; i++) {
      for (let word = this.word(i); word !== 0; word &= word - 1) {
        yield i * 32 + 31 - Math.clz32(word & -word);
      }
    }
  }

  private word(i: number): number {
    return i === 0 ? this.low : i === 1 ? this.high : this.rest[i - 2]!;
  }

  private with(low: number, high: number, rest: readonly number[]): TargetSet {
    if (low === this.low && high === this.high && rest.length === 0) return this;
    return new TargetSet(this.length, low, high, rest);
  }
}

const noWords: readonly number[] = [];
