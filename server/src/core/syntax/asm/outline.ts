/**
 * What an assembly text defines and mentions, found by one scan without a parse:
 * enough to pair symbols with Go declarations in a whole tree. Where macros or
 * conditions decide what is defined, the outline says so, and only an expansion
 * tells. It must not know targets or other files.
 */
import type { Span } from "../../base/span.ts";
import { type AsmTokens, isTrivia, Kind, lexAsm } from "./lexer.ts";

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

/** A TEXT with its symbol, as nearly all are written; the flags go to the end of the statement. */
const textHead =
  /TEXT[ \t]+(?<symbol>[\p{L}_·∕][\p{L}\p{Nd}_·∕]*)(?<brackets><\w*>)?\(SB\)(?<flags>[^\n;]*)/uy;

/** The outline of a text. `expanded` are the tokens of one without macros, in which only symbols are mentioned. */
export function outlineAsm(text: string, expanded?: AsmTokens): AsmOutline {
  const tokens = expanded ?? lexAsm(text).tokens;
  const { kinds, starts, count } = tokens;
  const texts: TextHead[] = [];
  const mentions = new Set<string>();
  const tested = new Set<string>();
  const includes: string[] = [];
  const defines = new Set<string>();
  let isConditional = false;
  let depth = 0;
  let atLineStart = true;
  const spelling = (token: number): string => text.slice(starts[token], starts[token + 1]);

  /** Reads a preprocessor line and returns the token that ends it. */
  const directive = (hash: number): number => {
    const words: string[] = [];
    let path = "";
    let token = hash + 1;
    for (; token < count && kinds[token] !== Kind.Newline; token++) {
      if (kinds[token] === Kind.Backslash) {
        if (isLineEnd(tokens, token + 1)) token = lineEndAfter(tokens, token);
      } else if (kinds[token] === Kind.Ident) words.push(spelling(token));
      else if (kinds[token] === Kind.String && path === "") path = spelling(token).slice(1, -1);
    }
    const [kind, first = "", ...others] = words;
    if (kind === "ifdef" || kind === "ifndef") {
      depth++;
      tested.add(first);
    } else if (kind === "endif") depth--;
    else if (kind === "include") includes.push(path);
    else if (kind === "define") {
      defines.add(first);
      for (const other of others) mentions.add(other);
      if (others.includes("TEXT")) isConditional = true;
    }
    return token;
  };

  for (let token = 0; token < count; token++) {
    const kind = kinds[token]!;
    if (kind === Kind.Hash && atLineStart) {
      token = directive(token);
      continue;
    }
    if (!isTrivia(kind)) atLineStart = kind === Kind.Newline;
    if (kind !== Kind.Ident) continue;
    const start = starts[token]!;
    if (starts[token + 1] !== start + 4 || !text.startsWith("TEXT", start)) {
      if (!expanded || mayBeSymbol(tokens, token)) mentions.add(spelling(token));
      continue;
    }
    textHead.lastIndex = start;
    const head = textHead.exec(text)?.groups;
    // A TEXT that the scan cannot read.
    if (!head || depth > 0) isConditional = true;
    if (!head) {
      mentions.add("TEXT");
      continue;
    }
    const { symbol = "", brackets, flags = "" } = head;
    const nameStart = text.indexOf(symbol, start + 5);
    const inside = brackets?.slice(1, -1);
    texts.push({
      name: symbol,
      span: { start: nameStart, end: nameStart + symbol.length + (brackets?.length ?? 0) },
      isStatic: inside === "",
      abi: inside === "" ? undefined : inside,
      isDupOk: isDupOk(flags),
    });
    while (token + 1 < count && starts[token + 1]! < textHead.lastIndex) token++;
  }
  isConditional ||= texts.some((head) => defines.has(head.name));
  return { texts, mentions, tested: [...tested], includes, defines, isConditional };
}

/** Whether what follows a name is what follows a symbol: `(SB)`, an ABI in brackets or an offset. */
function mayBeSymbol({ kinds, count }: AsmTokens, token: number): boolean {
  do token++;
  while (token < count && isTrivia(kinds[token]!));
  const kind = kinds[token];
  return kind === Kind.Open || kind === Kind.Less || kind === Kind.Plus || kind === Kind.Minus;
}

/** Whether nothing but space stands between `token` and the end of its line. */
function isLineEnd({ kinds, count }: AsmTokens, token: number): boolean {
  while (token < count && kinds[token] === Kind.Space) token++;
  return kinds[token] === Kind.Newline;
}

function lineEndAfter({ kinds, count }: AsmTokens, token: number): number {
  while (token < count && kinds[token] !== Kind.Newline) token++;
  return token;
}

/** Whether the flags of a TEXT, which begin at the comma, hold DUPOK: by name, or as the 2 of textflag.h. */
export function isDupOk(flags: string): boolean {
  if (/\bDUPOK\b/.test(flags)) return true;
  const number = /^,?[ \t]*\$?\(?(\d+)\b/.exec(flags)?.[1];
  return (Number(number ?? 0) & 2) !== 0;
}
