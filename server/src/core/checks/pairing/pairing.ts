/**
 * What the checks that pair symbols share: a rule is given the package as the linker sees it
 * and run once per directory and state of the tree. It must not know the rules.
 */
import { LineIndex } from "../../base/lineIndex.ts";
import type { Span } from "../../base/span.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { type LinkedPackage, linkedPackage } from "../../linking/linkedPackage.ts";
import type { Directory, Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { Finding, Related } from "../finding.ts";
import type { About, Check } from "../check.ts";
import type { CheckCode } from "../registry.ts";
import { isWaiting, linksOf } from "../../linking/linkIndex.ts";

export type PairingRule = (linked: LinkedPackage) => readonly PairingFinding[];

export interface PairingFinding {
  readonly file: string;
  readonly span: Span;
  readonly message: string;
  /** As in a Finding. */
  readonly listed?: string;
  readonly targets: TargetSet;
  readonly related: readonly Related[];
}

/** A check made of a rule: it is run once per directory and state of the tree, and answers file by file. */
export function pairingCheck<Code extends CheckCode>({
  rule,
  ...about
}: About<Code> & { readonly rule: PairingRule }): Check<Code> {
  return { ...about, run: pairingFindings(about, rule) };
}

function pairingFindings(
  about: About<CheckCode>,
  rule: PairingRule,
): (snapshot: Snapshot, pkg: Package, file: SourceFile) => readonly Finding[] {
  const answers = new WeakMap<Directory, Answer>();
  return (snapshot, pkg, file) => {
    const directory = snapshot.directories.get(pkg.directory);
    if (!directory) return none;
    // Whoever asks will ask again when all is known that was found lacking so far.
    if (isWaiting(snapshot)) return none;
    const { stamp } = linksOf(snapshot);
    let answer = answers.get(directory);
    if (!answer || answer.package !== pkg || answer.stamp !== stamp) {
      answer = { package: pkg, stamp, findings: run(about, rule, snapshot, pkg) };
      if (isWaiting(snapshot)) return none;
      answers.set(directory, answer);
    }
    return answer.findings.get(file.name) ?? none;
  };
}

const none: readonly never[] = [];

interface Answer {
  readonly package: Package;
  readonly stamp: object;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

function run(
  { code, severity }: About<CheckCode>,
  rule: PairingRule,
  snapshot: Snapshot,
  pkg: Package,
): Map<string, Finding[]> {
  const byFile = new Map<string, Finding[]>();
  const linked = linkedPackage(snapshot, pkg);
  if (!linked) return byFile;
  const indexes = new Map<string, LineIndex>();
  for (const found of rule(linked)) {
    const { file, span, message, listed = message, targets, related } = found;
    const text = snapshot.directories.get(pkg.directory)?.files.get(file)?.text ?? "";
    const index = indexes.get(file) ?? new LineIndex(text);
    indexes.set(file, index);
    const line = index.lineAt(span.start);
    const own = {
      code,
      severity,
      message,
      listed,
      directory: pkg.directory,
      file,
      span,
      line,
      targets,
      related,
    };
    const list = byFile.get(file);
    if (list) list.push(own);
    else byFile.set(file, [own]);
  }
  for (const list of byFile.values()) list.sort((a, b) => a.span.start - b.span.start);
  return byFile;
}

/** How a symbol is called in a message: one of the package itself by its name alone. */
export function shownName({ table }: LinkedPackage, symbol: string): string {
  return table.isOwn(symbol) ? symbol.slice(table.path.length + 1) : symbol;
}
