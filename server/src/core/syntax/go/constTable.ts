/**
 * Tables of constants, as mkerrors and mksysnum write them: a name in capitals on each line, with a
 * literal for its value. Package syscall declares a hundred thousand names in such tables, and hardly any of
 * them is ever asked for: a table is passed over as text, and its names are read when somebody wants them.
 */
import type { ConstDecl } from "./ast.ts";

/** `AF_DECnet`, `E2BIG`, `_SA_SIGINFO`: capitals, and after the first "_" anything. */
const tableName = String.raw`[A-Z_][A-Z0-9]*(?:_\w*)?`;
const wholeName = new RegExp(`^${tableName}$`);
const nameOnLine = new RegExp(`^[ \\t]*(${tableName})`, "gm");
const anyName = /^[ \t]*[A-Z_]/m;

/** Nothing that the next line could continue: a literal, or one converted to a type. */
const value = String.raw`-?[0-9]\w*|(?:\w+\.)?[A-Z]\w*\(-?[0-9]\w*\)|"(?:[^"\\\n]|\\[^\n]){0,300}"`;
const spec = String.raw`${tableName}(?:[ \t]*=[ \t]*(?:${value}))?[ \t]*`;
/** Not so many lines at a time that V8's matcher, which can return to each of them, runs out of room; or one up to its comment. */
const lines = new RegExp(
  String.raw`(?:[ \t]*(?:${spec})?\n){1,500}|[ \t]*(?:${spec})?\/\/(?!go:|export)`,
  "y",
);

/** Whether a table can declare the name. */
export function isTableName(name: string): boolean {
  return wholeName.test(name);
}

/** Where the ")" stands of the table behind a "(" in front of `start`; -1 where the group is no table. */
export function constTableEnd(text: string, start: number): number {
  let end = start;
  for (lines.lastIndex = start; lines.test(text); lines.lastIndex = end) {
    end = lines.lastIndex;
    if (text.charCodeAt(end - 1) === slash) end = text.indexOf("\n", end) + 1 || text.length;
  }
  return text[end] === ")" && anyName.test(text.slice(start, end)) ? end : -1;
}

const slash = 47;

/** The declaration of a whole table. */
export class ConstTable implements ConstDecl {
  readonly kind = "const";
  readonly isTable = true;
  readonly header: string;
  private read: readonly string[] | undefined;

  constructor(header: string) {
    this.header = header;
  }

  get names(): readonly string[] {
    return (this.read ??= Array.from(this.header.matchAll(nameOnLine), ([, name]) => name!));
  }
}
