/**
 * Checks of code: a rule looks at the statements of one assembly file as a set of targets
 * assembles them, and reports spans of those. Here they become findings of the file as
 * written, one for all targets that agree, remembered for as long as the file, what it
 * includes and its package stay the same. No rule's wording is known here.
 */
import { LineIndex } from "../base/lineIndex.ts";
import type { Span } from "../base/span.ts";
import type { AsmCode, Origin } from "../model/asm/asmCode.ts";
import { builtTargets, type Package } from "../model/go/packageScope.ts";
import type { TargetSet } from "../model/targets/targetSet.ts";
import { codesOf, type FileCodes, includesSame } from "../workspace/codesOf.ts";
import { selection } from "../workspace/selection.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { AsmSource, SourceFile } from "../workspace/sourceFile.ts";
import type { AsmProfile } from "./asmdecl/profile.ts";
import type { Finding, Fix, Related } from "./finding.ts";
import type { About, Check, Severity } from "./check.ts";
import type { CheckCode } from "./registry.ts";

export interface CodeCheckInput {
  readonly snapshot: Snapshot;
  readonly package: Package;
  readonly file: AsmSource;
  readonly code: AsmCode;
  readonly profile: AsmProfile;
  /** Those of `code.targets` on which the package has a Go file; never empty. */
  readonly targets: TargetSet;
}

export interface CodeFinding {
  /** Of the check that it belongs to, where that is another one. */
  readonly code?: CheckCode;
  /** Where it is another than that of the check. */
  readonly severity?: Severity;
  /** In `code.text`. */
  readonly span: Span;
  readonly message: string;
  readonly targets: TargetSet;
  readonly related?: readonly Related[];
  /** What to write in place of the span; offered where no macro stands between. */
  readonly replacement?: string;
  /** Another change that does away with the finding; in offsets of the file as written. */
  readonly fix?: Fix;
}

export interface CodeRule {
  /** Whether a file with this text can have a finding at all: the test that saves parsing most files, made each time. */
  readonly concerns: (text: string, file: AsmSource, snapshot: Snapshot, pkg: Package) => boolean;
  readonly check: (input: CodeCheckInput) => Iterable<CodeFinding>;
}

interface Answer {
  readonly profile: AsmProfile;
  readonly package: Package;
  readonly included: FileCodes["included"];
  readonly findings: readonly Finding[];
}

const none: readonly never[] = [];

/** A check made of a rule. */
export function codeCheck<Code extends CheckCode>({
  concerns,
  check,
  ...about
}: About<Code> & CodeRule): Check<Code> {
  return { ...about, run: codeFindings(about, { concerns, check }) };
}

/** The findings of a rule. Its answer for a file is the same array as long as nothing it was made from has changed. */
export function codeFindings(
  about: Pick<About<CheckCode>, "code" | "severity">,
  rule: CodeRule,
): (snapshot: Snapshot, pkg: Package, file: SourceFile, profile: AsmProfile) => readonly Finding[] {
  const answers = new WeakMap<AsmSource, Answer>();
  return (snapshot, pkg, file, profile) => {
    if (file.kind !== "asm" || !rule.concerns(file.text, file, snapshot, pkg)) return none;
    const known = answers.get(file);
    const isKnown = known?.package === pkg && known.profile === profile;
    if (isKnown && includesSame(snapshot, pkg.directory, known.included)) return known.findings;
    const { missCount } = snapshot;
    const { codes, included } = codesOf(snapshot, pkg.directory, file);
    const findings = run(about, rule, snapshot, pkg, file, codes, profile);
    // Whoever asks will ask again when all is known that was found lacking so far.
    if (snapshot.missCount === missCount) answers.set(file, { profile, package: pkg, included, findings });
    return findings;
  };
}

function run(
  about: Pick<About<CheckCode>, "code" | "severity">,
  rule: CodeRule,
  snapshot: Snapshot,
  pkg: Package,
  file: AsmSource,
  codes: readonly AsmCode[],
  profile: AsmProfile,
): readonly Finding[] {
  const built = builtTargets(pkg, snapshot.world.targets.length);
  const found = new Map<string, Finding>();
  let lines: LineIndex | undefined;
  for (const asm of codes) {
    const targets = asm.targets.and(built).and(selection(snapshot.world, file).targets);
    if (targets.isEmpty) continue;
    const input: CodeCheckInput = { snapshot, package: pkg, file, code: asm, profile, targets };
    for (const one of rule.check(input)) {
      const { code: own, severity, span, message, targets: holds, related, replacement, fix } = one;
      const place = asm.written(span);
      const key = `${place.span.start} ${place.span.end} ${message}`;
      const same = found.get(key);
      if (same) {
        found.set(key, { ...same, targets: same.targets.or(holds) });
        continue;
      }
      lines ??= new LineIndex(file.text);
      const all = [...(related ?? none), ...originOf(snapshot, pkg, file, place.origin)];
      found.set(key, {
        code: own ?? about.code,
        severity: severity ?? about.severity,
        message,
        directory: pkg.directory,
        file: file.name,
        span: place.span,
        line: lines.lineAt(place.span.start),
        targets: holds,
        ...(all.length > 0 && { related: all }),
        ...(replacement !== undefined && !place.origin && { fix: replacing(place.span, replacement) }),
        ...(fix && { fix }),
      });
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function replacing(span: Span, newText: string): Fix {
  return { title: `Change to ${newText}`, edits: [{ span, newText }] };
}

/** The place in a macro's body or an included file that a finding is really about. */
function originOf(
  snapshot: Snapshot,
  { directory }: Package,
  file: AsmSource,
  origin: Origin | undefined,
): readonly Related[] {
  if (!origin) return none;
  const message = origin.macro === undefined ? "included from here" : `in the macro ${origin.macro}`;
  if (origin.include === undefined) return [{ directory, file: file.name, span: origin.span, message }];
  const place = snapshot.included(directory, origin.include);
  return place ? [{ directory: place.directory, file: place.file, span: origin.span, message }] : none;
}
