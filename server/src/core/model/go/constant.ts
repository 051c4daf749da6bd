/**
 * Constant values with Go's exact arithmetic: booleans, strings of bytes,
 * integers and rationals of any size, complex numbers. Types, overflow and
 * conversion belong to constantExpr.ts; this file must not know them.
 *
 * go/constant is the judge; it leaves exact rationals only beyond 4096 bits,
 * where no real declaration goes.
 */

export type Constant =
  | { readonly kind: "bool"; readonly value: boolean }
  /** One code unit per byte, so `len` is the length. */
  | { readonly kind: "string"; readonly bytes: string }
  | { readonly kind: "int"; readonly value: bigint }
  | Rational
  | { readonly kind: "complex"; readonly real: Rational; readonly imaginary: Rational };

/** In lowest terms, `den` positive. */
export interface Rational {
  readonly kind: "float";
  readonly num: bigint;
  readonly den: bigint;
}

/** Beyond this many bits a value is given up, so that no source text can exhaust memory. */
const maxBits = 8192;

export const int = (value: bigint | number): Constant => ({ kind: "int", value: BigInt(value) });
export const bool = (value: boolean): Constant => ({ kind: "bool", value });

/** `num/den` in lowest terms; undefined for a zero denominator or a value past any use. */
export function rational(num: bigint, den: bigint): Rational | undefined {
  if (den === 0n || bitLength(num) > maxBits || bitLength(den) > maxBits) return undefined;
  const divisor = gcd(num, den) * (den < 0n ? -1n : 1n);
  return { kind: "float", num: num / divisor, den: den / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  a = a < 0n ? -a : a;
  b = b < 0n ? -b : b;
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/** Bits of the magnitude of `value`; 0 for 0. */
export function bitLength(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0]!, 16)));
}

export function toRational(value: Constant): Rational | undefined {
  if (value.kind === "int") return { kind: "float", num: value.value, den: 1n };
  if (value.kind === "float") return value;
  if (value.kind === "complex" && value.imaginary.num === 0n) return value.real;
  return undefined;
}

/** The integer `value` stands for, where it is integral. */
export function toInteger(value: Constant): bigint | undefined {
  if (value.kind === "int") return value.value;
  const r = toRational(value);
  return r !== undefined && r.den === 1n ? r.num : undefined;
}

function toComplex(value: Constant): { real: Rational; imaginary: Rational } | undefined {
  if (value.kind === "complex") return value;
  const real = toRational(value);
  return real && { real, imaginary: { kind: "float", num: 0n, den: 1n } };
}

/** The value of a literal as written in Go source; undefined where it is malformed. */
export function literalValue(
  literal: "int" | "float" | "imaginary" | "rune" | "string",
  text: string,
): Constant | undefined {
  switch (literal) {
    case "int": {
      const value = parseInteger(text);
      return value === undefined ? undefined : int(value);
    }
    case "float":
      return parseFloat(text);
    case "imaginary": {
      const digits = text.slice(0, -1).replaceAll("_", "");
      // "0123i" is decimal, for old code's sake (go/constant.MakeFromLiteral).
      const plain = /^0[0-9]+$/.test(digits) ? digits.replace(/^0+(?=.)/, "") : digits;
      const integer = parseInteger(plain);
      const imaginary = integer === undefined ? parseFloat(plain) : rational(integer, 1n);
      return imaginary && { kind: "complex", real: { kind: "float", num: 0n, den: 1n }, imaginary };
    }
    case "rune": {
      const rune = unescape(text.slice(1, -1), true);
      return rune === undefined ? undefined : int(rune.rune);
    }
    case "string": {
      const bytes = unquote(text);
      return bytes === undefined ? undefined : { kind: "string", bytes };
    }
  }
}

function parseInteger(text: string): bigint | undefined {
  const digits = text.replaceAll("_", "");
  try {
    if (digits.length > maxBits) return undefined;
    if (/^0[0-7]+$/.test(digits)) return BigInt("0o" + digits.slice(1));
    if (/^(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits)) return BigInt(digits);
  } catch {
    return undefined;
  }
  return undefined;
}

