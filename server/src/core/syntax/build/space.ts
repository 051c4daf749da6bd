/**
 * White space as Go's `unicode.IsSpace` has it, which `bytes.TrimSpace` and
 * `strings.Fields` follow in go/build. JavaScript's own set differs: it has the
 * byte order mark and lacks U+0085. It must not know what the text is.
 */
import type { Span } from "../../base/span.ts";

export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The part of `text` from `start` to `end` without white space around it. */
export function trimSpan(text: string, start: number, end: number): Span {
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

/** The words of `text` from `start` to `end`, which white space separates. */
export function fieldSpans(text: string, start: number, end: number): Span[] {
  const fields: Span[] = [];
  for (let i = start; i < end;) {
    if (isSpace(text.charCodeAt(i))) {
      i++;
      continue;
    }
    const from = i;
    while (i < end && !isSpace(text.charCodeAt(i))) i++;
    fields.push({ start: from, end: i });
  }
  return fields;
}
