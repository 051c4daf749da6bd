/**
 * Runs the checks over one package directory, for all targets at once. Answers
 * are remembered by the objects they come from: a file is checked again only when
 * it, its package, or a package its types lead to has changed.
 */
import type { arches } from "../facts/arch.ts";
import { bodylessFunction } from "../model/functionFrame.ts";
import { type Package, packageName } from "../model/packageScope.ts";
import { TargetSet } from "../model/targetSet.ts";
import { selection } from "../workspace/selection.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { AsmSource } from "../workspace/sourceFile.ts";
import type { World } from "../workspace/world.ts";
import { asmdecl, type FrameAnswer } from "./asmdecl/asmdecl.ts";
import type { AsmProfile } from "./asmdecl/profile.ts";
import { vetFile, type VetFile } from "./asmdecl/vetLines.ts";
import type { Finding } from "./finding.ts";

/** The findings in a directory, by file and position. */
export function checkDirectory(snapshot: Snapshot, directory: string, profile: AsmProfile): Finding[] {
  return [...checkFiles(snapshot, directory, profile)]
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .flatMap(({ findings }) => findings);
}

export interface FileFindings {
  readonly file: string;
  /** By position. The same array as last time where nothing changed that they depend on. */
  readonly findings: readonly Finding[];
}

/**
 * Checks a directory file by file, those that `first` names before the others:
 * whoever pulls may pause in between. Files without an answer have no findings.
 */
export function* checkFiles(
  snapshot: Snapshot,
  directory: string,
  profile: AsmProfile,
  first: ReadonlySet<string> = new Set(),
): Generator<FileFindings, void, void> {
  const pkg = snapshot.package(directory);
  // Assembly beside which no Go file is built is not Go's, or not built by the go command at all.
  if (!pkg) return;
  const files = [...(snapshot.directories.get(directory)?.files.values() ?? [])];
  const ordered = [
    ...files.filter(({ name }) => first.has(name)),
    ...files.filter(({ name }) => !first.has(name)),
  ];
  for (const file of ordered) {
    if (file.kind !== "asm") continue;
    yield { file: file.name, findings: checkAssembly(snapshot, pkg, file, profile) };
  }
}

interface Answer {
  readonly package: Package;
  readonly profile: AsmProfile;
  readonly findings: readonly Finding[];
}

const answers = new WeakMap<AsmSource, Answer>();

function checkAssembly(
  snapshot: Snapshot,
  pkg: Package,
  file: AsmSource,
  profile: AsmProfile,
): readonly Finding[] {
  const known = answers.get(file);
  if (known && known.package === pkg && known.profile === profile) return known.findings;
  const { findings, isFinal } = runAsmdecl(snapshot, pkg, file, profile);
  if (isFinal) answers.set(file, { package: pkg, profile, findings });
  return findings;
}

/** `isFinal` unless a function is unchecked only because a package is still being waited for. */
function runAsmdecl(
  snapshot: Snapshot,
  pkg: Package,
  file: AsmSource,
  profile: AsmProfile,
): { readonly findings: readonly Finding[]; readonly isFinal: boolean } {
  const { world } = snapshot;
  let isFinal = true;
  const targets = selection(world, file).targets.and(targetsOfPackage(pkg, world));
  if (targets.isEmpty) return { findings: [], isFinal };
  const frame = (name: string, target: number, arch: keyof typeof arches): FrameAnswer => {
    const options = { arch, nestedArraysFromZero: profile.beforeAnalysis };
    const { found, holds } = bodylessFunction(snapshot.view(target), pkg, name, options);
    if (!found) return { kind: "none", holds };
    if (found.frame) return { kind: "frame", frame: found.frame, holds };
    isFinal &&= snapshot.wanted.size === 0;
    return { kind: "unresolved", holds };
  };
  const [first] = targets;
  const found = asmdecl({
    file: { name: file.name, vet: vetFileOf(world, pkg.directory, file, profile), targets },
    packagePath: pkg.path,
    packageName: packageName(pkg, first!) ?? "",
    profile,
    targets: world.targets,
    frames: { frame },
  });
  const findings = found.map(({ message, line, start, end, targets }): Finding => ({
    code: "asmdecl",
    severity: "error",
    message,
    directory: pkg.directory,
    file: file.name,
    span: { start, end },
    line,
    targets,
  }));
  return { findings, isFinal };
}

const packageTargets = new WeakMap<Package, TargetSet>();

/** The targets on which the package has any Go file. */
function targetsOfPackage(pkg: Package, world: World): TargetSet {
  let targets = packageTargets.get(pkg);
  if (!targets) {
    targets = pkg.files.reduce((all, file) => all.or(file.targets), TargetSet.none(world.targets.length));
    packageTargets.set(pkg, targets);
  }
  return targets;
}

const vetFiles = new WeakMap<
  World,
  Map<string, { source: AsmSource; cutsComments: boolean; vet: VetFile }>
>();

/** The file cut into TEXT blocks; blocks that the last edit left alone are the same objects as before it. */
function vetFileOf(world: World, directory: string, source: AsmSource, profile: AsmProfile): VetFile {
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
