/**
 * Reads the types that a file of C declares: structs and unions with their members,
 * typedefs, and the constants that array lengths are made of. It is the C of Go's
 * first trees, so a member without a name may be a struct's (`Lock;`), and
 * `#pragma pack on` leaves out all padding.
 *
 * Conditions are decided by the macros that are given. Any text is answered, in linear
 * time; what is not understood is an unknown type. It must not know sizes.
 */
import type { Span } from "../../base/span.ts";
import { type Token, matchBrackets, tokensOf } from "./readC.ts";

export interface CTypes {
  readonly records: readonly CRecord[];
  readonly typedefs: ReadonlyMap<string, CType>;
  readonly constants: ReadonlyMap<string, CConstant>;
  /** As written, of the lines that count. */
  readonly includes: readonly string[];
}

/** A struct or a union with its members. */
export interface CRecord {
  readonly kind: "struct" | "union";
  /** "" for one without a tag. */
  readonly tag: string;
  /** Of the tag, or of the word before it. */
  readonly span: Span;
  readonly members: readonly CMember[];
  readonly isPacked: boolean;
}

export interface CMember {
  /** "" for a struct or union whose members count as those of the one around it, and for what is not understood. */
  readonly name: string;
  readonly span: Span;
  /** A bit field's is unknown. */
  readonly type: CType;
  /** As written: "uint8* [4]". */
  readonly text: string;
}

export type CType =
  /** "unsigned char", "int32", or a typedef's name. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "record"; readonly record: CRecord }
  | { readonly kind: "pointer" }
  | { readonly kind: "function" }
  | { readonly kind: "enum" }
  /** The length is an expression; "" where none is written. */
  | { readonly kind: "array"; readonly elem: CType; readonly length: string }
  | { readonly kind: "unknown" };

/** An enumerator or the text of a `#define` without parameters. */
export interface CConstant {
  /** Without a text of its own an enumerator is one more than that of the name before it, or 0. */
  readonly text: string | undefined;
  readonly previous: string | undefined;
}

const unknown: CType = { kind: "unknown" };
const storage: ReadonlySet<string> = new Set([
  "static",
  "extern",
  "register",
  "const",
  "volatile",
  "typedef",
  "auto",
]);
const basic: ReadonlySet<string> = new Set([
  "signed",
  "unsigned",
  "char",
  "short",
  "int",
  "long",
  "vlong",
  "float",
  "double",
  "void",
]);
/** Structs in structs beyond this are unknown. */
const deepest = 40;

/** What a text declares where these macros are defined. */
export function readStructs(text: string, macros: ReadonlySet<string>): CTypes {
  const constants = new Map<string, CConstant>();
  const { active, packed, includes } = preprocess(text, macros, constants);
  const tokens = tokensOf(active, 0, active.length);
  const reader = new Reader(active, tokens, packed, constants, includes);
  reader.read();
  return reader;
}

interface Declarator {
  readonly name: string;
  readonly span: Span;
  readonly type: CType;
}

class Reader implements CTypes {
  readonly records: CRecord[] = [];
  readonly typedefs = new Map<string, CType>();
  readonly constants: Map<string, CConstant>;
  readonly includes: readonly string[];
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly closes: readonly number[];
  private readonly packed: readonly Span[];
  private at = 0;

  constructor(
    text: string,
    tokens: readonly Token[],
    packed: readonly Span[],
    constants: Map<string, CConstant>,
    includes: readonly string[],
  ) {
    this.text = text;
    this.tokens = tokens;
    this.closes = matchBrackets(tokens);
    this.packed = packed;
    this.constants = constants;
    this.includes = includes;
  }

  read(): void {
    while (this.at < this.tokens.length) {
      const isTypedef = this.word() === "typedef";
      const type = this.specifiers(0);
      if (isTypedef && type) {
        for (const { name, type: declared } of this.declarators(type)) {
          if (name !== "" && !this.typedefs.has(name)) this.typedefs.set(name, declared);
        }
      }
      this.passStatement();
    }
  }

  /** To behind the next ";", or the "}" of a body. */
  private passStatement(): void {
    for (; this.at < this.tokens.length; this.at++) {
      const { kind } = this.tokens[this.at]!;
      if (kind === ";" || kind === "}") break;
      if (kind !== "{" && kind !== "(" && kind !== "[") continue;
      this.at = this.closes[this.at]!;
      if (kind === "{" && this.tokens[this.at + 1]?.kind !== ";") break;
    }
    this.at++;
  }

  private word(i = this.at): string {
    const token = this.tokens[i];
    return token?.kind === "word" ? this.text.slice(token.start, token.end) : "";
  }

