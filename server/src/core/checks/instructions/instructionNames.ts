/**
 * Instructions that an assembler does not have: in none of Go's releases, or not in one that the file is built with.
 * The assembler says so in a build for that very target alone, and one such line hides what else is wrong.
 */
import { nearest } from "../../base/nearest.ts";
import { type Assembler, askedReleases, assemblers, type Releases } from "../../facts/instruction.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { Instruction } from "../../syntax/asm/ast.ts";
import { treeOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import type { CodeCheckInput, CodeFinding, CodeRule } from "../codeCheck.ts";
import { foreignIn } from "./foreignAssembly.ts";
import { assemblersOf, byAssembler, instructionsIn, mayNotKnow } from "./instructionUse.ts";
import { mnemonicWords } from "./mnemonicWords.ts";
import { targetsOfRelease, type WantedReleases, wantedReleases } from "./wantedReleases.ts";

export const instructionUnknown: CodeRule = {
  concerns: (_text, file, snapshot, pkg) =>
    wantedReleases(snapshot.world, pkg.directory) !== undefined && mayNotKnow(snapshot, pkg, file),
  *check(input) {
    const { code, snapshot, targets } = input;
    if (!code.isComplete) return;
    // Code of another architecture is one fault, which foreign-assembly tells.
    const moot = foreignIn(code, snapshot, targets)?.targets;
    const instructions = instructionsIn(code);
    for (const { assembler, targets: own } of byAssembler(snapshot, moot ? targets.andNot(moot) : targets)) {
      for (const instruction of instructions) {
        const { name, start, nameEnd } = instruction;
        if (assembler.instructions.has(name) || isOwnInstruction(input, assembler, name)) continue;
        yield {
          span: { start, end: nameEnd },
          message: `unrecognized instruction "${name}"${hint(assembler, name)}`,
          targets: own,
        };
      }
    }
  },
};

/** What was probably meant. */
function hint(assembler: Assembler, name: string): string {
  const upper = name.toUpperCase();
  const near = assembler.instructions.has(upper) ? upper : nearest(name, assembler.instructions.keys());
  const others = assemblers
    .filter(({ instructions }) => instructions.has(name))
    .flatMap(({ arches }) => arches);
  if (others.length > 0) return `; it is one of ${others.join(", ")}`;
  return near === undefined ? "" : `; did you mean ${near}?`;
}

export const instructionSince: CodeRule = {
  concerns(_text, file, snapshot, pkg) {
    const wanted = wantedReleases(snapshot.world, pkg.directory);
    if (!wanted) return false;
    const words = mnemonicWords(file.asm);
    return [...assemblersOf(snapshot, file)].some(({ instructions }) =>
      words.some((word) => isMissing(instructions.get(word), wanted)),
    );
  },
  *check(input) {
    const { code, snapshot, targets, package: pkg, file } = input;
    const wanted = wantedReleases(snapshot.world, pkg.directory);
    if (!code.isComplete || !wanted) return;
    for (const { assembler, targets: own } of byAssembler(snapshot, targets)) {
      for (const instruction of instructionsIn(code)) {
        const releases = assembler.instructions.get(instruction.name);
        if (!isMissing(releases, wanted) || isOwnInstruction(input, assembler, instruction.name)) continue;
        yield* missingIn(snapshot, file, instruction, assembler, own, releases!, wanted, pkg.directory);
      }
    }
  },
};

/** Whether a release that is wanted certainly lacks an instruction that some release has. */
function isMissing(releases: Releases | undefined, { oldest, newest }: WantedReleases): boolean {
  if (!releases) return false;
  return lastBefore(releases.first) >= oldest || firstAfter(releases.last) <= newest;
}

/** The last release asked before one; 0 where none was. */
function lastBefore(release: number): number {
  return askedReleases.findLast((asked) => asked < release) ?? 0;
}

function firstAfter(release: number): number {
  return askedReleases.find((asked) => asked > release) ?? Infinity;
}

function* missingIn(
  snapshot: Snapshot,
  file: AsmSource,
  { name, start, nameEnd }: Instruction,
  assembler: Assembler,
  own: TargetSet,
  { first, last }: Releases,
  { oldest, newest }: WantedReleases,
  directory: string,
): Iterable<CodeFinding> {
  const span = { start, end: nameEnd };
  const asks =
    treeOf(snapshot.world.trees, directory)?.kind === "module"
      ? `go.mod asks for Go 1.${oldest}`
      : `this is Go 1.${oldest}`;
  // A constraint may leave older releases without the file.
  const lacking = lastBefore(first);
  if (lacking >= oldest) {
    const targets = own.and(targetsOfRelease(snapshot.world, file, lacking));
    if (!targets.isEmpty)
      yield {
        span,
        targets,
        message: `the assembler knows ${name} from Go 1.${first} on, and ${asks}`,
      };
  }
  const gone = firstAfter(last);
  if (gone <= newest) {
    const targets = own.and(targetsOfRelease(snapshot.world, file, gone));
    if (!targets.isEmpty)
      yield {
        span,
        targets,
        message: `the assembler does not know ${name} any more since Go 1.${gone}`,
      };
  }
}

/** Whether a Go tree has the instruction in its own assembler, as one that is being worked on may; or that is not known. */
function isOwnInstruction(
  { snapshot, package: pkg }: CodeCheckInput,
  { name: assembler }: Assembler,
  name: string,
): boolean {
  const tree = treeOf(snapshot.world.trees, pkg.directory);
  if (tree?.kind !== "goroot") return false;
  const directory = `${tree.src}/cmd/internal/obj/${sources[assembler] ?? assembler}`;
  // A tree of the years before has its assembler elsewhere, and other instructions.
  const files = snapshot.isKnown(directory) ? snapshot.directories.get(directory)?.files : undefined;
  if (!files) return true;
  for (const source of files.values())
    if (source.kind === "go" && source.text.includes(`"${name}"`)) return true;
  return false;
}

/** The directory of an assembler's sources, where it has another name. */
const sources: Readonly<Record<string, string>> = {
  "386": "x86",
  amd64: "x86",
  mips64: "mips",
  riscv64: "riscv",
};
