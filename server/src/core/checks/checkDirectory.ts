/**
 * Runs the checks over one package directory, for all targets at once. A check
 * answers for one file at a time and remembers its answers by the objects they come
 * from, so that asking again costs little where nothing has changed.
 */
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { AsmProfile } from "./asmdecl/profile.ts";
import type { Check, Stage } from "./check.ts";
import type { Finding } from "./finding.ts";
import { withoutIgnored } from "./ignore.ts";
import { reconciled } from "./reconciled.ts";
import { checks } from "./registry.ts";

const stages: readonly Stage[] = ["typing", "package", "tree"];

/** In stages; what is said of ignore comments rests on what the others found, and comes last. */
const ordered: readonly Check[] = stages
  .flatMap((stage) => checks.filter((check: Check) => check.stage === stage))
  .sort((a, b) => Number(a.code === "ignore") - Number(b.code === "ignore"));

const byCode: ReadonlyMap<string, Check> = new Map(checks.map((check: Check) => [check.code, check]));

/**
 * The codes of the checks in stages, each of which costs more than the one before: whoever answers while the
 * user types runs the first at once and the others when there is time. The last one looks at the whole tree.
 */
export const checkStages: readonly ReadonlySet<string>[] = stages.map(
  (stage) => new Set(ordered.filter((check) => check.stage === stage).map(({ code }) => code)),
);

/** The findings in a directory, by file and position; of the checks with these codes, if any are named. */
export function checkDirectory(
  snapshot: Snapshot,
  directory: string,
  profile: AsmProfile,
  codes?: ReadonlySet<string>,
): Finding[] {
  return [...checkFiles(snapshot, directory, profile, undefined, codes)]
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .flatMap(({ findings }) => reconciled(findings));
}

export interface FileFindings {
  readonly file: string;
  /**
   * By position; together with those of other stages still to be `reconciled`.
   * The same array as last time where nothing changed that they depend on.
   */
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
  codes?: ReadonlySet<string>,
): Generator<FileFindings, void, void> {
  const pkg = snapshot.package(directory);
  // Assembly beside which no Go file is built is not Go's, or not built by the go command at all.
  if (!pkg) return;
  const files = [...(snapshot.directories.get(directory)?.files.values() ?? [])];
  const inOrder = [
    ...files.filter(({ name }) => first.has(name)),
    ...files.filter(({ name }) => !first.has(name)),
  ];
  const unreadable = snapshot.directories.get(directory)?.unreadable ?? new Set();
  const isChosen = (check: Check): boolean => codes?.has(check.code) ?? true;
  const chosen = ordered.filter((check) => isChosen(check) && !mayNeed(check, unreadable));
  for (const file of inOrder) {
    const findings = joined(
      file,
      chosen.map(({ run }) =>
        withoutIgnored(
          file,
          run(snapshot, pkg, file, profile, (code) => byCode.get(code)),
        ),
      ),
    );
    if (file.kind === "asm" || findings.length > 0) yield { file: file.name, findings };
  }
}

/**
 * Whether what a check finds in a package may be an error of ours where these of its files could not be read: a Go
 * file may hold any declaration, and assembly what the linker, or an ignore comment, is found to lack.
 */
function mayNeed({ stage, readsOneFile }: Check, unreadable: ReadonlySet<string>): boolean {
  if (unreadable.size === 0 || readsOneFile) return false;
  return stage === "tree" || [...unreadable].some((name) => name.endsWith(".go"));
}

interface Joined {
  readonly parts: readonly (readonly Finding[])[];
  readonly findings: readonly Finding[];
}

const joins = new WeakMap<SourceFile, Joined>();

/** The findings of several checks as one list, the same as long as each of them is. */
function joined(file: SourceFile, answers: readonly (readonly Finding[])[]): readonly Finding[] {
  const parts = answers.filter((findings) => findings.length > 0);
  if (parts.length <= 1) return parts[0] ?? none;
  const known = joins.get(file);
  if (known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i]))
    return known.findings;
  const findings = parts.flat().toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  joins.set(file, { parts, findings });
  return findings;
}

const none: readonly never[] = [];
