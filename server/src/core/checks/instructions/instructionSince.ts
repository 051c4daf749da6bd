/** An instruction that a release which builds the file does not have: not yet, or not any more. */
import { type Assembler, askedReleases, type Releases } from "../../facts/instruction.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { Instruction } from "../../syntax/asm/ast.ts";
import { treeOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { codeCheck, type CodeFinding } from "../codeCheck.ts";
import { assemblersOf, byAssembler, instructionsIn } from "./instructionUse.ts";
import { mnemonicWords } from "./mnemonicWords.ts";
import { targetsOfRelease, type WantedReleases, wantedReleases } from "./wantedReleases.ts";

import { isOwnInstruction } from "./isOwnInstruction.ts";
import type { Check } from "../check.ts";

export const instructionSince: Check<"instruction-since"> = codeCheck({
  code: "instruction-since",
  stage: "package",
  severity: "warning",
  title: "An older Go that the module admits does not have the instruction",
  why: [
    "The `go` line of a go.mod says which Go is old enough to build the module. An instruction that Go's assembler has",
    "learned since then breaks the build of everybody who still has such a Go, and a few have gone again. A constraint such",
    "as `//go:build go1.24` leaves a file to newer releases.",
  ].join("\n"),
  bad: `
-- go.mod --
module example.com/m

go 1.21
-- f_loong64.go --
package p

func f()
-- f_loong64.s --
TEXT ·f(SB), NOSPLIT, $0-0
	VADDV V1, V2, V3 // from Go 1.25 on
	RET
`,
  good: `
-- go.mod --
module example.com/m

go 1.25
-- f_loong64.go --
package p

func f()
-- f_loong64.s --
TEXT ·f(SB), NOSPLIT, $0-0
	VADDV V1, V2, V3
	RET
`,
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
});

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
