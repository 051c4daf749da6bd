/**
 * A file that an assembler cannot make anything of, since its code is another architecture's: usually a file without
 * a suffix or a constraint, beside code for one architecture alone. That is one fault, however many lines it has.
 */
import type { GoArch } from "../../facts/arch.ts";
import { type Assembler, assemblerOf } from "../../facts/instruction.ts";
import type { AsmCode } from "../../model/asm/asmCode.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { Instruction } from "../../syntax/asm/ast.ts";
import { treeOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { selection } from "../../workspace/selection.ts";
import { codeCheck, type CodeCheckInput, type CodeFinding } from "../codeCheck.ts";
import type { Finding, Fix } from "../finding.ts";
import { assemblersOf, byAssembler, instructionsIn, knowingAll, mayNotKnow } from "./instructionUse.ts";
import { wantedReleases } from "./wantedReleases.ts";
import type { Check } from "../check.ts";

export const foreignAssembly: Check<"foreign-assembly"> = codeCheck({
  code: "foreign-assembly",
  stage: "package",
  severity: "warning",
  title: "A file is built for architectures whose assembly it is not",
  why: [
    "A file without a suffix such as `_amd64` or a `//go:build` line is built for every architecture, and the assembler of",
    "any other than its own refuses it line by line. Packages with such a file build on one architecture only. The finding",
    "names whose assembly it is; what other checks say of the targets that cannot assemble it is left out.",
  ].join("\n"),
  bad: `
-- add.go --
package p

func add(x, y int64) int64
-- add.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
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
  concerns(_text, file, snapshot, pkg) {
    const { world } = snapshot;
    // A Go tree may be on its way to a new port, whose names select files as nobody here knows.
    if (treeOf(world.trees, pkg.directory)?.kind === "goroot") return false;
    if (assemblersOf(snapshot, file).size < 2 || !wantedReleases(world, pkg.directory)) return false;
    return mayNotKnow(snapshot, pkg, file);
  },
  *check(input) {
    const { code, snapshot, targets, file } = input;
    const place = code.functions[0]?.text;
    if (!code.isComplete || !place) return;
    const found = foreignIn(code, snapshot, targets);
    if (!found) return;
    const { example } = found;
    const home = found.home.filter(({ excess }) => !excess?.test(code.text));
    const arches = home.flatMap(({ arches }) => arches);
    // The assembler of 386 knows the names of amd64's instructions and not their registers.
    const foreign = targets.andNot(
      TargetSet.where(targets.length, (i) => arches.includes(snapshot.world.targets[i]!.goarch)),
    );
    const fix = constraintFix(input, file, arches);
    const finding: CodeFinding = {
      span: place.symbol?.nameSpan ?? { start: place.start, end: place.end },
      message: `this is assembly of ${listed(arches)}, but the file is built for other architectures too`,
      targets: foreign,
      related: [
        {
          directory: input.package.directory,
          file: file.name,
          span: code.written({ start: example.start, end: example.nameEnd }).span,
          message: `${example.name} is one of the instructions that the others do not have`,
        },
      ],
      ...(fix && { fix }),
    };
    yield finding;
  },
});

interface Foreign {
  /** The assemblers that know every instruction of the code. */
  readonly home: readonly Assembler[];
  /** The targets whose assembler does not. */
  readonly targets: TargetSet;
  readonly example: Instruction;
}

/** undefined where every assembler of the targets knows all of the code's instructions, or none at all does. */
export function foreignIn(code: AsmCode, snapshot: Snapshot, targets: TargetSet): Foreign | undefined {
  const instructions = instructionsIn(code);
  let foreign = TargetSet.none(targets.length);
  let example: Instruction | undefined;
  for (const { assembler, targets: own } of byAssembler(snapshot, targets)) {
    const unknown = instructions.find(({ name }) => !assembler.instructions.has(name));
    if (!unknown) continue;
    foreign = foreign.or(own);
    example ??= unknown;
  }
  if (!example) return undefined;
  const home = knowingAll(new Set(instructions.map(({ name }) => name)));
  return home.length > 0 ? { home, targets: foreign, example } : undefined;
}

/** A constraint for the architectures whose code it is; undefined where the file has one already, or several share their names. */
function constraintFix(
  { snapshot }: CodeCheckInput,
  file: AsmSource,
  arches: readonly GoArch[],
): Fix | undefined {
  if (selection(snapshot.world, file).header.constraint || new Set(arches.map(assemblerOf)).size > 1)
    return undefined;
  const line = `//go:build ${arches.join(" || ")}`;
  return { title: `Add ${line}`, edits: [{ span: { start: 0, end: 0 }, newText: `${line}\n\n` }] };
}

/** "386, amd64 or arm". */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** Without what other checks say of targets that cannot assemble the file anyway. */
export function withoutForeign(findings: readonly Finding[]): readonly Finding[] {
  const foreign = new Map<string, TargetSet>();
  for (const { code, file, targets } of findings) {
    if (code !== "foreign-assembly") continue;
    const known = foreign.get(file);
    foreign.set(file, known ? known.or(targets) : targets);
  }
  if (foreign.size === 0) return findings;
  return findings.flatMap((finding) => {
    const moot = finding.code === "foreign-assembly" ? undefined : foreign.get(finding.file);
    if (!moot || finding.targets.and(moot).isEmpty) return [finding];
    const targets = finding.targets.andNot(moot);
    return targets.isEmpty ? [] : [{ ...finding, targets }];
  });
}
