/** Tables written as one line of words per value. It must not know what the words are. */

/** Each word of the lines, with the value of its line. */
export function wordMap<Value>(
  ...rows: readonly (readonly [value: Value, words: string])[]
): ReadonlyMap<string, Value> {
  return new Map(rows.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)));
}

export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
