/**
 * The comments of a Go file as go/parser hands them out: their text without
 * carriage returns, and how they stand to the package clause. Assembly can be
 * read so too. It must not know what a comment means.
 */
import { commentEnd, quotedEnd, rawStringEnd, skipSpace, spansLines } from "./scanner.ts";

export interface GoComment {
  readonly start: number;
  readonly end: number;
  /** Without carriage returns. */
  readonly text: string;
  /** It stands in a group of comments, without a blank line between them, that ends directly above the package clause. */
  readonly adjoinsPackage: boolean;
  /** Its group begins behind the package clause's keyword. */
  readonly isAfterPackage: boolean;
}

export function goComments(text: string): readonly GoComment[] {
  const places: { readonly start: number; readonly end: number }[] = [];
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const packageStart = skipSpace(text, start);
  for (let i = start; ;) {
    marks.lastIndex = i;
    const [mark] = marks.exec(text) ?? [];
    if (mark === undefined) break;
    const at = marks.lastIndex - mark.length;
    if (mark === "`") i = rawStringEnd(text, at);
    else if (mark.length === 1) i = quotedEnd(text, at);
    else places.push({ start: at, end: (i = commentEnd(text, at)) });
  }
  const hasReturns = text.includes("\r");
  const withoutReturns = ({ start, end }: (typeof places)[number]): string => {
    const comment = text.slice(start, end);
    return hasReturns ? comment.replaceAll("\r", "") : comment;
  };
  // Of the comments before the package clause, the last group.
  const before = places.filter(({ start }) => start < packageStart);
  let first = before.length;
  const last = before.at(-1);
  if (last && last.start + withoutReturns(last).length + 1 >= packageStart) {
    first--;
    while (first > 0 && isSameGroup(text, before[first - 1]!.end, before[first]!.start)) first--;
  }
  return places.map((place, n) => ({
    start: place.start,
    end: place.end,
    text: withoutReturns(place),
    adjoinsPackage: n >= first && n < before.length,
    isAfterPackage: place.start >= packageStart,
  }));
}

/** What begins a comment, and what may hold anything that looks like one. */
const marks = /["'`]|\/[/*]/g;

/** Whether at most one line ends between two comments. */
function isSameGroup(text: string, start: number, end: number): boolean {
  const newline = text.indexOf("\n", start);
  return newline < 0 || newline >= end || !spansLines(text, newline + 1, end);
}
