/** A mnemonic that the assembler does not have, in none of Go's releases. */
import { nearest } from "../../base/nearest.ts";
import { type Assembler, assemblers } from "../../facts/instruction.ts";
import { codeCheck } from "../codeCheck.ts";
import { foreignIn } from "./foreignAssembly.ts";
import { byAssembler, instructionsIn, mayNotKnow } from "./instructionUse.ts";
import { wantedReleases } from "./wantedReleases.ts";

import { isOwnInstruction } from "./isOwnInstruction.ts";
import type { Check } from "../check.ts";

export const instructionUnknown: Check<"instruction-unknown"> = codeCheck({
  code: "instruction-unknown",
  stage: "package",
  severity: "error",
  title: "The assembler has no such instruction",
  why: [
    "`go tool asm` says `unrecognized instruction` in a build for that very target alone, and one such line hides every",
    "later error of the build. What each assembler knows was asked of the assemblers of Go 1.19 to 1.27; with a newer Go",
    "rt0 is silent. In a Go tree, instructions that the tree's own assembler has count too.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQQ y+8(FP), AX // did you mean ADDQ?
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
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
});

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
