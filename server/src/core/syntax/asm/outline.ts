/**
 * What an assembly text defines and mentions, found by one scan without a parse:
 * enough to pair symbols with Go declarations in a whole tree. Where macros or
 * conditions decide what is defined, the outline says so, and only an expansion
 * tells. It must not know targets or other files.
 */
import { isWordUnit } from "../../base/asciiWord.ts";
import type { Span } from "../../base/span.ts";
import { type AsmTokens, isTrivia, Kind, hiddenEnd, lexAsm } from "./lexer.ts";

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

/** The outline of a text. Only what a TEXT or a `#` begins is looked at closely; its mentions are found when asked for. */
export function outlineAsm(text: string): AsmOutline {
  const scanned = scan(text);
  if (!scanned) return outlineTokens(text, lexAsm(text).tokens);
  let mentions: ReadonlySet<string> | undefined;
  return {
    ...scanned,
    get mentions() {
      return (mentions ??= outlineTokens(text, lexAsm(text).tokens).mentions);
    },
  };
}

/** What directives of the preprocessor say, as far as they were read. */
interface Directives {
  readonly tested: Set<string>;
  readonly includes: string[];
  readonly defines: Set<string>;
  /** How many conditions are open. */
  depth: number;
  definesText: boolean;
}

function noDirectives(): Directives {
  return { tested: new Set(), includes: [], defines: new Set(), depth: 0, definesText: false };
}

