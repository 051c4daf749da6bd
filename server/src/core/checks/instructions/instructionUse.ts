/** The instructions of a file's code, and what is known of each on a target's assembler. */
import { type Assembler, assemblerOf, assemblers } from "../../facts/instruction.ts";
import type { AsmCode } from "../../model/asm/asmCode.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { Instruction } from "../../syntax/asm/ast.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { includesOf } from "../goAsm/includes.ts";
import { mnemonicWords } from "./mnemonicWords.ts";

/** Every instruction, those before the first TEXT too. */
export function instructionsIn(code: AsmCode): readonly Instruction[] {
  return code.file.statements.flatMap((statement) => (statement.kind === "instruction" ? [statement] : []));
}

/** Some of the targets, by the assembler that serves them; those of which none was asked are left out. */
export function byAssembler(
  { world }: Snapshot,
  targets: TargetSet,
): { readonly assembler: Assembler; readonly targets: TargetSet }[] {
  return assemblers.flatMap((assembler) => {
    const own = TargetSet.where(
      targets.length,
      (i) => targets.has(i) && assembler.arches.includes(world.targets[i]!.goarch),
    );
    return own.isEmpty ? [] : [{ assembler, targets: own }];
  });
}

/** The assemblers of the targets that select a file. */
export function assemblersOf({ world }: Snapshot, file: AsmSource): ReadonlySet<Assembler> {
  return new Set(
    [...selection(world, file).targets].flatMap((i) => assemblerOf(world.targets[i]!.goarch) ?? []),
  );
}

/** The assemblers that know all of these names. */
export function knowingAll(names: ReadonlySet<string>): readonly Assembler[] {
  return assemblers.filter(({ instructions }) => [...names].every((name) => instructions.has(name)));
}

/** Whether the text alone leaves it possible that an assembler of the file's targets does not know an instruction of it. */
export function mayNotKnow(snapshot: Snapshot, pkg: Package, file: AsmSource): boolean {
  // Without a TEXT it may well be assembly of another kind than Go's.
  const { outline } = file.asm;
  if (outline.texts.length === 0 && !outline.isConditional) return false;
  const unknown = new Set<string>();
  for (const { instructions } of assemblersOf(snapshot, file))
    for (const word of mnemonicWords(file.asm)) if (!instructions.has(word)) unknown.add(word);
  if (unknown.size === 0) return false;
  // Headers define macros, too.
  const { texts } = includesOf(snapshot, pkg, file);
  return [...unknown].some((word) => !texts.some(({ outline }) => outline.defines.has(word)));
}
