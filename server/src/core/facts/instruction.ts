/**
 * Which mnemonics the assemblers of Go's releases know. Architectures that differ in byte order alone have one
 * assembler. What is known was asked of real assemblers (tools/facts/instructions), of most releases, not of all:
 * what holds for one that was not asked follows only where its neighbours agree.
 * It must not know operands or files.
 */
import { oncePerKey } from "../base/memo.ts";
import { arches, goarches, type GoArch } from "./arch.ts";
import type { AssemblerFacts } from "./architecture.ts";
import { instructionNames } from "./generated/instructionNames.ts";

export interface Assembler extends AssemblerFacts {
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

const [askedRow = "", ...rows] = instructionNames.rows.trim().split("\n");

/** Minor numbers of the releases whose assemblers were asked, in order. */
export const askedReleases: readonly number[] = askedRow.split(" ").map(Number);

export const assemblers: readonly Assembler[] = goarches
  // The architecture that it has its name from stands for those that it serves.
  .flatMap((goarch) => (arches[goarch].assembler?.name === goarch ? arches[goarch].assembler : []))
  .map((facts) => ({
    ...facts,
    arches: goarches.filter((goarch) => arches[goarch].assembler?.name === facts.name),
    get instructions(): Assembler["instructions"] {
      return instructionsOf(facts.name);
    },
  }));

/** The assembler of an architecture; undefined where none was asked. */
export function assemblerOf(goarch: GoArch): Assembler | undefined {
  const own = arches[goarch].assembler?.name;
  return assemblers.find(({ name }) => name === own);
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
