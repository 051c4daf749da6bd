/**
 * The asmdecl check over one file of a package: finds the frames for it, and
 * remembers what it found for as long as the declarations it looked at stay the same.
 */
import type { GoArch } from "../../facts/arch.ts";
import { bodylessFunction } from "../../model/go/functionFrame.ts";
import { builtTargets, type Declared, type Package, packageNames } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import type { World } from "../../workspace/world.ts";
import type { Finding, Fix } from "../finding.ts";
import type { CheckCode } from "../registry.ts";
import { findInBlocks, type AsmdeclInput, type AsmFinding, type FrameAnswer } from "./findInBlocks.ts";
import type { AsmProfile } from "./profile.ts";
import type { AsmRule } from "./rule.ts";
import { vetFile, type VetFile } from "./vetLines.ts";

/** How serious what vet finds is. */
export const vetSeverity = "error";

/** The findings in a file, and all of the package that they were made from. */
interface Answer extends PackageFacts {
  readonly profile: AsmProfile;
  /** By name, the declarations of functions that were asked for. */
  readonly functions: ReadonlyMap<string, readonly Declared[] | undefined>;
  readonly findings: LineFindings;
}

/** What a package says about itself, beside its declarations. */
interface PackageFacts {
  readonly path: string;
  /** The targets on which it has any Go file. */
  readonly targets: TargetSet;
  /** The package clause, by target; the first file's counts. */
  readonly names: readonly (string | undefined)[];
}

const answers = new WeakMap<AsmSource, Answer>();

/** What the rules find in the lines of a file as written. */
export interface LineFindings {
  readonly vet: readonly Finding[];
  /** Those of other checks, which the code as assembled may refute. */
  readonly suspicions: readonly Finding[];
}

export function lineFindings(
  snapshot: Snapshot,
  pkg: Package,
  file: AsmSource,
  profile: AsmProfile,
): LineFindings {
  const facts = factsOf(pkg, snapshot.world);
  const known = answers.get(file);
  if (known && known.profile === profile && holds(known, pkg, facts)) return known.findings;
  const functions = new Map<string, readonly Declared[] | undefined>();
  const { findings: all, isFinal } = runRules(snapshot, pkg, file, profile, functions);
  const findings: LineFindings = {
    vet: all.filter(({ code }) => code === "asmdecl"),
    suspicions: all.filter(({ code }) => code !== "asmdecl"),
  };
  if (isFinal) answers.set(file, { ...facts, profile, functions, findings });
  return findings;
}

/** The check that a finding of a rule belongs to. */
export function codeOfRule(rule: AsmRule): CheckCode {
  return rule === "argument-width" || rule === "result-unwritten" ? rule : "asmdecl";
}

/** Whether an answer is right for this package too. A declaration stays the same object as long as it means the same. */
function holds(answer: Answer, pkg: Package, { path, targets, names }: PackageFacts): boolean {
  if (answer.path !== path || (answer.targets !== targets && !answer.targets.equals(targets))) return false;
  if (answer.names !== names && answer.names.some((name, i) => name !== names[i])) return false;
  for (const [name, declared] of answer.functions) if (pkg.bodyless.get(name) !== declared) return false;
  return true;
}

const packageFacts = new WeakMap<Package, PackageFacts>();

function factsOf(pkg: Package, { targets }: World): PackageFacts {
  let facts = packageFacts.get(pkg);
  if (!facts) {
    facts = {
      path: pkg.path,
      targets: builtTargets(pkg, targets.length),
      names: packageNames(pkg),
    };
    packageFacts.set(pkg, facts);
  }
  return facts;
}

/**
 * `isFinal` unless a function is unchecked only because a package is still being waited for.
 * `functions` takes down which declarations were asked for.
 */
