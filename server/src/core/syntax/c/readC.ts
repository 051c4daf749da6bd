/**
 * Reads C as Go's first trees have it: which functions a file declares and defines, with
 * their parameters, and which functions a body calls. `sys·exit` is one name there; a
 * `.goc` file declares functions as Go does, `func exit(code int32) { … }`, with C
 * for a body.
 *
 * It knows brackets, comments and strings, and no types: whatever is followed by a
 * parameter list outside of all braces is a function. Any text is answered, in linear
 * time. It must not know which file declares what for whom.
 */
import type { Span } from "../../base/span.ts";

export interface CFunction {
  /** As written: `sys·exit`, `runtime·memmove`, `bsdthread_create`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** From the result to the end of the parameter list. */
  readonly span: Span;
  /** "void", "uint8*"; for a `.goc` function the results as written, "" for none. */
  readonly result: string;
  readonly params: readonly CParameter[];
  /** Braces included; undefined for a declaration. */
  readonly body: Span | undefined;
  readonly isStatic: boolean;
}

export interface CParameter {
  /** "void*", "int32", "void (*)(void)". */
  readonly type: string;
  /** "" where it has none. */
  readonly name: string;
}

export interface CCall {
  readonly name: string;
  readonly span: Span;
  readonly args: readonly string[];
}

/** A token: its kind is a character for punctuation, "word" for names and numbers, "text" for strings and characters. */
export interface Token extends Span {
  readonly kind: string;
}

/** The functions of a file, in its order; of a name with several declarations all. */
export function readC(text: string): readonly CFunction[] {
  const tokens = tokensOf(text, 0, text.length);
  const closes = matchBrackets(tokens);
  const functions: CFunction[] = [];
  let start = 0;
  for (let i = 0; i < tokens.length; i++) {
    const { kind } = tokens[i]!;
    const close = closes[i]!;
    if (kind === ";" || kind === "}") start = i + 1;
    else if (kind === "{") {
      // A struct, an initialiser, or a body whose function was not recognised.
      i = close;
      start = i + 1;
    } else if (kind === "(" && close > i) {
      const after = tokens[close + 1]?.kind;
      const found = functionAt(text, tokens, closes, start, i, close);
      i = close;
      if (!found || (after !== ";" && after !== "{" && after !== "," && !found.isGo)) continue;
      let open = close + 1;
      if (found.isGo && tokens[open]?.kind === "(") open = closes[open]! + 1;
      const hasBody = tokens[open]?.kind === "{";
      const last = hasBody ? closes[open]! : open;
      const body = hasBody ? { start: tokens[open]!.start, end: tokens[last]!.end } : undefined;
      functions.push({ ...found.function, body });
      i = last;
      start = i + 1;
    }
  }
  return functions;
}

function functionAt(
  text: string,
  tokens: readonly Token[],
  closes: readonly number[],
  start: number,
  open: number,
  close: number,
): { readonly function: CFunction; readonly isGo: boolean } | undefined {
  const name = tokens[open - 1];
  if (name?.kind !== "word" || open - 1 < start || !/^[^\d]/.test(text.slice(name.start, name.end)))
    return undefined;
  const before = tokens.slice(start, open - 1).map((token) => text.slice(token.start, token.end));
  // What looks like a function in an expression or a declaration of something else.
  if (before.some((word) => /^[=,.:?]$/.test(word))) return undefined;
  const isGo = before.at(-1) === "func";
  if (before.length === 0 || before[0] === "typedef") return undefined;
  const params = parameters(text, tokens, closes, open, close, isGo);
  const results = isGo && tokens[close + 1]?.kind === "(" ? tokens[closes[close + 1]!] : undefined;
  const span = { start: tokens[start]!.start, end: results?.end ?? tokens[close]!.end };
  const words = before.filter((word) => word !== "static" && word !== "extern" && word !== "const");
  return {
    isGo,
    function: {
      name: text.slice(name.start, name.end),
      nameSpan: { start: name.start, end: name.end },
      span,
      result: isGo ? text.slice(tokens[close]!.end, span.end).trim() : words.join(" ").replaceAll(" *", "*"),
      params,
      body: undefined,
      isStatic: before.includes("static"),
    },
  };
}

