/**
 * Cuts assembly source into tokens: ranges of the text with a kind, no strings.
 * It must not know mnemonics, registers or macros, and it reads anything: the
 * tokens, spaces and comments included, always concatenate to the text.
 *
 * What a token is follows text/scanner as cmd/asm/internal/lex/tokenizer.go sets
 * it up: only blank, tab and carriage return are space, a newline is a token,
 * `·` and `∕` are letters, and a backquote is just a character.
 */
import { charAt } from "../../base/charAt.ts";
import type { Span } from "../../base/span.ts";

/** Something wrong at a place of the text; shared by lexer, parser and preprocessor. */
export interface SyntaxError extends Span {
  readonly message: string;
}

/**
 * The kind of a token. A token of one ASCII character that is no literal and no
 * name has the character's code as its kind, so `,` is 0x2c; the others start at 128.
 */
export const Kind = {
  Space: 128,
  LineComment: 129,
  BlockComment: 130,
  Ident: 131,
  Int: 132,
  Float: 133,
  Char: 134,
  String: 135,
  /** `<<` */
  ShiftLeft: 136,
  /** `>>` */
  ShiftRight: 137,
  /** `->`: arithmetic shift right on arm and arm64. */
  ArithmeticShift: 138,
  /** `@>`: rotate right on arm and arm64. */
  Rotate: 139,
  /** One character outside ASCII that is no letter. */
  Other: 140,
  /**
   * The name of a macro with parameters, used without them. Only the preprocessor
   * makes it, as cmd/asm/internal/lex/input.go does: such a name is no identifier any more.
   */
  MacroName: 141,
  /** Behind the last token; never in the list. */
  End: 142,
  Newline: 0x0a,
  Hash: 0x23,
  Dollar: 0x24,
  Open: 0x28,
  Close: 0x29,
  Star: 0x2a,
  Plus: 0x2b,
  Comma: 0x2c,
  Minus: 0x2d,
  Dot: 0x2e,
  Slash: 0x2f,
  Colon: 0x3a,
  Semicolon: 0x3b,
  Less: 0x3c,
  Greater: 0x3e,
  OpenBracket: 0x5b,
  Backslash: 0x5c,
  CloseBracket: 0x5d,
};

/** The tokens of one text. Token `i` is `text.slice(starts[i], starts[i + 1])`. */
export interface AsmTokens {
  readonly count: number;
  /** One `Kind` for each token. */
  readonly kinds: Uint8Array;
  /** `count + 1` offsets: the last one is the length of the text. */
  readonly starts: Uint32Array;
}

/** Whether a token means nothing to the assembler: space or comment. */
export function isTrivia(kind: number): boolean {
  return kind >= Kind.Space && kind <= Kind.BlockComment;
}

/** What a character begins: a word, a number, space, a token of its own; 0 for what takes a closer look. */
const letter = 1;
const digit = 2;
const space = 3;
const mark = 4;
const classes = new Uint8Array(128).fill(mark);
for (let c = 0; c < 26; c++) classes[0x41 + c] = classes[0x61 + c] = letter;
for (let c = 0x30; c <= 0x39; c++) classes[c] = digit;
classes[0x5f] = letter;
classes[0x20] = classes[0x09] = classes[0x0d] = space;
for (const c of "\0\"'/.<>-@") classes[c.charCodeAt(0)] = 0;

const unicodeLetter = /^\p{L}/u;
const unicodeDigit = /^\p{Nd}/u;

/** Cuts `text` into tokens, in one pass. Malformed literals and comments become tokens with an error. */
export function lexAsm(text: string): {
  readonly tokens: AsmTokens;
  readonly errors: readonly SyntaxError[];
} {
  const length = text.length;
  const lexer: Lexer = { text, kind: 0, errors: [] };
  let capacity = (length >> 1) + 16;
  let kinds = new Uint8Array(capacity);
  let starts = new Uint32Array(capacity);
  let count = 0;
  let at = 0;
  while (at < length) {
    if (count + 1 >= capacity) {
      capacity *= 2;
      kinds = grown(kinds, new Uint8Array(capacity));
      starts = grown(starts, new Uint32Array(capacity));
    }
    starts[count] = at;
    const c = text.charCodeAt(at);
    const kindClass = c < 128 ? classes[c]! : 0;
    let kind: number = c;
    if (kindClass === mark) at++;
    else if (kindClass === letter) {
      at = identEnd(text, at + 1);
      kind = Kind.Ident;
    } else if (kindClass === space) {
      at = spaceEnd(text, at + 1);
      kind = Kind.Space;
    } else {
      at = kindClass === digit ? number(lexer, at) : oddToken(lexer, at, c);
      kind = lexer.kind;
    }
    kinds[count++] = kind;
  }
  starts[count] = length;
  return {
    tokens: { count, kinds: kinds.slice(0, count), starts: starts.slice(0, count + 1) },
    errors: lexer.errors,
  };
}

