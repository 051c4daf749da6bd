/**
 * Vet's asmdecl pass over one assembly file, for all targets at once: the same
 * findings, word for word, that `go vet` prints on each of them, with exact
 * ranges and with equal findings of several targets merged.
 *
 * Where the frames come from is the caller's business; this directory must not
 * know packages or snapshots.
 */
import { LineIndex } from "../../base/lineIndex.ts";
import type { Span } from "../../base/span.ts";
import type { GoArch } from "../../facts/arch.ts";
import type { Frame } from "../../model/go/frame.ts";
import type { Target } from "../../model/targets/target.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { checkBlock, functionName } from "./checkBlock.ts";
import type { AsmProfile, VetArch } from "./profile.ts";
import type { AsmRule } from "./rule.ts";
import type { PlacedBlock, VetFile } from "./vetLines.ts";

export interface AsmdeclInput {
  readonly file: {
    readonly name: string;
    /** Made by `vetFile` with the profile's `!beforeAnalysis`. */
    readonly vet: VetFile;
    /** The targets that select the file. */
    readonly targets: TargetSet;
  };
  /** Import path as go/types has it: a TEXT symbol may carry it. */
  readonly packagePath: string;
  /** What the package clause says; before go/analysis, vet compared symbols with this. */
  readonly packageName: string;
  readonly profile: AsmProfile;
  /** What the indices of target sets mean. */
  readonly targets: readonly Target[];
  readonly frames: FrameSource;
}

/** Looks functions up in the file's package. */
export interface FrameSource {
  /**
   * The function declared without a body as `name` on one target, with the frame
   * it has on `arch`. That is nearly always the target's own architecture; a
   * `// +build` line can make vet think otherwise.
   */
  frame(name: string, target: number, arch: GoArch): FrameAnswer;
}

export type FrameAnswer = (
  | { readonly kind: "none" }
  /** It is declared, but a type in it is not known. */
  | { readonly kind: "unresolved" }
  | { readonly kind: "frame"; readonly frame: Frame }
) & {
  /** The targets for which this same answer is right. */
  readonly holds: TargetSet;
};

export interface AsmFinding extends Span {
  readonly rule: AsmRule;
  /** All that vet prints after the position: "[amd64] f: …". */
  readonly message: string;
  /** Zero-based. */
  readonly line: number;
  /** What the message proposes in place of the span, where that keeps the meaning. */
  readonly replacement?: string;
  /** A wrong offset that still lies in the argument that is named. */
  readonly isInside?: boolean;
  /** It may well be meant, and is worth a hint at most. */
  readonly isDeliberate?: boolean;
  /** The instruction moves the argument as it is, and is only not as wide as vet takes it for. */
  readonly isMisjudged?: boolean;
  readonly targets: TargetSet;
}

/** The findings in one file, by position. */
export function findInBlocks(input: AsmdeclInput): AsmFinding[] {
  const { file, profile } = input;
  const found = new Map<string, AsmFinding>();
  // Most files have no findings and need no index.
  let lines: LineIndex | undefined;
  const report = (finding: Omit<AsmFinding, "line">): void => {
    const key = `${finding.start} ${finding.end} ${finding.message}`;
    const same = found.get(key);
    if (same === undefined) {
      lines ??= new LineIndex(file.vet.text);
      found.set(key, { ...finding, line: lines.lineAt(finding.start) });
    } else found.set(key, { ...same, targets: same.targets.or(finding.targets) });
  };

  const arches = [...archesOf(input)];
  for (const placed of file.vet.blocks) {
    const isOwn = namesPackage(placed, input);
    for (const [arch, targets] of arches) {
      if (isOwn) checkOnTargets(input, placed, arch, targets, report);
      else if (profile.beforeAnalysis) report(crossPackage(placed, arch, targets));
    }
  }
  return [...found.values()].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function checkOnTargets(
  { profile, frames }: AsmdeclInput,
  { start, block }: PlacedBlock,
  arch: VetArch,
  targets: TargetSet,
  report: (finding: Omit<AsmFinding, "line">) => void,
): void {
  const { name } = functionName(block, profile);
  for (let rest = targets, target = rest.first; target !== undefined; target = rest.first) {
    const answer = frames.frame(name, target, arch.name);
    const covered = answer.holds.has(target)
      ? rest.and(answer.holds)
      : TargetSet.single(rest.length, target!);
    rest = rest.andNot(covered);
    const frame = answer.kind === "frame" ? answer.frame : answer.kind;
    for (const finding of checkBlock(block, frame, arch, profile)) {
      report({
        ...finding,
        message: `[${arch.name}] ${name}: ${finding.message}`,
        start: start + finding.start,
        end: start + finding.end,
        targets: covered,
      });
    }
  }
}

/**
 * The architecture vet takes the file for, on each target: the one in its name,
 * else one from its first `// +build` line that has any (GOARCH if it is among
 * them), else GOARCH. Targets of which vet knows no architecture are left out.
 */
function archesOf({ file, profile, targets }: AsmdeclInput): Map<VetArch, TargetSet> {
  const { length } = targets;
  const byArch = new Map<VetArch, TargetSet>();
  const inName = profile.arches.find((arch) => file.name.endsWith(`_${arch.name}.s`));
  const inBuildLine = file.vet.buildLines
    .map((words) => words.flatMap((word) => profile.arches.find((arch) => arch.name === word) ?? []))
    .find((candidates) => candidates.length > 0);
  for (const target of file.targets) {
    const own = profile.arches.find((arch) => arch.name === targets[target]?.goarch);
    const isCandidate = inBuildLine === undefined || (own !== undefined && inBuildLine.includes(own));
    const arch = inName ?? (isCandidate ? own : inBuildLine[0]);
    if (arch === undefined) continue;
    const alone = TargetSet.single(length, target);
    byArch.set(arch, byArch.get(arch)?.or(alone) ?? alone);
  }
  return byArch;
}

/** Whether a TEXT symbol belongs to the file's own package; the assembler writes "/" as "∕". */
function namesPackage({ block }: PlacedBlock, { profile, packagePath, packageName }: AsmdeclInput): boolean {
  const written = block.symbol.packagePath;
  if (written === "") return true;
  return profile.beforeAnalysis
    ? lastElement(written) === packageName
    : written.replaceAll("∕", "/") === packagePath;
}

function lastElement(path: string): string {
  return path.slice(path.lastIndexOf("∕") + 1);
}

function crossPackage(
  { start, block }: PlacedBlock,
  arch: VetArch,
  targets: TargetSet,
): Omit<AsmFinding, "line"> {
  const { name, packagePath, span } = block.symbol;
  const elsewhere = `${name} is in package ${lastElement(packagePath)}`;
  return {
    rule: "cross-package",
    message: `[${arch.name}] cannot check cross-package assembly function: ${elsewhere}`,
    start: start + span.start,
    end: start + span.end,
    targets,
  };
}