/** What stands between commas; the last word of an entry of several is its name, in Go the first. */
function parameters(
  text: string,
  tokens: readonly Token[],
  closes: readonly number[],
  open: number,
  close: number,
  isGo: boolean,
): CParameter[] {
  const params: CParameter[] = [];
  let from = open + 1;
  for (let i = open + 1; i <= close; i++) {
    const { kind } = tokens[i]!;
    if (kind === "(" || kind === "[" || kind === "{") i = closes[i]!;
    if (i < close && kind !== ",") continue;
    const entry = tokens.slice(from, Math.min(i, close));
    from = i + 1;
    const [first] = entry;
    const last = entry.at(-1);
    if (!first || !last) continue;
    const whole = text.slice(first.start, last.end).replace(/\s+/g, " ");
    if (whole === "void") continue;
    const word = isGo ? first : last;
    // `void (*fn)(void)` has its name inside.
    const pointer = /\(\s*\*\s*([^\s()*]+)\s*\)/.exec(whole)?.[1];
    if (pointer !== undefined) params.push({ type: whole.replace(pointer, ""), name: pointer });
    else if (entry.length < 2 || word.kind !== "word") params.push({ type: whole, name: "" });
    else {
      const name = text.slice(word.start, word.end);
      const rest = isGo ? text.slice(first.end, last.end) : text.slice(first.start, last.start);
      params.push({ type: rest.trim().replace(/\s+\*/g, "*"), name });
    }
  }
  return params;
}

/** In characters. A longer one is no call, or nothing closes it. */
const longestCall = 2000;

const control: ReadonlySet<string> = new Set([
  "if",
  "for",
  "while",
  "switch",
  "return",
  "sizeof",
  "case",
  "else",
  "do",
]);

/** The calls in a body, those in arguments before the call they are for. */
export function cCalls(text: string, body: Span): readonly CCall[] {
  const tokens = tokensOf(text, body.start, body.end);
  const closes = matchBrackets(tokens);
  const calls: { readonly call: CCall; readonly close: number }[] = [];
  for (const [i, token] of tokens.entries()) {
    const close = closes[i]!;
    const name = tokens[i - 1];
    if (token.kind !== "(" || close <= i || name?.kind !== "word") continue;
    const written = text.slice(name.start, name.end);
    if (control.has(written) || /^\d/.test(written) || tokens[close]!.end - name.start > longestCall)
      continue;
    const args: string[] = [];
    let from = i + 1;
    for (let k = i + 1; k <= close; k++) {
      const { kind } = tokens[k]!;
      if (kind === "(" || kind === "[" || kind === "{") k = closes[k]!;
      if (k < close && kind !== ",") continue;
      const [first, last] = [tokens[from], tokens[Math.min(k, close) - 1]];
      if (first && last && from < Math.min(k, close))
        args.push(text.slice(first.start, last.end).replace(/\s+/g, " "));
      from = k + 1;
    }
    calls.push({
      call: { name: written, span: { start: name.start, end: tokens[close]!.end }, args },
      close,
    });
  }
  return calls.sort((a, b) => a.close - b.close).map(({ call }) => call);
}

/** The index of the bracket that closes each one that opens; of one that nothing closes the last token's. */
export function matchBrackets(tokens: readonly Token[]): number[] {
  const closes = tokens.map((_, i) => i);
  const open: number[] = [];
  let openBraces = 0;
  for (const [i, { kind }] of tokens.entries()) {
    if (kind === "{") openBraces++;
    if (kind === "(" || kind === "[" || kind === "{") open.push(i);
    else if (kind === ")" || kind === "]" || kind === "}") {
      // A brace ends whatever was left open inside of it.
      const wanted = kind === ")" ? "(" : kind === "]" ? "[" : "{";
      if (kind === "}" && openBraces === 0) continue;
      const at = kind === "}" ? open.findLastIndex((k) => tokens[k]!.kind === wanted) : open.length - 1;
      if (at < 0 || tokens[open[at]!]!.kind !== wanted) continue;
      if (kind === "}") openBraces--;
      for (const k of open.splice(at)) closes[k] = i;
    }
  }
  for (const k of open) closes[k] = tokens.length - 1;
  return closes;
}

/** Comments, white space and preprocessor lines are passed over. */
export function tokensOf(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  // A word may hold the dot and slash that Go's assembler takes for letters.
  const pattern =
    /\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))|^[ \t]*#[^\n]*(?:(?<=\\\r?)\n[^\n]*)*|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|[\p{L}\p{N}_·∕]+|[^\S\n]+|\n|[^]/gmu;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match && match.index < end; match = pattern.exec(text)) {
    const [found] = match;
    const at = { start: match.index, end: match.index + found.length };
    const first = found[0]!;
    if (/^\s/.test(found) || found.startsWith("//") || found.startsWith("/*") || /^[ \t]*#/.test(found))
      continue;
    if (first === '"' || first === "'") tokens.push({ kind: "text", ...at });
    else if (/^[\p{L}\p{N}_·∕]/u.test(found)) tokens.push({ kind: "word", ...at });
    else tokens.push({ kind: first, ...at });
  }
  return tokens;
}
