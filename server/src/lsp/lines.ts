/**
 * Offsets and positions of one text as the protocol counts them: a line ends at
 * "\n", "\r\n" or "\r", characters are units of UTF-16, or of UTF-8 where the
 * client can do that. Go's own count, which knows only "\n", is the core's LineIndex.
 */
import type { Position, Range } from "vscode-languageserver";
import { memoByKey, type SourceFile, type Span, utf8Length } from "../core/index.ts";

/** What a character of a position is. */
export type PositionEncoding = "utf-16" | "utf-8";

export class Lines {
  readonly text: string;
  private readonly encoding: PositionEncoding;
  private readonly starts: readonly number[];

  constructor(text: string, encoding: PositionEncoding) {
    const starts = [0];
    for (let at = 0; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === 0x0a || (c === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
    }
    this.text = text;
    this.encoding = encoding;
    this.starts = starts;
  }

  positionAt(offset: number): Position {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low]!;
    const character = this.encoding === "utf-8" ? utf8Length(this.text, start, offset) : offset - start;
    return { line: low, character };
  }

  /** Positions beyond the end of a line or of the text are clamped, as the protocol says. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    let end = this.starts[line + 1] ?? this.text.length;
    while (end > start && this.starts[line + 1] !== undefined && isLineBreak(this.text.charCodeAt(end - 1)))
      end--;
    if (this.encoding === "utf-8") return offsetOfByte(this.text, start, end, character);
    return Math.max(start, Math.min(start + character, end));
  }

  range({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  span({ start, end }: Range): Span {
    return { start: this.offsetAt(start), end: this.offsetAt(end) };
  }
}

function isLineBreak(c: number): boolean {
  return c === 0x0a || c === 0x0d;
}

/** The offset of a byte of a line, of the whole character where it lies within one; the end where there are fewer. */
function offsetOfByte(text: string, start: number, end: number, byte: number): number {
  let at = start;
  for (let left = byte; left > 0 && at < end;) {
    const units = text.codePointAt(at)! > 0xffff ? 2 : 1;
    left -= utf8Length(text, at, at + units);
    if (left >= 0) at += units;
  }
  return at;
}

const linesOfSource = memoByKey(
  (source: SourceFile, encoding: PositionEncoding) => new Lines(source.text, encoding),
);

/** The lines of a file's text; those of an empty text where it is not known. */
export function linesOf(source: SourceFile | undefined, encoding: PositionEncoding): Lines {
  return source ? linesOfSource(source, encoding) : new Lines("", encoding);
}
