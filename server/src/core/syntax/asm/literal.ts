/**
 * What literals of assembly source mean. The lexer has already complained about
 * malformed ones; these functions only must not throw on them.
 */

/** The value of an integer literal, a bigint where a number is not exact; undefined where it is malformed. */
export function intValue(literal: string): number | bigint | "too large" | undefined {
  let digits = literal.includes("_") ? literal.replaceAll("_", "") : literal;
  if (digits.length > 1 && digits.charCodeAt(0) === 0x30) {
    const second = digits.charCodeAt(1);
    if (second >= 0x30 && second <= 0x39) digits = `0o${digits.slice(1)}`;
  }
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  if (Number.isNaN(value)) return undefined;
  // Rounding cannot carry a number that fits below 2^64 past it; so huge literals are never converted.
  if (value > 2 ** 64) return "too large";
  const exact = BigInt(digits);
  return exact < 1n << 64n ? exact : "too large";
}

/** The code point of a character literal; undefined where it is malformed. */
export function charValue(literal: string): number | undefined {
  const value = unquote(literal);
  return value === undefined || value === "" ? undefined : value.codePointAt(0);
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([^]))/g;

/**
 * What a string or character literal stands for, quotes and escapes resolved;
 * undefined where it has no closing quote. Escapes for bytes become the code points
 * of the same number.
 */
export function unquote(literal: string): string | undefined {
  if (literal.length < 2 || literal.charCodeAt(0) !== literal.charCodeAt(literal.length - 1))
    return undefined;
  const inner = literal.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  return inner.replace(
    escape,
    (_match, x?: string, u?: string, long?: string, octal?: string, one?: string) => {
      const hex = x ?? u ?? long;
      const code = hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(octal, 8) : -1;
      if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
      return escapes[one ?? ""] ?? one ?? "";
    },
  );
}
