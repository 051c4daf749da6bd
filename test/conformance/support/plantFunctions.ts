/**
 * Writes functions from nothing into a package: declarations with random types, and
 * assembly for every architecture that refers to their parts by random names,
 * offsets and widths. Most references are wrong, and the reference's complaint
 * about each shows the right layout. It must not know the rest of the package.
 */
import { opcodes, stackReads, stackWrites } from "./plantAssembly.ts";
import { printSignature } from "./plantDeclarations.ts";
import { fittingPart, randomPart, randomType, type TypeContext } from "./plantTypes.ts";
import type { Random } from "./random.ts";

/** File name and text. */
export type PlantedFile = readonly [name: string, text: string];

interface PlantedFunction {
  readonly declaration: string;
  readonly name: string;
  /** Names of parameters and results, those that asmdecl gives to unnamed ones included. */
  readonly variables: readonly Variable[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
}

/** Types of every kind that declarations of a package may name; `release` tells what its language allows. */
function typeDeclarations(random: Random, release: number): string {
  const generic = "type zzBox[T any] struct {\n\tf0 T\n\tf1 [2]T\n}\n\ntype zzBoxed = zzBox[int16]\n";
  return `const zzLength = 3

type zzPair struct {
	x     int64
	first byte
}

type zzByte uint8

type zzText string

type zzList struct {
	f0   float32
	next *zzList
}

type zzEndsEmpty struct {
	f0 byte
	f1 struct{}
}

type zzFace interface{ M(zzPair) zzByte }

type zzNoMethods interface{}

type zzWiderFace interface {
	zzFace
	N()
}

type zzFunc func(zzPair, ...zzByte) zzText

type zzArray [zzLength]zzPair

type zzAlias = zzPair

type zzSliceAlias = []zzPair

type zzArrayAlias = [unsafe.Sizeof(uintptr(0)) / 2]zzByte

type zzRandom ${randomType(random, { localTypes: plainTypes, importedTypes: [], unsafe: true })}

type zzEnum int

${generic}${release >= 24 ? "\ntype zzSlice[T any] = []T\n" : ""}
const zzLast zzEnum = 7
`;
}

const plainTypes =
  "zzPair zzByte zzText zzList zzEndsEmpty zzFace zzNoMethods zzWiderFace zzFunc zzArray".split(" ");
const derivedTypes = [
  ..."zzAlias zzSliceAlias zzArrayAlias zzEnum zzBoxed zzBox[int64] zzBox[zzPair]".split(" "),
  "zzBox[struct{ f0 byte }]",
  "zzRandom",
];

/** What declarations of a planted package may name. */
export function plantedTypes(release: number): TypeContext {
  const localTypes = [...plainTypes, ...derivedTypes, ...(release >= 24 ? ["zzSlice[int32]"] : [])];
  return { localTypes, importedTypes: [], unsafe: true };
}

/** The files to add to a package; `name` is the package's, `arches` are those to write assembly for. */
export function plantFunctions(
  name: string,
  random: Random,
  release: number,
  arches: readonly string[],
): readonly PlantedFile[] {
  const types = plantedTypes(release);
  const head = `package ${name}\n\nimport "unsafe"\n`;
  const functions = Array.from({ length: 6 }, (_, i) => randomFunction(`zzF${i}`, random, types));
  const inTests = randomFunction("zzInTest", random, types);
  const declarations = functions.map(({ declaration }) => declaration).join("\n\n");
  const all = [...functions, inTests];
  const some = arches.filter(() => random.chance(0.4));
  return [
    ["zz_planted.go", `${head}\n${typeDeclarations(random, release)}\n${declarations}\n`],
    ["zz_planted_test.go", testFile(name, inTests, random)],
    ...arches.map((arch): PlantedFile => [`zz_planted_${arch}.s`, assemblyFor(all, random, arch)]),
    // Where neither the name nor a +build line tells the architecture, the target does.
    ["zz_planted.s", assemblyFor(all.slice(0, 2), random, "")],
    [
      "zz_planted_unix.s",
      `//go:build linux || darwin\n// +build linux darwin\n\n${assemblyFor(all.slice(2, 4), random, "")}`,
    ],
    ["zz_planted_windows.s", assemblyFor(all.slice(0, 3), random, "")],
    [
      "zz_planted_some.s",
      `//go:build ${some.join(" || ") || "386"}\n// +build ${some.join(" ")}\n\n${assemblyFor(all.slice(4), random, "")}`,
    ],
  ];
}

function randomFunction(name: string, random: Random, types: TypeContext): PlantedFunction {
  const params = randomFields(random, types, "p", random.int(4));
  const results = randomFields(random, types, "r", random.int(3));
  if (params.length > 0 && random.chance(0.1))
    params.push({
      ...params.at(-1)!,
      names: params[0]!.names.length === 0 ? [] : ["more"],
      type: "...zzPair",
    });
  const receiver = random.chance(0.15) ? "(zzPair) " : "";
  return {
    name,
    declaration: spread(`func ${receiver}${name}${printSignature({ params, results })}`, random),
    variables: [...variablesOf(params, "arg"), ...variablesOf(results, "ret")],
  };
}

/** A test file with another name for its import, and a method that asmdecl takes for the function of that name. */
function testFile(name: string, inTests: PlantedFunction, random: Random): string {
  const method = random.chance(0.5) ? "func (zzPair) zzF1(q0 int8, q1 zu.Pointer) int16\n" : "";
  const declaration = inTests.declaration.replaceAll("unsafe.", "zu.");
  return `package ${name}\n\nimport zu "unsafe"\n\nvar _ zu.Pointer\n\n${declaration}\n\n${method}`;
}

/** Now and then a declaration stands on several lines, with comments between. */
function spread(declaration: string, random: Random): string {
  if (!random.chance(0.2)) return declaration;
  const comment = random.pick(["", " // (a comment", " /* { */"]);
  return declaration.replace(/(zz\w+)\((?!\))/, `$1(${comment}\n\t`).replace(/; /g, "\n\t\t");
}

function randomFields(
  random: Random,
  types: TypeContext,
  letter: string,
  count: number,
): { names: readonly string[]; type: string }[] {
  const unnamed = random.chance(0.35);
  return Array.from({ length: count }, (_, i) => {
    const names = random.pick([
      [`${letter}${i}`],
      [`${letter}${i}`],
      ["_"],
      [`${letter}${i}`, `${letter}${i}b`],
      [`é${letter}${i}`],
    ]);
    return { names: unnamed ? [] : names, type: randomType(random, types) };
  });
}

function variablesOf(
  fields: readonly { names: readonly string[]; type: string }[],
  unnamed: string,
): readonly Variable[] {
  return fields.flatMap(({ names, type }, i) => {
    const all = names.length > 0 ? names : [`${unnamed}${i === 0 ? "" : i}`];
    return all.map((name) => ({ name, type }));
  });
}

const likelyOpcodes: Readonly<Record<string, readonly string[]>> = {
  386: ["MOVL", "MOVW", "MOVB", "FMOVD", "FMOVLP", "LEAL", "MOVSD"],
  amd64: ["MOVQ", "MOVL", "MOVW", "MOVB", "MOVSD", "MOVSS", "MOVOU", "LEAQ"],
  arm: ["MOVW", "MOVB", "MOVBU", "MOVH", "MOVD", "MOVF"],
  ppc64: ["MOVD", "MOVWZ", "MOVBZ", "MOVHZ", "FMOVD", "MOVWBR"],
  s390x: ["MOVD", "MOVW", "MOVBZ", "MOVH", "FMOVS", "FMOVD"],
};
const stackRegisters: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "arm R13, arm64 RSP, loong64 R3, ppc64 R1, ppc64le R1, s390x R15",
    "mips R29, mipsle R29, mips64 R29, mips64le R29",
  ].flatMap((line) => line.split(", ").map((pair) => pair.split(" "))),
);
const otherOpcodes = ["MOVV", "MOVW", "MOVWU", "MOVB", "MOVHU", "MOVF", "MOVD"];

