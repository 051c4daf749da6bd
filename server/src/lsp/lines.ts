/**
 * Offsets and positions of one text as the protocol counts them: a line ends at
 * "\n", "\r\n" or "\r", characters are UTF-16 units. Go's own count, which knows
 * only "\n", is the core's LineIndex.
 */
import type { Position, Range } from "vscode-languageserver";
import { memo, type SourceFile, type Span } from "../core/index.ts";

export class Lines {
  readonly text: string;
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = 0; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === 0x0a || (c === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
    }
    this.text = text;
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
    return { line: low, character: offset - starts[low]! };
  }

  /** Positions beyond the end of a line or of the text are clamped, as the protocol says. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    let end = this.starts[line + 1] ?? this.text.length;
    while (end > start && this.starts[line + 1] !== undefined && isLineBreak(this.text.charCodeAt(end - 1)))
      end--;
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

const linesOfSource = memo((source: SourceFile) => new Lines(source.text));
const noLines = new Lines("");

/** The lines of a file's text; those of an empty text where it is not known. */
export function linesOf(source: SourceFile | undefined): Lines {
  return source ? linesOfSource(source) : noLines;
}