  private kind(i = this.at): string {
    return this.tokens[i]?.kind ?? "";
  }

  /** What stands before the declarators; undefined where no type does. */
  private specifiers(depth: number): CType | undefined {
    const words: string[] = [];
    let type: CType | undefined;
    for (;;) {
      const word = this.word();
      if (word === "struct" || word === "union") type = this.record(word, depth);
      else if (word === "enum") type = this.enumeration();
      else if (basic.has(word)) {
        words.push(word);
        this.at++;
      } else if (storage.has(word)) this.at++;
      else if (word !== "" && !type && words.length === 0 && !/^\d/.test(word)) {
        type = { kind: "name", name: word };
        this.at++;
      } else break;
    }
    return type ?? (words.length > 0 ? { kind: "name", name: words.join(" ") } : undefined);
  }

  private record(kind: "struct" | "union", depth: number): CType {
    const start = this.tokens[this.at]!;
    this.at++;
    const tag = this.word();
    const span = tag === "" ? start : this.tokens[this.at]!;
    if (tag !== "") this.at++;
    if (this.kind() !== "{") return tag === "" ? unknown : { kind: "tag", tag };
    const close = this.closes[this.at]!;
    if (depth >= deepest) {
      this.at = close + 1;
      return unknown;
    }
    this.at++;
    const members: CMember[] = [];
    while (this.at < close) this.member(members, close, depth);
    this.at = close + 1;
    const isPacked = this.packed.some((part) => part.start <= start.start && start.start < part.end);
    const record: CRecord = {
      kind,
      tag,
      span: { start: span.start, end: span.end },
      members,
      isPacked,
    };
    if (tag === "") return { kind: "record", record };
    this.records.push(record);
    return { kind: "tag", tag };
  }

  private member(members: CMember[], close: number, depth: number): void {
    const first = this.at;
    const type = this.specifiers(depth + 1);
    const base = this.sourceOf(first, this.at);
    if (!type) members.push({ name: "", span: this.tokens[first]!, type: unknown, text: "" });
    else if (this.kind() === ";" || this.at >= close) {
      const name = type.kind === "name" ? type.name : type.kind === "tag" ? type.tag : "";
      const { start, end } = this.tokens[first]!;
      members.push({ name, span: { start, end }, type, text: base });
    } else {
      const begin = this.at;
      const [...declared] = this.declarators(type);
      const isBits = this.kind() === ":";
      const rest = declared.length === 1 ? this.sourceOf(begin, this.at) : undefined;
      for (const { name, span, type: own } of declared) {
        const shape = rest ?? this.shapeOf(own);
        const text = `${base} ${shape.replace(name, "")}`.replace(/\s+/g, " ").replace(" *", "*").trim();
        members.push({ name, span, type: isBits || name === "" ? unknown : own, text });
      }
      if (declared.length === 0)
        members.push({ name: "", span: this.tokens[first]!, type: unknown, text: "" });
    }
    while (this.at < close && this.kind() !== ";") this.at = Math.max(this.at, this.closes[this.at]!) + 1;
    this.at++;
  }

  private shapeOf(type: CType): string {
    let lengths = "";
    let elem = type;
    for (; elem.kind === "array"; elem = elem.elem) lengths += `[${elem.length}]`;
    return (elem.kind === "pointer" ? "*" : "") + lengths;
  }

