/**
 * Maps offsets of one text to lines and columns and back. Lines end at "\n", as
 * Go's tools count them; a "\r" before it belongs to the line. Offsets and
 * characters are UTF-16 code units, byte columns are UTF-8, as Go prints them.
 */
export class LineIndex {
  readonly text: string;
  /** Offset of the first code unit of each line. */
  readonly starts: readonly number[];
  /** The UTF-8 bytes before every so many code units; counted when a long line asks for them. */
  private bytes: readonly number[] | undefined;

  constructor(text: string) {
    const starts = [0];
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
    this.text = text;
    this.starts = starts;
  }

  /** The zero-based line that holds `offset`; offsets outside the text are clamped. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Zero-based line and zero-based UTF-16 character of `offset`. */
  positionAt(offset: number): { line: number; character: number } {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - this.starts[line]! };
  }

  /** One-based line and one-based UTF-8 byte column of `offset`: what Go's tools print. */
  goPositionAt(offset: number): { line: number; column: number } {
    const { line, character } = this.positionAt(offset);
    const start = this.starts[line]!;
    const bytes =
      character < stride
        ? utf8Length(this.text, start, start + character)
        : this.bytesBefore(start + character) - this.bytesBefore(start);
    return { line: line + 1, column: bytes + 1 };
  }

  /** In a long line many places may be asked for, and none is worth counting all of it. */
  private bytesBefore(offset: number): number {
    this.bytes ??= bytesAtStrides(this.text);
    const stop = Math.floor(offset / stride);
    return this.bytes[stop]! + additiveLength(this.text, stop * stride, offset);
  }

  /** The offset of a zero-based line and UTF-16 character, clamped to the line. */
  offsetAt(line: number, character: number): number {
    if (line < 0) return 0;
    if (line >= this.starts.length) return this.text.length;
    const start = this.starts[line]!;
    const end = line + 1 < this.starts.length ? this.starts[line + 1]! : this.text.length;
    return Math.max(start, Math.min(start + character, end));
  }
}

const stride = 1024;

function bytesAtStrides(text: string): number[] {
  const bytes = [0];
  let sum = 0;
  for (let end = stride; end <= text.length; end += stride)
    bytes.push((sum += additiveLength(text, end - stride, end)));
  return bytes;
}

/** As `utf8Length`, but each half of a surrogate pair that is cut counts half of its bytes, so that the lengths of parts add up. */
function additiveLength(text: string, start: number, end: number): number {
  const halves = [start, end].filter((at) => cutsPair(text, at)).length;
  return utf8Length(text, start, end) - (start < end ? halves : 0);
}

function cutsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before < 0xdc00 && isLowSurrogate(text.charCodeAt(at));
}

/** Length in UTF-8 bytes of `text` from `start` to `end` (UTF-16 offsets). */
export function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) bytes += 1;
    else if (c < 0x800) bytes += 2;
    else if (c >= 0xd800 && c < 0xdc00 && i + 1 < end && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(c: number): boolean {
  return c >= 0xdc00 && c < 0xe000;
}
