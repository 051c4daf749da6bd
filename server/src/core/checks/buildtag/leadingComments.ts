/**
 * The `//` lines at the head of a file that is not Go, as vet's analyzers look
 * for them: line by line, up to the first line that holds anything else.
 */
import { isSpace } from "../../syntax/build/space.ts";

export interface LeadingComment {
  readonly start: number;
  /** Behind the "\n", if there is one. */
  readonly end: number;
  readonly inBlockComment: boolean;
}

/** With `evenInBlocks`, a `//` line in a block comment counts, and cannot end it. */
export function* leadingComments(
  text: string,
  { evenInBlocks }: { readonly evenInBlocks: boolean },
): Generator<LeadingComment, void, void> {
  let inBlockComment = false;
  for (let start = 0, end = 0; start < text.length; start = end) {
    const newline = text.indexOf("\n", start);
    end = newline < 0 ? text.length : newline + 1;
    if (text.startsWith("//", start) && (evenInBlocks || !inBlockComment)) {
      yield { start, end, inBlockComment };
      continue;
    }
    for (let i = start; i < end;) {
      if (inBlockComment) {
        const close = text.slice(i, end).indexOf("*/");
        inBlockComment = close < 0;
        i = close < 0 ? end : i + close + 2;
      } else if (isSpace(text.charCodeAt(i))) i++;
      else if (text.startsWith("/*", i)) {
        inBlockComment = true;
        i += 2;
      } else return;
    }
  }
}
