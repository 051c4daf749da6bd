/** The name that an offset stands in, or right behind. */
import type { Span } from "../../base/span.ts";

/** Longer ones are no names. */
const longest = 500;

/** Of letters, digits, "_", and the "·" and "∕" of assembly; undefined where there is none. */
export function wordAt(
  text: string,
  offset: number,
): { readonly text: string; readonly span: Span } | undefined {
  const from = Math.max(0, offset - longest);
  const before = /[\p{L}\p{N}_·∕]*$/u.exec(text.slice(from, offset))![0];
  const after = /^[\p{L}\p{N}_·∕]*/u.exec(text.slice(offset, offset + longest))![0];
  const word = before + after;
  if (word === "") return undefined;
  const start = offset - before.length;
  return { text: word, span: { start, end: start + word.length } };
}

/** The line around an offset, and where it begins. */
export function lineAt(text: string, offset: number): { readonly text: string; readonly start: number } {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return { text: text.slice(start, end < 0 ? text.length : end), start };
}
