/**
 * Random Go types for planted declarations: everything whose size, alignment or
 * components decide where an argument lies. It must not know where a type is used.
 */
import type { Random } from "./random.ts";

/** What type expressions may name in one file. */
export interface TypeContext {
  /** Types of the package that no type parameter is needed for. */
  readonly localTypes: readonly string[];
  /** Qualified types of imported packages. */
  readonly importedTypes: readonly string[];
  /** Whether the file imports "unsafe" under that name. */
  readonly unsafe: boolean;
}

const basicTypes = [
  "bool byte rune string error uintptr int uint int8 int16 int32 int64 uint8 uint16 uint32 uint64",
  "float32 float64 complex64 complex128",
].flatMap((line) => line.split(" "));

/** Lengths as constant expressions, small enough that every element can be a variable of its own. */
const lengths = [
  "0|1|2|3|4|1 << 2|7 / 2|0x3|0b11|5 & 3|^(-3)|2.0|1e0|real(2i) + 1|'\\x02'|'c' - 'a'",
  'len("abc")|len("é")|len([3]int{})|zzLength|zzLength - 1|1 << (zzLength - 2)|zzLast|int(zzLast) - 5|uint8(0x12 >> 4)',
].flatMap((line) => line.split("|"));

/** A type expression on one line. `depth` bounds how types nest. */
export function randomType(random: Random, context: TypeContext, depth = 2): string {
  if (depth === 0 || random.chance(0.35)) return randomLeaf(random, context);
  const inner = (): string => randomType(random, context, depth - 1);
  const kinds: readonly (() => string)[] = [
    () => `[]${inner()}`,
    () => `*${inner()}`,
    () => `[${randomLength(random, context)}]${inner()}`,
    () => `[${randomLength(random, context)}]${inner()}`,
    () => `map[${random.pick(["string", "int", "uint8", "[2]int32"])}]${inner()}`,
    () => `${random.pick(["chan", "<-chan", "chan<-"])} ${random.pick(["int", "[]byte", "struct{}"])}`,
    () =>
      `func(${random.pick(["", "int", "x, y int8", "string, ...byte"])}) ${random.pick(["", "error", "(n int, err error)"])}`.trim(),
    () => `interface{ ${random.pick(["M()", "M(x int) string; N()", "error", "error; M()"])} }`,
    () => randomStruct(random, context, depth),
    () => randomStruct(random, context, depth),
    () => `(${inner()})`,
  ];
  return random.pick(kinds)();
}

function randomLeaf(random: Random, context: TypeContext): string {
  const pools = [
    basicTypes,
    basicTypes,
    context.localTypes,
    context.importedTypes,
    ["any", "interface{}", "struct{}"],
  ];
  if (context.unsafe) pools.push(["unsafe.Pointer"]);
  const pool = random.pick(pools);
  return random.pick(pool.length > 0 ? pool : basicTypes);
}

function randomLength(random: Random, context: TypeContext): string {
  const sizes = context.unsafe
    ? ["unsafe.Sizeof(uintptr(0))", "unsafe.Alignof(int64(0))", "unsafe.Offsetof(zzPair{}.first)"]
    : [];
  return random.pick([...lengths, ...sizes]);
}

function randomStruct(random: Random, context: TypeContext, depth: number): string {
  const fields = Array.from({ length: random.int(5) }, (_, i) => {
    const names = random.pick([`f${i}`, `f${i}`, `f${i}`, "_", `f${i}, g${i}`]);
    const tag = random.chance(0.1) ? ' `tag:"v"`' : "";
    return `${names} ${randomType(random, context, depth - 1)}${tag}`;
  });
  // One embedded field at most: two of one name would be an error.
  if (random.chance(0.15)) {
    const embedded = context.localTypes.filter((name) => name.startsWith("zz") && !name.includes("["));
    if (embedded.length > 0) fields.splice(random.int(fields.length + 1), 0, random.pick(embedded));
  }
  return fields.length === 0 ? "struct{}" : `struct { ${fields.join("; ")} }`;
}

/** The suffix of a part that some variable of a planted type may have. */
export function randomPart(random: Random): string {
  const parts = [
    "",
    "",
    "_base",
    "_len",
    "_cap",
    "_type",
    "_itable",
    "_data",
    "_real",
    "_imag",
    "_lo",
    "_hi",
  ];
  const deeper = ["_0", "_1", "_2", "_f0", "_f1", "_g0", "_f2", "__", "_zzPair", "_x", "_first"];
  let part = "";
  while (random.chance(0.4)) part += random.pick(deeper);
  return part + random.pick(parts);
}

/** The suffix of a part that a variable of the type surely or probably has, as far as the type's text tells. */
export function fittingPart(random: Random, type: string): string {
  const bare = type.replace(/^\(+/, "");
  const array = /^\[[^\]]+\](.*)$/.exec(bare);
  if (array !== null) return `_${random.int(3)}${fittingPart(random, array[1]!)}`;
  const struct = /^struct \{ (.*)$/.exec(bare);
  if (struct !== null) {
    const fields = [...struct[1]!.matchAll(/(?:^|; )(?:\w+, )?(\w+) ([^;]*)/g)];
    const [, name = "f0", inner = ""] = fields.length > 0 ? random.pick(fields) : [];
    return `_${name}${fittingPart(random, inner)}`;
  }
  const parts = partsByType.find(([pattern]) => pattern.test(bare))?.[1] ?? [""];
  return random.pick(parts);
}

const partsByType: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(string|zzText)\b/, ["_base", "_len", ""]],
  [/^(\[\]|zzSlice|\.\.\.)/, ["_base", "_len", "_cap", ""]],
  [/^(any\b|interface\{\}|zzNoMethods)/, ["_type", "_data", ""]],
  [/^(error|interface|zzFace|zzWiderFace)/, ["_itable", "_data", ""]],
  [/^complex/, ["_real", "_imag", ""]],
  [/^(u?int64|float64)$/, ["_lo", "_hi", "", ""]],
  [/^(zzPair|zzAlias)$/, ["_x", "_first", "_x_lo", "_x_hi", ""]],
  [/^zzBox/, ["_f0", "_f1", "_f1_0", "_f1_1"]],
  [/^zzList/, ["_f0", "_next"]],
  [/^zzEndsEmpty/, ["_f0", "_f1"]],
  [/^zzArray$/, ["_0_x", "_1_first", "_2", "_0"]],
];
