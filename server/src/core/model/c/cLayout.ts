/**
 * How the C compilers of Go's first trees (6c, 8c, 5c) lay out a struct: offsets, sizes
 * and alignments in bytes. What depends on something unknown is not laid out at all.
 * It must not know files or targets.
 *
 * The rules are those of `align` in src/cmd/6c/swt.c and its like: a scalar is aligned to
 * its size, at most to 8 bytes on amd64 and to 4 elsewhere; a struct to its members since
 * December 2010 and to the most before, its size too; between `#pragma pack on` and `off`
 * nothing was aligned until August 2014, when what that would change became an error.
 */
import type { CConstant, CMember, CRecord, CType } from "../../syntax/c/readStructs.ts";
import { type Token, tokensOf } from "../../syntax/c/readC.ts";
import { alignUp } from "../go/sizes.ts";

/** The names of one program; what is not at hand is undefined. */
export interface CScope {
  record(tag: string): CRecord | undefined;
  typedef(name: string): CType | undefined;
  constant(name: string): CConstant | undefined;
}

export interface CRules {
  /** Of a pointer, in bytes. */
  readonly wordSize: number;
  /** No type is aligned to more bytes. */
  readonly maxAlign: number;
  /** Whether structs are aligned as their members are; else each to `maxAlign`. */
  readonly structsByMembers: boolean;
  /** Whether `#pragma pack on` has an effect. */
  readonly packs: boolean;
}

export interface CPart {
  /** "" for members of a union or struct without a name, which count as those of the one around it. */
  readonly name: string;
  readonly text: string;
  readonly span: CMember["span"];
  /** From the start of the whole. */
  readonly offset: number;
  readonly size: number;
  readonly align: number;
  /** Of a struct its members; of all else none. */
  readonly parts: readonly CPart[];
}

export interface CLayout {
  readonly kind: CRecord["kind"];
  readonly size: number;
  readonly align: number;
  readonly parts: readonly CPart[];
}

/** Typedefs, structs and constants within each other beyond this are unknown. */
const deepest = 60;
/** In characters. A longer expression is no length. */
const longestLength = 1000;
/** Looking into structs and lengths ends after so many types and words: no real struct comes near. */
const mostSteps = 20_000;

