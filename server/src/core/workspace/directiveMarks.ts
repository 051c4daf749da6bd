/** Where a file has `//go:`, in a comment or anywhere else: one search for all who look for one directive or another. */
import type { AsmSource, GoSource } from "./sourceFile.ts";

const mark = "//go:";
const remembered = new WeakMap<GoSource | AsmSource, readonly number[]>();

/** The offset of each, in the order of the text. */
export function directiveMarks(file: GoSource | AsmSource): readonly number[] {
  let marks = remembered.get(file);
  if (!marks) remembered.set(file, (marks = find(file.text)));
  return marks;
}

/** Whether a directive may begin at one of the marks: `word` is what follows the colon. */
export function hasMark({ text }: GoSource | AsmSource, at: number, word: string): boolean {
  return text.startsWith(word, at + mark.length);
}

function find(text: string): readonly number[] {
  const marks: number[] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) marks.push(at);
  return marks;
}
