/** Words as most names are: of ASCII's letters, digits and underscores. What continues in another letter is cut there. */

/** Whether the UTF-16 unit is one of such a word; false for the NaN behind the end of a text. */
export function isWordUnit(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || c === 0x5f;
}

/** Where the word around or behind `at` begins. */
export function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && isWordUnit(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Where the word that goes on at `at` ends. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWordUnit(text.charCodeAt(end))) end++;
  return end;
}