function parseFloat(text: string): Rational | undefined {
  const digits = text.replaceAll("_", "");
  const decimal = /^([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?$/.exec(digits);
  const hex = decimal ? null : /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(digits);
  const match = decimal ?? hex;
  if (!match || digits.length > maxBits) return undefined;
  const [, whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > maxBits || whole + fraction === "") return undefined;
  const mantissa = BigInt((hex ? "0x" : "") + (whole + fraction));
  const scale = hex ? exponent - 4 * fraction.length : exponent - fraction.length;
  const base = hex ? 2n : 10n;
  return scale >= 0
    ? rational(mantissa * base ** BigInt(scale), 1n)
    : rational(mantissa, base ** BigInt(-scale));
}

/** The bytes of a string literal, quotes and escapes taken off; undefined where it is malformed. */
export function unquote(text: string): string | undefined {
  if (text.startsWith("`")) return utf8(text.slice(1, -1).replaceAll("\r", ""));
  return unescape(text.slice(1, -1), false)?.bytes;
}

const simpleEscapes: Readonly<Record<string, number>> = {
  a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92, "'": 39, '"': 34,
}; // prettier-ignore

/** Bytes of the text inside quotes and, for a rune literal, the one code point it holds. */
function unescape(text: string, isRune: boolean): { bytes: string; rune: number } | undefined {
  let bytes = "";
  let rune = -1;
  let count = 0;
  for (let i = 0; i < text.length; count++) {
    const char = text[i]!;
    if (char !== "\\") {
      const code = text.codePointAt(i)!;
      const whole = String.fromCodePoint(code);
      i += whole.length;
      bytes += utf8(whole);
      rune = code;
      continue;
    }
    const rest = text.slice(i + 1, i + 10);
    const simple = simpleEscapes[rest[0] ?? ""];
    const octal = /^[0-7]{3}/.exec(rest);
    const hex = /^x([0-9a-fA-F]{2})|^u([0-9a-fA-F]{4})|^U([0-9a-fA-F]{8})/.exec(rest);
    if (simple !== undefined) {
      rune = simple;
      bytes += String.fromCharCode(rune);
      i += 2;
    } else if (octal) {
      rune = Number.parseInt(octal[0], 8);
      if (rune > 255) return undefined;
      bytes += String.fromCharCode(rune);
      i += 4;
    } else if (hex) {
      rune = Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16);
      if (rune > 0x10ffff) return undefined;
      bytes += hex[1] === undefined ? utf8(String.fromCodePoint(rune)) : String.fromCharCode(rune);
      i += 1 + hex[0].length;
    } else return undefined;
  }
  if (isRune && count !== 1) return undefined;
  return { bytes, rune };
}

/** The UTF-8 form of `text`, one code unit per byte. */
export function utf8(text: string): string {
  let bytes = "";
  for (const char of text) {
    const c = char.codePointAt(0)!;
    if (c < 0x80) bytes += char;
    else if (c < 0x800) bytes += String.fromCharCode(0xc0 | (c >> 6), 0x80 | (c & 0x3f));
    else if (c < 0x10000)
      bytes += String.fromCharCode(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
    else {
      const high = [0xf0 | (c >> 18), 0x80 | ((c >> 12) & 0x3f)];
      bytes += String.fromCharCode(...high, 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
    }
  }
  return bytes;
}

/** Prints a value as go/constant's ExactString does. */
export function constantString(value: Constant): string {
  switch (value.kind) {
    case "bool":
      return String(value.value);
    case "string":
      return quoteBytes(value.bytes);
    case "int":
      return value.value.toString();
    case "float":
      return value.den === 1n ? value.num.toString() : `${value.num}/${value.den}`;
    case "complex":
      return `(${constantString(value.real)} + ${constantString(value.imaginary)}i)`;
  }
}

const shortEscapes = new Map([
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x0c, "\\f"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x09, "\\t"],
  [0x0b, "\\v"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

/** Quotes a string of bytes as strconv.Quote does: printable runes as they are, the rest escaped. */
export function quoteBytes(bytes: string): string {
  let out = '"';
  for (let i = 0; i < bytes.length;) {
    const { code, size } = decodeRune(bytes, i);
    const short = shortEscapes.get(code);
    if (code < 0) out += "\\x" + bytes.charCodeAt(i).toString(16).padStart(2, "0");
    else if (short !== undefined) out += short;
    else if (isPrintable(code)) out += String.fromCodePoint(code);
    else if (code < 0x80) out += "\\x" + code.toString(16).padStart(2, "0");
    else if (code < 0x10000) out += "\\u" + code.toString(16).padStart(4, "0");
    else out += "\\U" + code.toString(16).padStart(8, "0");
    i += size;
  }
  return out + '"';
}

/** One UTF-8 sequence; code -1 and size 1 where the bytes are not valid. */
function decodeRune(bytes: string, i: number): { code: number; size: number } {
  const first = bytes.charCodeAt(i);
  if (first < 0x80) return { code: first, size: 1 };
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let code = first & (0xff >> (size + 1));
  if (first < 0xc2 || first > 0xf4 || i + size > bytes.length) return { code: -1, size: 1 };
  for (let k = 1; k < size; k++) {
    const next = bytes.charCodeAt(i + k);
    if ((next & 0xc0) !== 0x80) return { code: -1, size: 1 };
    code = (code << 6) | (next & 0x3f);
  }
  const smallest = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000;
  const valid = code >= smallest && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? { code, size } : { code: -1, size: 1 };
}

/** Letters, marks, numbers, punctuation, symbols and the ASCII space, as strconv.IsPrint. */
function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= 0x20;
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(code));
}

/** A unary operation; `^` on an unsigned type needs its size and is done by the caller. */
export function unary(op: string, x: Constant): Constant | undefined {
  if (op === "!") return x.kind === "bool" ? bool(!x.value) : undefined;
  if (x.kind === "bool" || x.kind === "string") return undefined;
  if (op === "+") return x;
  if (op === "^") return x.kind === "int" ? int(~x.value) : undefined;
  if (op !== "-") return undefined;
  if (x.kind === "int") return int(-x.value);
  if (x.kind === "float") return negate(x);
  return { kind: "complex", real: negate(x.real), imaginary: negate(x.imaginary) };
}

function negate(r: Rational): Rational {
  return { ...r, num: -r.num };
}

/** `x op y` for operands of one kind or of two numeric kinds; `integers` makes "/" truncate. */
export function binary(op: string, x: Constant, y: Constant, integers: boolean): Constant | undefined {
  if (x.kind === "bool" && y.kind === "bool") {
    if (op === "&&") return bool(x.value && y.value);
    if (op === "||") return bool(x.value || y.value);
    return equality(op, x.value === y.value);
  }
  if (x.kind === "string" && y.kind === "string") {
    if (op === "+") return { kind: "string", bytes: x.bytes + y.bytes };
    return order(op, x.bytes < y.bytes ? -1 : x.bytes > y.bytes ? 1 : 0);
  }
  if (x.kind === "int" && y.kind === "int" && (integers || op !== "/"))
    return integerOp(op, x.value, y.value);
  if (x.kind === "complex" || y.kind === "complex") return complexOp(op, toComplex(x), toComplex(y));
  const [a, b] = [toRational(x), toRational(y)];
  return a && b && rationalOp(op, a, b);
}

/** `x << count` and `x >> count` of an integer. */
export function shift(op: string, x: Constant, count: bigint): Constant | undefined {
  const value = toInteger(x);
  if (value === undefined || count < 0n || count > BigInt(maxBits)) return undefined;
  return int(op === "<<" ? value << count : value >> count);
}

function equality(op: string, equal: boolean): Constant | undefined {
  if (op === "==") return bool(equal);
  return op === "!=" ? bool(!equal) : undefined;
}

function order(op: string, sign: number): Constant | undefined {
  if (op === "<") return bool(sign < 0);
  if (op === "<=") return bool(sign <= 0);
  if (op === ">") return bool(sign > 0);
  if (op === ">=") return bool(sign >= 0);
  return equality(op, sign === 0);
}

function integerOp(op: string, x: bigint, y: bigint): Constant | undefined {
  if (bitLength(x) > maxBits || bitLength(y) > maxBits) return undefined;
  switch (op) {
    case "+":
      return int(x + y);
    case "-":
      return int(x - y);
    case "*":
      return int(x * y);
    case "/":
      return y === 0n ? undefined : int(x / y);
    case "%":
      return y === 0n ? undefined : int(x % y);
    case "&":
      return int(x & y);
    case "|":
      return int(x | y);
    case "^":
      return int(x ^ y);
    case "&^":
      return int(x & ~y);
    default:
      return order(op, x < y ? -1 : x > y ? 1 : 0);
  }
}

function rationalOp(op: string, x: Rational, y: Rational): Constant | undefined {
  switch (op) {
    case "+":
      return rational(x.num * y.den + y.num * x.den, x.den * y.den);
    case "-":
      return rational(x.num * y.den - y.num * x.den, x.den * y.den);
    case "*":
      return rational(x.num * y.num, x.den * y.den);
    case "/":
      return rational(x.num * y.den, x.den * y.num);
    default: {
      const difference = x.num * y.den - y.num * x.den;
      return order(op, difference < 0n ? -1 : difference > 0n ? 1 : 0);
    }
  }
}

/** A rational operation that may lack an operand. */
function part(op: string, a: Rational | undefined, b: Rational | undefined): Rational | undefined {
  const value = a && b && rationalOp(op, a, b);
  return value?.kind === "float" ? value : undefined;
}

function complexOf(real: Rational | undefined, imaginary: Rational | undefined): Constant | undefined {
  return real && imaginary && { kind: "complex", real, imaginary };
}

type Complex = { real: Rational; imaginary: Rational };

function complexOp(op: string, x: Complex | undefined, y: Complex | undefined): Constant | undefined {
  if (!x || !y) return undefined;
  const [a, b, c, d] = [x.real, x.imaginary, y.real, y.imaginary];
  switch (op) {
    case "+":
    case "-":
      return complexOf(part(op, a, c), part(op, b, d));
    case "*":
      return complexOf(
        part("-", part("*", a, c), part("*", b, d)),
        part("+", part("*", b, c), part("*", a, d)),
      );
    case "/": {
      const norm = part("+", part("*", c, c), part("*", d, d));
      const real = part("+", part("*", a, c), part("*", b, d));
      const imaginary = part("-", part("*", b, c), part("*", a, d));
      return complexOf(part("/", real, norm), part("/", imaginary, norm));
    }
    default: {
      const same = a.num === c.num && a.den === c.den && b.num === d.num && b.den === d.den;
      return equality(op, same);
    }
  }
}

/** The nearest value of an IEEE format with `bits` 32 or 64, ties to even; undefined on overflow. */
export function roundToFloat(value: Rational, bits: 32 | 64): Rational | undefined {
  if (value.num === 0n) return value;
  const precision = bits === 64 ? 53 : 24;
  const smallest = bits === 64 ? -1074 : -149;
  const largest = bits === 64 ? 1024 : 128;
  const magnitude = value.num < 0n ? -value.num : value.num;
  // 2^(exponent) <= magnitude/den < 2^(exponent+2): near enough to choose the unit in the last place.
  let unit = bitLength(magnitude) - bitLength(value.den) - precision;
  const scaled = (u: number): bigint => {
    const num = u < 0 ? magnitude << BigInt(-u) : magnitude;
    const den = u > 0 ? value.den << BigInt(u) : value.den;
    const quotient = num / den;
    const twice = 2n * (num - quotient * den);
    return twice > den || (twice === den && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
  };
  unit = Math.max(unit, smallest);
  let mantissa = scaled(unit);
  if (bitLength(mantissa) > precision) mantissa = scaled(++unit);
  if (bitLength(mantissa) > precision) {
    unit++;
    mantissa >>= 1n;
  }
  if (bitLength(mantissa) + unit > largest) return undefined;
  const signed = value.num < 0n ? -mantissa : mantissa;
  return unit >= 0 ? rational(signed << BigInt(unit), 1n) : rational(signed, 1n << BigInt(-unit));
}
