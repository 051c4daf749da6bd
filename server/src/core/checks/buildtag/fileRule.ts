/**
 * Makes a check of a rule that looks at one file by itself. What such a rule finds
 * holds wherever the package is built, as `go vet` looks at every file of a
 * directory whatever the target selects.
 */
import { LineIndex } from "../../base/lineIndex.ts";
import type { Span } from "../../base/span.ts";
import { builtTargets, type Package } from "../../model/go/packageScope.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { isIgnoredName } from "../../syntax/build/fileName.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource, GoSource, SourceFile } from "../../workspace/sourceFile.ts";
import type { World } from "../../workspace/world.ts";
import type { AsmProfile } from "../asmdecl/profile.ts";
import type { Finding, Fix } from "../finding.ts";
import type { About, Check } from "../check.ts";
import type { CheckCode } from "../registry.ts";
import type { BuildHeader } from "../../syntax/build/header.ts";

export interface FileFinding {
  readonly span: Span;
  readonly message: string;
  readonly fix?: Fix;
}

export interface RuleInput {
  readonly file: GoSource | AsmSource;
  readonly header: BuildHeader;
  readonly world: World;
  /** The release whose vet is followed: 24 is Go 1.24. */
  readonly vet: number;
}

export type FileRule = (input: RuleInput) => readonly FileFinding[];

interface Answer {
  readonly directory: string;
  readonly targets: TargetSet;
  readonly profile: AsmProfile;
  readonly findings: readonly Finding[];
}

/** A check made of a rule. */
export function fileCheck<Code extends CheckCode>({
  rule,
  ...about
}: About<Code> & { readonly rule: FileRule }): Check<Code> {
  return { ...about, run: fileFindings(about, rule), readsOneFile: true };
}

/** The findings of a rule; its answers are kept by file. */
function fileFindings(
  { code, severity }: About<CheckCode>,
  rule: FileRule,
): (snapshot: Snapshot, pkg: Package, file: SourceFile, profile: AsmProfile) => readonly Finding[] {
  const answers = new WeakMap<SourceFile, Answer>();
  const answer = (world: World, directory: string, file: RuleInput["file"], profile: AsmProfile): Answer => {
    const known = answers.get(file);
    if (known?.profile === profile && known.directory === directory) return known;
    const { header } = selection(world, file);
    const found = rule({ file, header, world, vet: profile.since });
    const index = found.length > 0 ? new LineIndex(file.text) : undefined;
    const targets = TargetSet.none(world.targets.length);
    const findings = found.map(({ span, message, fix }): Finding => ({
      code,
      severity,
      message,
      directory,
      file: file.name,
      span,
      line: index!.lineAt(span.start),
      targets,
      ...(fix && { fix }),
    }));
    return { directory, targets, profile, findings };
  };
  return (snapshot, pkg, file, profile) => {
    if ((file.kind !== "go" && file.kind !== "asm") || isIgnoredName(file.name)) return none;
    const { world } = snapshot;
    let found = answer(world, pkg.directory, file, profile);
    if (found.findings.length > 0) {
      // Most files have no findings, wherever they are built.
      const targets = builtTargets(pkg, world.targets.length);
      if (!targets.equals(found.targets)) {
        const findings = found.findings.map((finding) => ({ ...finding, targets }));
        found = { ...found, targets, findings };
      }
    }
    answers.set(file, found);
    return found.findings;
  };
}

const none: readonly never[] = [];
