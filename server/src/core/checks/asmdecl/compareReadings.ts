/**
 * Where vet and the assembler read a file differently: what only the assembler's reading
 * shows (`asmdecl-expanded`), and what vet says that it refutes (`asmdecl-misread`). Both
 * compare vet's findings with those that the same rules make of the code as assembled.
 */
import type { Package } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { AsmFile } from "../../syntax/asm/ast.ts";
import { parseAsm } from "../../syntax/asm/parser.ts";
import { codesOf } from "../../workspace/codesOf.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import type { Finding } from "../finding.ts";
import { assembledFindings } from "./assembledFindings.ts";
import { lineFindings } from "./lineFindings.ts";
import type { AsmProfile } from "./profile.ts";
import { whyMisread } from "./whyMisread.ts";

/** How serious it is that vet misreads a line. */
export const misreadSeverity = "hint";

interface Comparison {
  readonly vet: readonly Finding[];
  /** As assembled, those of other checks included. */
  readonly all: readonly Finding[];
  readonly onlyAssembled: readonly Finding[];
  readonly refuted: readonly Finding[];
}

const comparisons = new WeakMap<AsmSource, Comparison>();

/** Vet's reading of a file and the assembler's. */
export function compareReadings(
  snapshot: Snapshot,
  pkg: Package,
  file: AsmSource,
  profile: AsmProfile,
): Comparison {
  const vet = lineFindings(snapshot, pkg, file, profile).vet;
  const all = assembledFindings(snapshot, pkg, file, profile);
  const known = comparisons.get(file);
  if (known?.vet === vet && known.all === all) return known;
  const assembled = all.filter(({ code }) => code === "asmdecl-expanded");
  let tree: AsmFile | undefined;
  const refuted = missingFrom(vet, assembled).flatMap((finding): Finding | readonly [] => {
    const { codes } = codesOf(snapshot, pkg.directory, file);
    // Code that does not assemble, or that is not all at hand, refutes nothing.
    const unknown = codes.filter(({ isComplete }) => !isComplete).map(({ targets }) => targets);
    const targets = unknown.reduce((all, some) => all.andNot(some), finding.targets);
    if (targets.isEmpty) return [];
    const why = whyMisread((tree ??= parseAsm(file.text)), codes, finding);
    return {
      code: "asmdecl-misread",
      severity: misreadSeverity,
      message: `${finding.message} (go vet), but ${why}`,
      // Whoever hides what vet says hides this, too, and the other way round.
      listed: finding.message,
      directory: finding.directory,
      file: finding.file,
      span: finding.span,
      line: finding.line,
      targets,
    };
  });
  const made: Comparison = {
    vet,
    all,
    onlyAssembled: missingFrom(assembled, vet),
    refuted,
  };
  comparisons.set(file, made);
  return made;
}

/** The same finding, on whatever targets. */
function keyOf({ line, message }: Finding): string {
  return `${line} ${message}`;
}

function targetsByKey(findings: readonly Finding[]): ReadonlyMap<string, TargetSet> {
  const found = new Map<string, TargetSet>();
  for (const finding of findings) {
    const key = keyOf(finding);
    found.set(key, found.get(key)?.or(finding.targets) ?? finding.targets);
  }
  return found;
}

function missingFrom(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const there = targetsByKey(others);
  return findings.flatMap((finding) => {
    const same = there.get(keyOf(finding));
    const targets = same ? finding.targets.andNot(same) : finding.targets;
    return targets.isEmpty ? [] : targets === finding.targets ? finding : { ...finding, targets };
  });
}