/** What the functions for rarer tokens share, so that the loop over all tokens stays small. */
interface Lexer {
  readonly text: string;
  /** Of the last token that one of them read. */
  kind: number;
  readonly errors: SyntaxError[];
}

/** Reads a token that begins with a digit, or with a point before one; returns its end. */
function number(lexer: Lexer, start: number): number {
  const end = numberEnd(lexer.text, start, lexer.errors);
  lexer.kind = end < 0 ? Kind.Float : Kind.Int;
  return Math.abs(end);
}

/** Reads a token whose first character, `c`, does not tell all; returns its end. */
function oddToken(lexer: Lexer, start: number, c: number): number {
  const { text, errors } = lexer;
  if (c >= 128) return foreignToken(lexer, start, c);
  const at = start + 1;
  const following = charAt(text, at);
  lexer.kind = c;
  switch (c) {
    case 0x22 /* " */:
    case 0x27 /* ' */:
      lexer.kind = c === 0x22 ? Kind.String : Kind.Char;
      return quotedEnd(text, start, c, errors);
    case Kind.Slash:
      return following === Kind.Slash || following === Kind.Star ? comment(lexer, start, following) : at;
    case Kind.Dot:
      if (!isDigit(following)) return at;
      return number(lexer, start);
    case Kind.Less:
      if (following !== Kind.Less) return at;
      lexer.kind = Kind.ShiftLeft;
      return at + 1;
    case Kind.Greater:
    case Kind.Minus:
    case 0x40 /* @ */:
      if (following !== Kind.Greater) return at;
      lexer.kind =
        c === Kind.Greater ? Kind.ShiftRight : c === Kind.Minus ? Kind.ArithmeticShift : Kind.Rotate;
      return at + 1;
    default:
      errors.push({ start, end: at, message: "invalid character NUL" });
      return at;
  }
}

function comment(lexer: Lexer, start: number, second: number): number {
  const { text } = lexer;
  if (second === Kind.Slash) {
    lexer.kind = Kind.LineComment;
    const end = text.indexOf("\n", start);
    return end < 0 ? text.length : end;
  }
  lexer.kind = Kind.BlockComment;
  const end = text.indexOf("*/", start + 2);
  if (end >= 0) return end + 2;
  lexer.errors.push({ start, end: text.length, message: "comment not terminated" });
  return text.length;
}

/** A token that begins outside ASCII. */
function foreignToken(lexer: Lexer, start: number, c: number): number {
  const { text } = lexer;
  const end = start + widthAt(text, start);
  if (isLetterAt(text, start)) {
    lexer.kind = Kind.Ident;
    return identEnd(text, end);
  }
  lexer.kind = c === 0xfeff && start === 0 ? Kind.Space : Kind.Other;
  return end;
}

function spaceEnd(text: string, at: number): number {
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0d;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isHexDigit(c: number): boolean {
  return isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);
}

/** Number of code units of the character at `at`. */
function widthAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

/** Whether the character at `at`, outside ASCII, can start a name (isIdentRune of tokenizer.go). */
function isLetterAt(text: string, at: number): boolean {
  const c = text.codePointAt(at)!;
  return c === 0xb7 || c === 0x2215 || unicodeLetter.test(String.fromCodePoint(c));
}

/** The end of a name whose first character ends at `at`. */
function identEnd(text: string, at: number): number {
  while (at < text.length) {
    const c = text.charCodeAt(at);
    const kindClass = c < 128 ? classes[c] : 0;
    if (kindClass === letter || kindClass === digit) at++;
    else if (c < 128) return at;
    else if (c === 0xb7) at++;
    else if (isLetterAt(text, at) || isDigitAt(text, at)) at += widthAt(text, at);
    else return at;
  }
  return at;
}

