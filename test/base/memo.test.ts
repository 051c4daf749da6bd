import { expect, test } from "vitest";
import {
  LatestCache,
  memo,
  memoByKey,
  once,
  oncePerKey,
  RecentCache,
} from "../../server/src/core/base/memo.ts";

/** A computation that says how often it ran. */
function counted<V>(value: V): { readonly runs: () => number; readonly compute: () => V } {
  let runs = 0;
  return { runs: () => runs, compute: () => (runs++, value) };
}

test("A value is computed once for each object, and undefined is a value", () => {
  const nothing = counted(undefined);
  const of = memo<object, undefined>(nothing.compute);
  const [a, b] = [{}, {}];
  of(a);
  of(a);
  expect(nothing.runs()).toBe(1);
  of(b);
  expect(nothing.runs()).toBe(2);
});

test("A value is computed once for each object and key", () => {
  const seen: string[] = [];
  const of = memoByKey((owner: { readonly name: string }, key: number) => {
    seen.push(`${owner.name}${key}`);
    return key > 1 ? key : undefined;
  });
  const [a, b] = [{ name: "a" }, { name: "b" }];
  expect([of(a, 1), of(a, 1), of(a, 2), of(b, 1)]).toEqual([undefined, undefined, 2, undefined]);
  expect(seen).toEqual(["a1", "a2", "b1"]);
});

test("What belongs to the program is computed when first asked for", () => {
  const table = counted("rows");
  const rows = once(table.compute);
  expect(table.runs()).toBe(0);
  expect([rows(), rows()]).toEqual(["rows", "rows"]);
  expect(table.runs()).toBe(1);
  const missing = counted(undefined);
  const named = oncePerKey<string, undefined>(missing.compute);
  named("linux");
  named("linux");
  expect(missing.runs()).toBe(1);
});

test("The last answer is given as long as it is valid", () => {
  const cache = new LatestCache<object, { readonly text: string }>();
  const key = {};
  const ask = (text: string) =>
    cache.get(
      key,
      (known) => known.text === text,
      () => ({ text }),
    );
  const first = ask("one");
  expect(ask("one")).toBe(first);
  expect(ask("two")).not.toBe(first);
  expect(cache.peek(key, (known) => known.text === "one")).toBeUndefined();
  cache.set(key, first);
  expect(ask("one")).toBe(first);
});

test("Of the recent answers the one made longest ago is dropped first", () => {
  const cache = new RecentCache<string, object>(2);
  const ask = (key: string) =>
    cache.get(
      key,
      () => true,
      () => ({ key }),
    );
  const [a, b] = [ask("a"), ask("b")];
  expect([ask("a"), ask("b")]).toEqual([a, b]);
  ask("c");
  expect(ask("b")).toBe(b);
  expect(ask("a")).not.toBe(a);
});