  /** The text of some tokens; of a struct with its members only what stands before them. */
  private sourceOf(from: number, to: number): string {
    const [first, last] = [this.tokens[from], this.tokens[to - 1]];
    if (!first || !last || to <= from) return "";
    const text = this.text.slice(first.start, last.end).replace(/\s+/g, " ");
    return text.replace(/ ?\{.*/, "");
  }

  private *declarators(base: CType): Generator<Declarator> {
    for (;;) {
      yield this.declarator(base, 0);
      if (this.kind() !== ",") return;
      this.at++;
    }
  }

  private declarator(base: CType, depth: number): Declarator {
    let type = base;
    while (this.kind() === "*" || this.word() === "const" || this.word() === "volatile") {
      if (this.kind() === "*") type = { kind: "pointer" };
      this.at++;
    }
    const isNested = this.kind() === "(" && this.kind(this.at + 1) === "*" && depth < deepest;
    const nested = this.at;
    let name = "";
    let span: Span = this.tokens[this.at] ?? { start: 0, end: 0 };
    if (isNested) this.at = this.closes[nested]! + 1;
    else if (this.word() !== "") {
      name = this.word();
      const { start, end } = this.tokens[this.at]!;
      span = { start, end };
      this.at++;
    }
    const suffixes: (string | undefined)[] = [];
    while (this.kind() === "[" || this.kind() === "(") {
      const close = this.closes[this.at]!;
      const isArray = this.kind() === "[";
      suffixes.push(isArray ? this.sourceOf(this.at + 1, close) : undefined);
      this.at = close + 1;
    }
    for (const length of suffixes.toReversed())
      type = length === undefined ? { kind: "function" } : { kind: "array", elem: type, length };
    if (!isNested) return { name, span, type };
    const end = this.at;
    this.at = nested + 1;
    const inner = this.declarator(type, depth + 1);
    this.at = end;
    return inner;
  }

  private enumeration(): CType {
    this.at++;
    if (this.word() !== "") this.at++;
    if (this.kind() !== "{") return { kind: "enum" };
    const close = this.closes[this.at]!;
    let previous: string | undefined;
    for (this.at++; this.at < close; this.at++) {
      const name = this.word();
      const from = this.at + 2;
      while (this.at < close && this.kind() !== ",") this.at = Math.max(this.at, this.closes[this.at]!) + 1;
      if (name === "") continue;
      const text = this.at > from ? this.sourceOf(from, this.at) : undefined;
      this.constants.set(name, { text, previous });
      previous = name;
    }
    this.at = close + 1;
    return { kind: "enum" };
  }
}

/**
 * The text with what does not count made white, lines of the preprocessor among it, and the parts of it in
 * which structs are packed. Constants that are defined are added.
 */
function preprocess(
  text: string,
  macros: ReadonlySet<string>,
  constants: Map<string, CConstant>,
): { readonly active: string; readonly packed: readonly Span[]; readonly includes: readonly string[] } {
  const bare = text.replace(/\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?/g, (part) =>
    part.startsWith('"') ? part : blank(part),
  );
  const defined = new Set(macros);
  const packed: Span[] = [];
  const includes: string[] = [];
  const conditions: Condition[] = [];
  let packedFrom: number | undefined;
  let active = "";
  for (const { 0: line, index } of bare.matchAll(/[^\n]*(?:(?<=\\\r?)\n[^\n]*)*\n?/g)) {
    const [, name, rest = ""] = /^[ \t]*#[ \t]*(\w+)([^]*)/.exec(line) ?? [];
    const last = conditions.at(-1);
    const counts = last === undefined || (last.counts && last.holds);
    active += name === undefined && counts ? line : blank(line);
    const word = /^\s*(\w+)/.exec(rest)?.[1] ?? "";
    if (name === "ifdef") conditions.push(condition(counts, defined.has(word)));
    else if (name === "ifndef") conditions.push(condition(counts, !defined.has(word)));
    else if (name === "if") conditions.push(condition(counts, decides(rest, defined)));
    else if (name === "elif" && last) {
      last.holds = !last.wasTaken && decides(rest, defined);
      last.wasTaken ||= last.holds;
    } else if (name === "else" && last) last.holds = !last.wasTaken;
    else if (name === "endif") conditions.pop();
    else if (!counts) continue;
    else if (name === "include") includes.push(/"([^"\n]*)"/.exec(rest)?.[1] ?? "");
    else if (name === "define") {
      defined.add(word);
      const [, constant, value] = /^\s*(\w+)[ \t]+([^]*)/.exec(rest) ?? [];
      if (constant !== undefined && value !== undefined)
        constants.set(constant, { text: value.trim(), previous: undefined });
    } else if (name === "undef") {
      defined.delete(word);
      constants.delete(word);
    } else if (name === "pragma" && word === "pack") {
      if (packedFrom !== undefined) packed.push({ start: packedFrom, end: index });
      packedFrom = /^\s*pack\s+on\b/.test(rest) ? index : undefined;
    }
  }
  if (packedFrom !== undefined) packed.push({ start: packedFrom, end: text.length });
  return { active, packed, includes };
}

/** Offsets stay what they are. */
function blank(part: string): string {
  return part.replace(/[^\n]/g, " ");
}

interface Condition {
  /** Whether the lines around it count. */
  readonly counts: boolean;
  holds: boolean;
  /** Whether a branch of it held. */
  wasTaken: boolean;
}

function condition(counts: boolean, holds: boolean): Condition {
  return { counts, holds, wasTaken: holds };
}

/** `1`, `defined(X)`, and these after a `!`; of anything else that it does not hold. */
function decides(text: string, defined: ReadonlySet<string>): boolean {
  const condition = text.replace(/\s+/g, " ").trim();
  const [, not, name, number] = /^(!?) ?(?:defined ?\(? ?(\w+) ?\)?|(\d+))$/.exec(condition) ?? [];
  const holds = name === undefined ? Number(number ?? 0) !== 0 : defined.has(name);
  return holds !== (not === "!");
}