/** Undefined where a member's type or length is not known. */
export function cLayoutOf(scope: CScope, rules: CRules, record: CRecord): CLayout | undefined {
  const reader = new LayoutReader(scope, rules);
  try {
    return reader.layout(record, 0, 0);
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

class NotKnown extends Error {}

interface Extent {
  readonly size: number;
  readonly align: number;
}

class LayoutReader {
  private readonly scope: CScope;
  private readonly rules: CRules;
  private left = mostSteps;

  constructor(scope: CScope, rules: CRules) {
    this.scope = scope;
    this.rules = rules;
  }

  layout(record: CRecord, base: number, depth: number): CLayout {
    const { kind, members } = record;
    const { maxAlign, structsByMembers, packs } = this.rules;
    const isPacked = packs && record.isPacked;
    if (depth > deepest || members.length === 0) throw new NotKnown();
    let end = 0;
    let align = 1;
    const parts: CPart[] = [];
    for (const { name, text, span, type } of members) {
      const extent = this.extentOf(type, depth + 1);
      const own = isPacked ? 1 : extent.align;
      const offset = kind === "union" ? 0 : alignUp(end, own);
      const inner = this.recordOf(type, depth + 1);
      const layout = inner?.kind === "struct" ? this.layout(inner, base + offset, depth + 1) : undefined;
      parts.push({
        name,
        text,
        span,
        offset: base + offset,
        size: extent.size,
        align: own,
        parts: layout?.parts ?? [],
      });
      align = Math.max(align, own);
      end = Math.max(end, offset + extent.size);
    }
    if (!structsByMembers && !isPacked) align = maxAlign;
    return { kind, size: alignUp(end, align), align, parts };
  }

  private recordOf(type: CType, depth: number): CRecord | undefined {
    if (depth > deepest) throw new NotKnown();
    if (type.kind === "record") return type.record;
    if (type.kind === "tag") return this.scope.record(type.tag);
    const named = type.kind === "name" ? this.scope.typedef(type.name) : undefined;
    return named && this.recordOf(named, depth + 1);
  }

  extentOf(type: CType, depth: number): Extent {
    const { wordSize, maxAlign, structsByMembers } = this.rules;
    if (depth > deepest || --this.left < 0) throw new NotKnown();
    switch (type.kind) {
      case "pointer":
        return { size: wordSize, align: wordSize };
      case "enum":
        return { size: 4, align: 4 };
      case "array": {
        const { size, align } = this.extentOf(type.elem, depth + 1);
        const length = type.length === "" ? 0 : this.number(type.length, depth + 1);
        if (length < 0 || length * size > 2 ** 40) throw new NotKnown();
        return { size: length * size, align };
      }
      case "tag":
      case "record": {
        const record = this.recordOf(type, depth + 1);
        if (!record) throw new NotKnown();
        const { size, align } = this.layout(record, 0, depth + 1);
        // Before structs were aligned by their members a packed one was still aligned in others.
        return { size, align: structsByMembers ? align : maxAlign };
      }
      case "name": {
        const known = this.scope.typedef(type.name);
        if (known) return this.extentOf(known, depth + 1);
        const size = basicSize(type.name);
        if (size === undefined) throw new NotKnown();
        return { size, align: Math.min(size, maxAlign) };
      }
      default:
        throw new NotKnown();
    }
  }

  /** The value of an expression: of numbers, constants and `sizeof`, as far as lengths of arrays need it. */
  number(text: string, depth: number): number {
    if (depth > deepest || text.length > longestLength) throw new NotKnown();
    const tokens = tokensOf(text, 0, text.length);
    if ((this.left -= tokens.length) < 0) throw new NotKnown();
    const value = new Expression(
      text,
      tokens,
      (name) => this.constant(name, depth),
      (type) => this.extentOf(type, depth + 1),
    ).value();
    if (!Number.isSafeInteger(value)) throw new NotKnown();
    return value;
  }

  private constant(name: string, depth: number): number {
    let after = 0;
    // Enumerators count on from the last one that has a value; there may be thousands.
    for (let next: string | undefined = name; next !== undefined; after++) {
      const constant: CConstant | undefined = this.scope.constant(next);
      if (!constant || --this.left < 0) throw new NotKnown();
      if (constant.text !== undefined) return this.number(constant.text, depth + 1) + after;
      next = constant.previous;
    }
    return after - 1;
  }
}

/** Of C's own types, and those that Go's compilers had besides. */
function basicSize(name: string): number | undefined {
  const words = name.split(" ").filter((word) => word !== "signed" && word !== "unsigned" && word !== "int");
  if (name === "void") return undefined;
  if (words.length === 0) return 4;
  if (words.join(" ") === "long long") return 8;
  // `long` has four bytes on every architecture there.
  const sizes: Readonly<Record<string, number>> = {
    char: 1,
    short: 2,
    long: 4,
    vlong: 8,
    float: 4,
    double: 8,
  };
  return words.length === 1 && Object.hasOwn(sizes, words[0]!) ? sizes[words[0]!] : undefined;
}

const precedence: Readonly<Record<string, number>> = {
  "|": 1,
  "^": 2,
  "&": 3,
  "<<": 4,
  ">>": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

class Expression {
  private at = 0;
  private readonly words: readonly string[];
  private readonly constant: (name: string) => number;
  private readonly extent: (type: CType) => Extent;

  constructor(
    text: string,
    tokens: readonly Token[],
    constant: (name: string) => number,
    extent: (type: CType) => Extent,
  ) {
    this.words = tokens.map(({ start, end }) => text.slice(start, end));
    this.constant = constant;
    this.extent = extent;
  }

  value(): number {
    const value = this.binary(0);
    if (this.at < this.words.length) throw new NotKnown();
    return value;
  }

  private operator(): string {
    const [first = "", second = ""] = this.words.slice(this.at, this.at + 2);
    return (first === "<" || first === ">") && second === first ? first + second : first;
  }

  private binary(least: number): number {
    let left = this.unary();
    for (;;) {
      const op = this.operator();
      const level = Object.hasOwn(precedence, op) ? precedence[op]! : 0;
      if (level <= least) return left;
      this.at += op.length;
      left = apply(op, left, this.binary(level));
    }
  }

  private unary(): number {
    const word = this.words[this.at++];
    if (word === undefined) throw new NotKnown();
    if (word === "-") return -this.unary();
    if (word === "+") return this.unary();
    if (word === "(") {
      const value = this.binary(0);
      if (this.words[this.at++] !== ")") throw new NotKnown();
      return value;
    }
    if (word === "sizeof" && this.words[this.at] === "(") {
      const close = this.words.indexOf(")", this.at);
      const inner = this.words.slice(this.at + 1, close);
      if (close < 0) throw new NotKnown();
      this.at = close + 1;
      const isPointer = inner.at(-1) === "*";
      const isTag = inner[0] === "struct" || inner[0] === "union";
      if (isPointer) return this.extent({ kind: "pointer" }).size;
      return this.extent(
        isTag ? { kind: "tag", tag: inner[1] ?? "" } : { kind: "name", name: inner.join(" ") },
      ).size;
    }
    if (/^\d/.test(word)) {
      const [, digits = ""] = /^(0x[\da-f]+|\d+)[ul]*$/i.exec(word) ?? [];
      const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits || Number.NaN);
      if (!Number.isSafeInteger(value)) throw new NotKnown();
      return value;
    }
    if (/^[\p{L}_]/u.test(word) && this.words[this.at] !== "(") return this.constant(word);
    throw new NotKnown();
  }
}

/** Where the result is no safe integer, or would depend on the width of the operands, nothing is known. */
function apply(op: string, left: number, right: number): number {
  const value = ((): number => {
    switch (op) {
      case "+":
        return left + right;
      case "-":
        return left - right;
      case "*":
        return left * right;
      case "/":
        return Math.trunc(left / right);
      case "%":
        return left % right;
      case "<<":
        return right >= 0 && right < 50 ? left * 2 ** right : Number.NaN;
      case ">>":
        return left >= 0 && right >= 0 ? Math.floor(left / 2 ** right) : Number.NaN;
      default: {
        if (left < 0 || right < 0) return Number.NaN;
        const [a, b] = [BigInt(left), BigInt(right)];
        return Number(op === "&" ? a & b : op === "|" ? a | b : a ^ b);
      }
    }
  })();
  if (!Number.isSafeInteger(value)) throw new NotKnown();
  return value;
}
