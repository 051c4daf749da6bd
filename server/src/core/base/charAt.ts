/**
 * The code of the UTF-16 unit at `at`, -1 behind the end of the text. `charCodeAt` says NaN
 * there, which costs compiled code that has met it its knowledge of a plain number.
 */
export function charAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : -1;
}
