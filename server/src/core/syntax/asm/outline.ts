/**
 * What an assembly text defines and mentions, found by one scan without a parse:
 * enough to pair symbols with Go declarations in a whole tree. Where macros or
 * conditions decide what is defined, the outline says so, and only an expansion
 * tells. It must not know targets or other files.
 */
import type { Span } from "../../base/span.ts";

export interface AsmOutline {
  /** In the order of the text; complete only where nothing `isConditional`. */
  readonly texts: readonly TextHead[];
  /** Every name in the text that is no keyword of the outline: a superset of the symbols it refers to. */
  readonly mentions: ReadonlySet<string>;
  /** The macros that its conditions ask for. */
  readonly tested: readonly string[];
  /** Paths of `#include` lines. */
  readonly includes: readonly string[];
  /** The macros it defines. */
  readonly defines: ReadonlySet<string>;
  /** A TEXT stands in a macro, inside a condition, has a macro for its name, or cannot be read by a scan. */
  readonly isConditional: boolean;
}

/** A TEXT directive: where its symbol is named, and what it says of the symbol. */
export interface TextHead {
  /** As written, without `<>`: `·add`, `time·now`. */
  readonly name: string;
  /** Of the name with what stands in angle brackets. */
  readonly span: Span;
  /** `<>` makes it a symbol of this file only. */
  readonly isStatic: boolean;
  /** Of `<ABIInternal>`; undefined where none is named. */
  readonly abi: string | undefined;
  /** Several definitions in different packages are allowed. */
  readonly isDupOk: boolean;
}

const name = String.raw`[\p{L}_·∕][\p{L}\p{Nd}_·∕]*`;

/**
 * One alternative for each thing that hides what is in it (comments, strings), for
 * preprocessor lines with their continuations, for TEXT with its symbol, and for names.
 */
const scanner = new RegExp(
  [
    String.raw`\/\/.*|\/\*[^]*?(?:\*\/|$(?![^]))`,
    String.raw`"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`,
    String.raw`^[ \t]*#[ \t]*(?<directive>\w+)(?<rest>(?:\\\r?\n|.)*)`,
    String.raw`TEXT[ \t]+(?<symbol>${name})(?<brackets><\w*>)?\(SB\)(?<flags>[^\n;]*)`,
    `(?<word>${name})`,
  ].join("|"),
  "gmu",
);

const words = new RegExp(name, "gu");

export function outlineAsm(text: string): AsmOutline {
  const texts: TextHead[] = [];
  const mentions = new Set<string>();
  const tested = new Set<string>();
  const includes: string[] = [];
  const defines = new Set<string>();
  let isConditional = false;
  let depth = 0;
  for (const match of text.matchAll(scanner)) {
    const { directive, rest, symbol, brackets, flags, word } = match.groups!;
    if (word !== undefined) {
      // A TEXT that the scan cannot read.
      if (word === "TEXT") isConditional = true;
      mentions.add(word);
    } else if (symbol !== undefined) {
      if (depth > 0) isConditional = true;
      const start = match.index + match[0].indexOf(symbol, 5);
      const inside = brackets?.slice(1, -1);
      texts.push({
        name: symbol,
        span: { start, end: start + symbol.length + (brackets?.length ?? 0) },
        isStatic: inside === "",
        abi: inside === "" ? undefined : inside,
        isDupOk: isDupOk(flags!),
      });
    } else if (directive !== undefined) {
      const [first = "", ...others] = rest!.match(words) ?? [];
      if (directive === "ifdef" || directive === "ifndef") {
        depth++;
        tested.add(first);
      } else if (directive === "endif") depth--;
      else if (directive === "include") includes.push(/"([^"\n]*)"/.exec(rest!)?.[1] ?? "");
      else if (directive === "define") {
        defines.add(first);
        for (const other of others) mentions.add(other);
        if (others.includes("TEXT")) isConditional = true;
      }
    }
  }
  isConditional ||= texts.some((head) => defines.has(head.name));
  return { texts, mentions, tested: [...tested], includes, defines, isConditional };
}

/** Whether the flags of a TEXT, which begin at the comma, hold DUPOK: by name, or as the 2 of textflag.h. */
export function isDupOk(flags: string): boolean {
  if (/\bDUPOK\b/.test(flags)) return true;
  const number = /^,?[ \t]*\$?\(?(\d+)\b/.exec(flags)?.[1];
  return (Number(number ?? 0) & 2) !== 0;
}
