/**
 * What the three checks that pair symbols share: the package with its link table,
 * who provides and who refers to a symbol on which targets, and findings made
 * once per directory. None of them may know the rules' wording of another.
 */
import { LineIndex } from "../../base/lineIndex.ts";
import type { Span } from "../../base/span.ts";
import { builtTargets, type Declared, type Package } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import type { LinkTable, LinkText } from "../../linking/linkTable.ts";
import { hasImportPath } from "../../linking/linkTable.ts";
import type { Directory, Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { Finding, Related } from "../finding.ts";
import { type CheckCode, severityOf } from "../registry.ts";
import { isWaiting, linksOf } from "../../linking/linkIndex.ts";

/** One package directory and what is known around it. */
export interface Pairing {
  readonly snapshot: Snapshot;
  readonly package: Package;
  readonly table: LinkTable;
  /** The targets on which the package has any Go file: nothing else of it is built elsewhere. */
  readonly targets: TargetSet;
  /** Whether other packages can name this one's symbols: a loose directory has no import path. */
  readonly isNamed: boolean;
}

export type PairingRule = (pairing: Pairing) => readonly PairingFinding[];

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
export function pairingCheck(
  code: CheckCode,
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
      answer = { package: pkg, stamp, findings: run(code, rule, snapshot, pkg) };
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

function run(code: CheckCode, rule: PairingRule, snapshot: Snapshot, pkg: Package): Map<string, Finding[]> {
  const byFile = new Map<string, Finding[]>();
  const table = linksOf(snapshot).table(pkg.directory);
  if (!table) return byFile;
  const { world } = snapshot;
  const targets = builtTargets(pkg, world.targets.length);
  const isNamed = hasImportPath(world, pkg.directory);
  const indexes = new Map<string, LineIndex>();
  for (const found of rule({ snapshot, package: pkg, table, targets, isNamed })) {
    const { file, span, message, listed = message, targets, related } = found;
    const text = snapshot.directories.get(pkg.directory)?.files.get(file)?.text ?? "";
    const index = indexes.get(file) ?? new LineIndex(text);
    indexes.set(file, index);
    const line = index.lineAt(span.start);
    const own = {
      code,
      severity: severityOf(code),
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

/** One directive is read once for each way to expand its file; here it counts once, for all targets together. */
export function samePlaces(texts: readonly LinkText[]): Pick<LinkText, "file" | "span" | "targets">[] {
  const places = new Map<string, Pick<LinkText, "file" | "span" | "targets">>();
  for (const { file, span, targets, isStatic } of texts) {
    if (isStatic) continue;
    const key = `${file} ${span.start}`;
    const same = places.get(key);
    places.set(key, { file, span, targets: same ? same.targets.or(targets) : targets });
  }
  return [...places.values()];
}

/** The package a symbol belongs to and its name there; undefined for a symbol of C, or one that only a compiler writes. */
export function splitSymbol(symbol: string): { readonly path: string; readonly name: string } | undefined {
  const dot = symbol.indexOf(".", symbol.lastIndexOf("/") + 1);
  const name = symbol.slice(dot + 1);
  if (dot <= 0 || !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)) return undefined;
  return { path: symbol.slice(0, dot), name };
}

/** Where a declaration's name stands now. */
export function nameSpan({ snapshot }: Pick<Pairing, "snapshot">, declared: Declared): Span {
  const header = declLocation(snapshot, declared)?.span;
  if (!header) return { start: 0, end: 0 };
  const { decl, name } = declared;
  const start = header.start + Math.max(decl.header.indexOf(name, "func".length), 0);
  return { start, end: start + name.length };
}

/** How a symbol is called in a message: one of the package itself by its name alone. */
export function shownName({ table }: Pairing, symbol: string): string {
  return table.isOwn(symbol) ? symbol.slice(table.path.length + 1) : symbol;
}

/** The package that a symbol of another package belongs to; undefined where that is not at hand. */
export function foreignPackage(
  { snapshot, table, package: own }: Pairing,
  path: string,
): Package | undefined {
  if (path === table.path) return own;
  // Every command is called main, and none of them can be told apart.
  if (path === "main") return undefined;
  const found = snapshot.packageNamed(path, table.directory);
  return found === "unknown" ? undefined : found;
}

/** `targets` without those of each part. */
export function without(targets: TargetSet, parts: Iterable<TargetSet>): TargetSet {
  let left = targets;
  for (const part of parts) {
    left = left.andNot(part);
    if (left.isEmpty) break;
  }
  return left;
}
