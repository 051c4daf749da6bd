import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TargetSet } from "../../../server/src/core/model/targets/targetSet.ts";

const lengths = fc.constantFrom(0, 1, 31, 32, 33, 47, 64, 65, 100);
/** Two sets over one list. */
const pairs = lengths.chain((length) => {
  const indices = fc.array(fc.boolean(), { minLength: length, maxLength: length });
  const numbers = indices.map((bits) => bits.flatMap((bit, i) => (bit ? [i] : [])));
  return fc.tuple(fc.constant(length), numbers, numbers);
});

function setOf(length: number, indices: readonly number[]): TargetSet {
  return TargetSet.where(length, (i) => indices.includes(i));
}

test("operations are those of sets of numbers", () => {
  fc.assert(
    fc.property(pairs, ([length, first, second]) => {
      const [a, b] = [setOf(length, first), setOf(length, second)];
      const elements = (keep: (i: number) => boolean): number[] =>
        Array.from({ length }, (_, i) => i).filter(keep);
      const inA = (i: number): boolean => first.includes(i);
      const inB = (i: number): boolean => second.includes(i);
      expect([...a]).toEqual(elements(inA));
      expect([...a.and(b)]).toEqual(elements((i) => inA(i) && inB(i)));
      expect([...a.or(b)]).toEqual(elements((i) => inA(i) || inB(i)));
      expect([...a.andNot(b)]).toEqual(elements((i) => inA(i) && !inB(i)));
      expect(elements((i) => a.has(i))).toEqual([...a]);
      expect(a.count).toBe(first.length);
      expect(a.isEmpty).toBe(first.length === 0);
      expect(a.equals(b)).toBe([...a].join() === [...b].join());
      expect(a.or(b).andNot(b).or(a.and(b)).equals(a)).toBe(true);
    }),
  );
});

test("all, none, single", () => {
  fc.assert(
    fc.property(lengths, fc.nat(99), (length, index) => {
      expect(TargetSet.all(length).count).toBe(length);
      expect(TargetSet.none(length).isEmpty).toBe(true);
      expect(TargetSet.all(length).andNot(TargetSet.all(length)).equals(TargetSet.none(length))).toBe(true);
      expect([...TargetSet.single(length, index)]).toEqual(index < length ? [index] : []);
    }),
  );
});

test("indices outside the list are in no set", () => {
  const all = TargetSet.all(33);
  expect([all.has(-1), all.has(32), all.has(33), all.has(64)]).toEqual([false, true, false, false]);
});

test("sets over lists of other lengths differ", () => {
  expect(TargetSet.none(1).equals(TargetSet.none(2))).toBe(false);
});