function isDigitAt(text: string, at: number): boolean {
  return unicodeDigit.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Whether a character behind digits is no part of the number. */
function endsNumber(c: number): boolean {
  return c < 128 && (c < 0 || (classes[c] !== letter && c !== Kind.Dot));
}

/**
 * The end of the number at `start`, negated for a float. What is wrong in it is
 * what text/scanner's scanNumber complains of; the token's extent is the same.
 */
function numberEnd(text: string, start: number, errors: SyntaxError[]): number {
  let at = start;
  while (isDigit(charAt(text, at))) at++;
  const isDecimal = text.charCodeAt(start) !== 0x30 || at - start === 1;
  // Most are short, plain and decimal.
  return isDecimal && at > start && endsNumber(charAt(text, at)) ? at : oddNumberEnd(text, start, errors);
}

function oddNumberEnd(text: string, start: number, errors: SyntaxError[]): number {
  let at = start;
  let base = 10;
  let isFloat = false;
  let message = "";
  let c = charAt(text, at);
  let hasDigits = false;
  if (c === 0x30) {
    const letterCode = charAt(text, at + 1) | 0x20;
    base = letterCode === 0x78 ? 16 : letterCode === 0x6f ? 8 : letterCode === 0x62 ? 2 : 10;
    if (base !== 10) at += 2;
  }
  const prefixed = base !== 10;
  let badDigit = false;
  let separators = false;
  const skipDigits = (digitBase: number) => {
    for (; ; at++) {
      c = charAt(text, at);
      if (c === 0x5f) {
        separators = true;
        continue;
      }
      if (digitBase === 16 ? !isHexDigit(c) : !isDigit(c)) return;
      hasDigits = true;
      if (digitBase < 10 && c >= 0x30 + digitBase) badDigit = true;
    }
  };
  skipDigits(base);
  if (c === Kind.Dot) {
    isFloat = true;
    if (prefixed && base !== 16) message = "invalid radix point";
    at++;
    skipDigits(base);
  }
  if (!hasDigits) message = "number has no digits";
  const exponent = c | 0x20;
  if (exponent === 0x65 || exponent === 0x70) {
    if ((exponent === 0x65) === prefixed || (exponent === 0x70 && base !== 16)) {
      message = "exponent does not fit the number's base";
    }
    isFloat = true;
    at++;
    c = charAt(text, at);
    if (c === Kind.Plus || c === Kind.Minus) at++;
    hasDigits = false;
    skipDigits(10);
    if (!hasDigits) message = "exponent has no digits";
  } else if (base === 16 && isFloat) {
    message = "hexadecimal float requires a 'p' exponent";
  }
  if (!isFloat && !prefixed && charAt(text, start) === 0x30 && at - start > 1) {
    // A leading zero alone makes an octal number, unless it turns out to be a float.
    for (let i = start; i < at; i++) {
      const octal = charAt(text, i);
      if (octal === 0x38 || octal === 0x39) badDigit = true;
    }
  }
  if (badDigit && !isFloat) message = "invalid digit in number";
  if (separators && !separatorsFit(text, start, at, prefixed, base))
    message = "'_' must separate successive digits";
  if (message !== "") errors.push({ start, end: at, message });
  return isFloat ? -at : at;
}

/** Whether each `_` of a number stands between two digits; a base prefix counts as a digit. */
function separatorsFit(text: string, start: number, end: number, prefixed: boolean, base: number): boolean {
  const isBaseDigit = base === 16 ? isHexDigit : isDigit;
  const isPart = (i: number) =>
    i >= start && i < end && ((prefixed && i < start + 2) || isBaseDigit(text.charCodeAt(i)));
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) === 0x5f && !(isPart(i - 1) && isPart(i + 1))) return false;
  }
  return true;
}

/** The comments, strings and characters of a text: all that hides what stands in it. */
export function* hiddenParts(text: string): Generator<Span> {
  const mark = /\/[/*]|["']/g;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const start = found.index;
    const end = hiddenEnd(text, start);
    yield { start, end };
    mark.lastIndex = end;
  }
}

/** The end of the comment, string or character that begins at `start`. */
export function hiddenEnd(text: string, start: number): number {
  const c = text.charCodeAt(start);
  if (c !== Kind.Slash) return quotedEnd(text, start, c, []);
  const isLine = text.charCodeAt(start + 1) === Kind.Slash;
  const end = text.indexOf(isLine ? "\n" : "*/", start + 2);
  return end < 0 ? text.length : isLine ? end : end + 2;
}

/** The end of the string or character literal at `start`, which no newline can be part of. */
function quotedEnd(text: string, start: number, quote: number, errors: SyntaxError[]): number {
  let at = start + 1;
  let characters = 0;
  let message = "";
  for (;;) {
    const c = charAt(text, at);
    if (c === quote) {
      at++;
      break;
    }
    if (c === Kind.Newline || c < 0) {
      errors.push({ start, end: at, message: "literal not terminated" });
      return at;
    }
    characters++;
    if (c === Kind.Backslash) {
      const end = escapeEnd(text, at, quote);
      if (end < 0) message = "invalid escape in literal";
      at = Math.abs(end);
    } else {
      at += widthAt(text, at);
    }
  }
  if (quote === 0x27 && characters !== 1) message = "invalid character literal";
  if (message !== "") errors.push({ start, end: at, message });
  return at;
}

/** The end of the escape at `at`; negated when it is malformed. */
function escapeEnd(text: string, at: number, quote: number): number {
  const c = charAt(text, at + 1);
  if (c === quote || (c < 128 && "abfnrtv\\".includes(String.fromCharCode(c)))) return at + 2;
  let digits = 0;
  let octal = false;
  let from = at + 2;
  if (c >= 0x30 && c <= 0x37) {
    digits = 3;
    octal = true;
    from = at + 1;
  } else if (c === 0x78) digits = 2;
  else if (c === 0x75) digits = 4;
  else if (c === 0x55) digits = 8;
  else return -(at + 1);
  for (let i = from; i < from + digits; i++) {
    const d = charAt(text, i);
    if (octal ? !(d >= 0x30 && d <= 0x37) : !isHexDigit(d)) return -i;
  }
  return from + digits;
}