const landmark = /\/[/*]|["'#]|TEXT/g;

/** Reads a text from landmark to landmark; undefined where only tokens tell what one is. */
function scan(text: string): Omit<AsmOutline, "mentions"> | undefined {
  const texts: TextHead[] = [];
  const directives = noDirectives();
  let isConditional = false;
  for (let at = 0; ;) {
    landmark.lastIndex = at;
    if (!landmark.test(text)) break;
    at = landmark.lastIndex;
    switch (text[at - 1]) {
      case "/":
      case "*":
        at = hiddenEnd(text, at - 2);
        break;
      case "#": {
        const before = lastBefore(text, at - 1);
        if (text[before] === "\uFEFF" || text.startsWith("*/", before - 1)) return undefined;
        if (before >= 0 && text[before] !== "\n") break;
        const line = directiveLine(text, at - 1);
        if (line === undefined) return undefined;
        if (line === "#endif") directives.depth--;
        else if (line !== "#else")
          noteDirective(plainDirective(line) ?? directiveAt(line, lexAsm(line).tokens, 0), directives);
        at += line.length - 1;
        break;
      }
      case "T": {
        const start = at - "TEXT".length;
        const word = wordAt(text, start);
        if (word === "unclear") return undefined;
        if (word === "other") break;
        const found = readHead(text, start);
        if (!found || directives.depth > 0) isConditional = true;
        if (!found) break;
        texts.push(found.head);
        at = found.end;
        // What begins among the flags may go on behind them.
        const flags = text.slice(start, at);
        if (/["']|\/\*/.test(flags)) return undefined;
        if (flags.includes("//")) at = hiddenEnd(text, start + flags.indexOf("//"));
        break;
      }
      default:
        at = hiddenEnd(text, at - 1);
    }
  }
  return withDirectives(texts, isConditional, directives);
}

/** What was found, with what the directives make of it. */
function withDirectives(
  texts: readonly TextHead[],
  isConditional: boolean,
  { tested, includes, defines, definesText }: Directives,
): Omit<AsmOutline, "mentions"> {
  const decidesText = definesText || texts.some((head) => defines.has(head.name));
  return { texts, tested: [...tested], includes, defines, isConditional: isConditional || decidesText };
}

/** A directive up to the end of its last line; undefined where a comment or a literal may hide that. */
function directiveLine(text: string, start: number): string | undefined {
  const line = text.slice(start, directiveEnd(text, start));
  const isOdd = line.includes("/*") || (line.includes("\\") && /["'/]/.test(line));
  return isOdd ? undefined : line;
}

/** The end of a line of the preprocessor and of those that it goes on in, as far as no comment hides it. */
export function directiveEnd(text: string, start: number): number {
  let end = text.indexOf("\n", start);
  while (end >= 0 && isContinued(text, end)) end = text.indexOf("\n", end + 1);
  return end < 0 ? text.length : end;
}

/** Whether the line that ends at `newline` goes on in the next one: it ends with "\\" and space. */
function isContinued(text: string, newline: number): boolean {
  return text[lastBefore(text, newline)] === "\\";
}

/** Where the last character before `end` stands that is no space within a line; -1 where there is none. */
function lastBefore(text: string, end: number): number {
  let last = end - 1;
  while (last >= 0 && " \t\r".includes(text[last]!)) last--;
  return last;
}

/** A directive as most are written. */
function plainDirective(line: string): Directive | undefined {
  const [, path, kind = "include", name = ""] = plain.exec(line) ?? [];
  if (path !== undefined) return { words: [kind], path };
  if (name === "" || (kind === "define" && line.includes("TEXT"))) return undefined;
  return { words: [kind, name], path: "" };
}

const plain = /^#(?:include[ \t]+"([^"\\]*)"|(ifn?def|define|undef)[ \t]+([A-Za-z_]\w*))(?=[ \t\r(]|$)/;

/** Whether TEXT is a word by itself there, or a part of another. */
function wordAt(text: string, start: number): "TEXT" | "other" | "unclear" {
  const last = text.charCodeAt(start - 1);
  const hasBefore = isWordUnit(last) || last >= 0x80;
  const before = hasBefore
    ? /[\w\x80-\uFFFF]*$/.exec(text.slice(Math.max(0, start - mostBefore), start))![0]
    : "";
  // A number ends where a word may begin, and so does what is no letter.
  if (before !== "")
    return before.length < mostBefore && /^[A-Za-z_·∕][\w·∕]*$/.test(before) ? "other" : "unclear";
  const next = text.charAt(start + "TEXT".length);
  if (/[\w·∕]/.test(next)) return "other";
  return next >= "\x80" ? "unclear" : "TEXT";
}

/** How far to look back for the start of a word. */
const mostBefore = 32;

/** The outline of a text by its tokens. Of one without macros, `isExpanded`, only symbols are mentioned. */
export function outlineTokens(text: string, tokens: AsmTokens, isExpanded = false): AsmOutline {
  const { kinds, starts, count } = tokens;
  const texts: TextHead[] = [];
  const mentions = new Set<string>();
  const directives = noDirectives();
  let isConditional = false;
  let atLineStart = true;
  for (let token = 0; token < count; token++) {
    const kind = kinds[token]!;
    if (kind === Kind.Hash && atLineStart) {
      const directive = directiveAt(text, tokens, token);
      const [kind, , ...others] = directive.words;
      if (kind === "define") for (const other of others) mentions.add(other);
      noteDirective(directive, directives);
      token = directive.end;
      continue;
    }
    if (!isTrivia(kind)) atLineStart = kind === Kind.Newline;
    if (kind !== Kind.Ident) continue;
    const start = starts[token]!;
    if (starts[token + 1] !== start + 4 || !text.startsWith("TEXT", start)) {
      if (!isExpanded || mayBeSymbol(tokens, token)) mentions.add(text.slice(start, starts[token + 1]));
      continue;
    }
    const head = readHead(text, start);
    // A TEXT that the scan cannot read.
    if (!head || directives.depth > 0) isConditional = true;
    if (!head) {
      mentions.add("TEXT");
      continue;
    }
    texts.push(head.head);
    while (token + 1 < count && starts[token + 1]! < head.end) token++;
  }
  return { ...withDirectives(texts, isConditional, directives), mentions };
}

/** The TEXT that begins at `start`, and where its statement ends. */
function readHead(
  text: string,
  start: number,
): { readonly head: TextHead; readonly end: number } | undefined {
  textHead.lastIndex = start;
  const found = textHead.exec(text)?.groups;
  if (!found) return undefined;
  const { symbol = "", brackets, flags = "" } = found;
  const nameStart = text.indexOf(symbol, start + 5);
  const inside = brackets?.slice(1, -1);
  const head = {
    name: symbol,
    span: { start: nameStart, end: nameStart + symbol.length + (brackets?.length ?? 0) },
    isStatic: inside === "",
    abi: inside === "" ? undefined : inside,
    isDupOk: isDupOk(flags),
  };
  return { head, end: textHead.lastIndex };
}

/** The words of a line of the preprocessor, and the path that it names. */
interface Directive {
  readonly words: readonly string[];
  readonly path: string;
}

/** The preprocessor's line that begins at the token `hash`, and the token that ends it. */
function directiveAt(text: string, tokens: AsmTokens, hash: number): Directive & { readonly end: number } {
  const { kinds, starts, count } = tokens;
  const spelling = (token: number): string => text.slice(starts[token], starts[token + 1]);
  const words: string[] = [];
  let path = "";
  let token = hash + 1;
  for (; token < count && kinds[token] !== Kind.Newline; token++) {
    if (kinds[token] === Kind.Backslash) {
      if (isLineEnd(tokens, token + 1)) token = lineEndAfter(tokens, token);
    } else if (kinds[token] === Kind.Ident) words.push(spelling(token));
    else if (kinds[token] === Kind.String && path === "") path = spelling(token).slice(1, -1);
  }
  return { words, path, end: token };
}

function noteDirective({ words, path }: Directive, found: Directives): void {
  const [kind, first = "", ...others] = words;
  if (kind === "ifdef" || kind === "ifndef") {
    found.depth++;
    found.tested.add(first);
  } else if (kind === "endif") found.depth--;
  else if (kind === "include") found.includes.push(path);
  else if (kind === "define") {
    found.defines.add(first);
    if (others.includes("TEXT")) found.definesText = true;
  }
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
