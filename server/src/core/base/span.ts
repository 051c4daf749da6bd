/**
 * A span is a half-open range of a text, in UTF-16 code units. It knows no line
 * and no file; `LineIndex` turns offsets into lines and columns.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}
