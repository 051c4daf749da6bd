/**
 * Which mnemonics the assemblers of Go's releases know. Architectures that differ in byte order alone have one
 * assembler. What is known was asked of real assemblers (tools/facts/instructions), of most releases, not of all:
 * what holds for one that was not asked follows only where its neighbours agree.
 * It must not know operands or files.
 */
import { oncePerKey } from "../base/memo.ts";
import type { GoArch } from "./arch.ts";
import { instructionNames } from "./generated/instructionNames.ts";

/** An assembler, by the first architecture that it serves. */
export interface Assembler {
  readonly name: string;
  /** The architectures it serves that Go has today. */
  readonly arches: readonly GoArch[];
  /** First and last of the releases asked that know a mnemonic; read when first asked for. */
  readonly instructions: ReadonlyMap<string, Releases>;
}

export interface Releases {
  /** Minor numbers. */
  readonly first: number;
  readonly last: number;
}

/** Of Native Client's x86 no assembler was asked. */
const served = {
  "386": "386",
  amd64: "amd64",
  amd64p32: undefined,
  arm: "arm",
  arm64: "arm64",
  loong64: "loong64",
  mips: "mips",
  mipsle: "mips",
  mips64: "mips64",
  mips64le: "mips64",
  ppc64: "ppc64",
  ppc64le: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  wasm: "wasm",
} as const satisfies Record<GoArch, string | undefined>;

const [askedRow = "", ...rows] = instructionNames.rows.trim().split("\n");

/** Minor numbers of the releases whose assemblers were asked, in order. */
export const askedReleases: readonly number[] = askedRow.split(" ").map(Number);

export const assemblers: readonly Assembler[] = [
  ...new Set(Object.values(served).flatMap((name) => name ?? [])),
].map((name) => ({
  name,
  arches: (Object.keys(served) as GoArch[]).filter((goarch) => served[goarch] === name),
  get instructions(): Assembler["instructions"] {
    return instructionsOf(name);
  },
}));

/** The assembler of an architecture; undefined where none was asked. */
export function assemblerOf(goarch: GoArch): Assembler | undefined {
  return assemblers.find(({ name }) => name === served[goarch]);
}

const instructionsOf = oncePerKey((name: string): Assembler["instructions"] => {
  const instructions = new Map<string, Releases>();
  for (const row of rows) {
    const [assembler, span = "", names = ""] = row.split("|");
    if (assembler !== name) continue;
    const [first = 0, last = 0] = span.split("-").map(Number);
    const releases: Releases = { first, last };
    for (const instruction of names.split(" ")) instructions.set(instruction, releases);
  }
  return instructions;
});
