/** Positions in both encodings. */
import { describe, expect, test } from "vitest";
import { Lines } from "../../server/src/lsp/lines.ts";

const text = "a·b𝄞c\r\nTEXT ·f\n";
const at = (line: number, character: number) => ({ line, character });

describe.each([
  ["utf-16", [0, 1, 2, 3, 5], 6],
  ["utf-8", [0, 1, 3, 4, 8], 7],
] as const)("in %s", (encoding, columns, name) => {
  const lines = new Lines(text, encoding);

  test("offsets become positions, and positions offsets", () => {
    for (const [i, offset] of [0, 1, 2, 3, 5].entries()) {
      expect(lines.positionAt(offset)).toEqual(at(0, columns[i]!));
      expect(lines.offsetAt(at(0, columns[i]!))).toBe(offset);
    }
    expect(lines.positionAt(text.indexOf("f"))).toEqual(at(1, name));
    expect(lines.offsetAt(at(1, name))).toBe(text.indexOf("f"));
  });

  test("what lies beyond a line or the text is its end", () => {
    expect(lines.offsetAt(at(0, 100))).toBe(text.indexOf("\r"));
    expect(lines.offsetAt(at(9, 0))).toBe(text.length);
    expect(lines.offsetAt(at(0, -1))).toBe(0);
  });
});

test("a byte within a character is that character", () => {
  const lines = new Lines(text, "utf-8");
  expect(lines.offsetAt(at(0, 2))).toBe(1);
  expect(lines.offsetAt(at(0, 6))).toBe(3);
});