function assemblyFor(functions: readonly PlantedFunction[], random: Random, arch: string): string {
  const likely = likelyOpcodes[arch.replace(/le$/, "")] ?? otherOpcodes;
  const texts = functions.map(({ name, variables }) => {
    const abi = random.pick(["", "", "", "<ABIInternal>", "<ABI0>"]);
    const flags = random.pick(["NOSPLIT", "NOSPLIT", "0", "7", "NOSPLIT|NOFRAME", "WRAPPER"]);
    const head = `TEXT ·${name}${abi}(SB), ${flags}, $${random.int(5) * 8}-${random.int(12) * 4}`;
    const references = Array.from({ length: 5 }, () => randomReference(variables, random, likely));
    const stack = stackRegisters[arch] ?? "SP";
    const noise = [
      ...(random.chance(0.5) ? [random.pick(stackReads(random, stack))] : []),
      ...(random.chance(0.1) ? [random.pick(stackWrites(random))] : []),
      ...(random.chance(0.5) ? [random.pick(stackReads(random, stack))] : []),
    ];
    return [head, ...references, ...noise, "\tRET"].join("\n");
  });
  return `#include "textflag.h"\n\n${texts.join("\n\n")}\n`;
}

function randomReference(variables: readonly Variable[], random: Random, likely: readonly string[]): string {
  const op = random.chance(0.8) ? random.pick(likely) : random.pick([...opcodes, ""]);
  if (variables.length === 0 || random.chance(0.08)) return `\t${op}\t${random.int(16) * 4}(FP), AX`;
  // The first variable surely begins at 0, so that the check often goes on to the width.
  const isFirst = random.chance(0.5);
  const { name, type } = isFirst ? variables[0]! : random.pick(variables);
  const part = random.chance(0.85) ? fittingPart(random, type) : randomPart(random);
  const offset = isFirst && random.chance(0.8) ? 0 : random.int(20) * 4;
  const slot = `${random.chance(0.1) ? "$" : ""}${name}${part}+${offset}(FP)`;
  return random.chance(0.6) ? `\t${op}\t${slot}, AX` : `\t${op}\tAX, ${slot}`;
}