function runRules(
  snapshot: Snapshot,
  pkg: Package,
  file: AsmSource,
  profile: AsmProfile,
  functions: Map<string, readonly Declared[] | undefined>,
): { readonly findings: readonly Finding[]; readonly isFinal: boolean } {
  const { world } = snapshot;
  const targets = selection(world, file).targets.and(factsOf(pkg, world).targets);
  if (targets.isEmpty) return { findings: [], isFinal: true };
  let isFinal = true;
  const vet = vetFileOf(world, pkg.directory, file, profile);
  const found = rulesOnLines(snapshot, pkg, { name: file.name, vet, targets }, profile, (name, answer) => {
    functions.set(name, pkg.bodyless.get(name));
    if (answer.kind === "unresolved") isFinal &&= snapshot.unresolved.size === 0;
  });
  const proposed = proposals(found);
  const findings = found.map((finding): Finding => {
    const fix = fixOf(finding, proposed, targets);
    const code = codeOfRule(finding.rule);
    return {
      code,
      severity: vetSeverity,
      message: finding.message,
      directory: pkg.directory,
      file: file.name,
      span: { start: finding.start, end: finding.end },
      line: finding.line,
      targets: finding.targets,
      ...(fix && { fix }),
    };
  });
  return { findings, isFinal };
}

/** What rules find in the lines of a file of the package; `note` is told of every function looked up. */
export function rulesOnLines(
  snapshot: Snapshot,
  pkg: Package,
  file: AsmdeclInput["file"],
  profile: AsmProfile,
  note?: (name: string, answer: FrameAnswer) => void,
): AsmFinding[] {
  const frame = (name: string, target: number, arch: GoArch): FrameAnswer => {
    const options = { arch, nestedArraysFromZero: profile.beforeAnalysis };
    const { found, holds } = bodylessFunction(snapshot.view(target), pkg, name, options);
    const answer: FrameAnswer = !found
      ? { kind: "none", holds }
      : found.frame
        ? { kind: "frame", frame: found.frame, holds }
        : { kind: "unresolved", holds };
    note?.(name, answer);
    return answer;
  };
  const { names } = factsOf(pkg, snapshot.world);
  return findInBlocks({
    file,
    packagePath: pkg.path,
    packageName: names[file.targets.first ?? -1] ?? "",
    profile,
    targets: snapshot.world.targets,
    frames: { frame },
  });
}

/** The proposed text, where all targets that build the file agree on it: else it would break some for others. */
function fixOf(
  finding: AsmFinding,
  proposed: ReadonlyMap<string, TargetSet>,
  targets: TargetSet,
): Fix | undefined {
  const { start, end, replacement } = finding;
  if (replacement === undefined) return undefined;
  if (!targets.andNot(proposed.get(proposal(finding)) ?? finding.targets).isEmpty) return undefined;
  return { title: `Change to ${replacement}`, edits: [{ span: { start, end }, newText: replacement }] };
}

/** The targets that each proposal is made for. */
function proposals(findings: readonly AsmFinding[]): ReadonlyMap<string, TargetSet> {
  const proposed = new Map<string, TargetSet>();
  for (const finding of findings) {
    const key = proposal(finding);
    proposed.set(key, proposed.get(key)?.or(finding.targets) ?? finding.targets);
  }
  return proposed;
}

function proposal({ start, end, replacement }: AsmFinding): string {
  return `${start} ${end} ${replacement}`;
}

const vetFiles = new WeakMap<
  World,
  Map<string, { source: AsmSource; cutsComments: boolean; vet: VetFile }>
>();

/** The file cut into TEXT blocks; blocks that the last edit left alone are the same objects as before it. */
export function vetFileOf(world: World, directory: string, source: AsmSource, profile: AsmProfile): VetFile {
  let files = vetFiles.get(world);
  if (!files) vetFiles.set(world, (files = new Map()));
  const path = `${directory}/${source.name}`;
  const cutsComments = !profile.beforeAnalysis;
  const last = files.get(path);
  if (last?.source === source && last.cutsComments === cutsComments) return last.vet;
  const vet = vetFile(source.text, cutsComments, last?.cutsComments === cutsComments ? last.vet : undefined);
  files.set(path, { source, cutsComments, vet });
  return vet;
}
