/**
 * Whitelists in the form of Go's old `cmd/vet/all` (cmd/vet/all/main.go up to Go
 * 1.11): text files of findings that are known and accepted, one per line, as
 * vet prints them but without line numbers. Which files count for a target, the
 * templates in them and the counting of equal lines are as that program has them.
 *
 * Entries for Go files may speak of vet's checks of Go code, and say nothing by
 * matching nothing. This file must not know where findings or texts come from.
 */
import { arches, type GoArch } from "../facts/arch.ts";
import type { Target } from "../model/targets/target.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { trimSpan } from "../syntax/build/space.ts";

export interface WhitelistFile {
  /** Without directory: "all.txt", "linux_386.txt". */
  readonly name: string;
  readonly text: string;
}

/** A finding as whitelists see it. */
export interface ListedFinding {
  /** Path below the directory vet ran in, with slashes: "runtime/asm_386.s". */
  readonly file: string;
  /** "[386] f: …" */
  readonly message: string;
  readonly targets: TargetSet;
}

/** A line of a whitelist that hides nothing on some targets on which it counts. */
export interface UnmatchedEntry {
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
  /** As written, templates included. */
  readonly text: string;
  readonly targets: TargetSet;
}

export interface WhitelistResult<F extends ListedFinding> {
  /** Findings that no entry hides on some target, reduced to those targets; in the order given. */
  readonly visible: readonly F[];
  readonly unmatched: readonly UnmatchedEntry[];
}

interface Entry {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/**
 * Hides findings that entries match. An entry hides one finding per target; of
 * several equal findings the first ones are hidden, and of several equal entries
 * the first ones are used up.
 */
export function applyWhitelist<F extends ListedFinding>(
  files: readonly WhitelistFile[],
  findings: readonly F[],
  targets: readonly Target[],
): WhitelistResult<F> {
  const entriesByFile = new Map(files.map((file) => [file.name, readEntries(file)]));
  const visible = findings.map(() => TargetSet.none(targets.length));
  const unmatched = new Map<Entry, TargetSet>();

  targets.forEach((target, index) => {
    const alone = TargetSet.single(targets.length, index);
    const waiting = new Map<string, Entry[]>();
    for (const name of whitelistNames(target)) {
      for (const entry of entriesByFile.get(name) ?? []) {
        const key = expand(entry.text, target);
        const same = waiting.get(key);
        if (same === undefined) waiting.set(key, [entry]);
        else same.push(entry);
      }
    }
    // Taken from the end.
    for (const entries of waiting.values()) entries.reverse();
    findings.forEach((finding, i) => {
      if (!finding.targets.has(index)) return;
      const entry = waiting.get(keyOf(finding))?.pop();
      if (entry === undefined) visible[i] = visible[i]!.or(alone);
    });
    for (const entry of [...waiting.values()].flat()) {
      if (!entry.text.slice(0, entry.text.indexOf(": ")).endsWith(".s")) continue;
      unmatched.set(entry, unmatched.get(entry)?.or(alone) ?? alone);
    }
  });

  return {
    visible: findings.flatMap((finding, i) => {
      const rest = visible[i]!;
      if (rest.isEmpty) return [];
      return rest.equals(finding.targets) ? [finding] : [{ ...finding, targets: rest }];
    }),
    unmatched: [...entriesByFile.values()].flat().flatMap((entry) => {
      const on = unmatched.get(entry);
      return on === undefined ? [] : [{ ...entry, targets: on }];
    }),
  };
}

/** The whitelists that count for a target, in the order they are read. */
export function whitelistNames({ goos, goarch }: Target): string[] {
  const suffix = sharedSuffix(goarch);
  const names = ["all", goos, goarch, `${goos}_${goarch}`, `${8 * arches[goarch].wordSize}bit`];
  if (suffix !== goarch) names.push(suffix, `${goos}_${suffix}`);
  return names.map((name) => name + ".txt");
}

function readEntries({ name, text }: WhitelistFile): Entry[] {
  const entries: Entry[] = [];
  text.split("\n").forEach((written, line) => {
    const entry = written.endsWith("\r") ? written.slice(0, -1) : written;
    if (entry.startsWith("//")) return;
    const colon = entry.indexOf(": ");
    if (colon >= 0 && /\.(s|go)$/.test(entry.slice(0, colon)))
      entries.push({ file: name, line, text: entry });
  });
  return entries;
}

/** The suffix that the assembly files of both byte orders of an architecture share, else GOARCH. */
function sharedSuffix(goarch: GoArch): string {
  return arches[goarch].sharedSuffix ?? goarch;
}

/** Fills the templates in. Android's assembly files are Linux's. */
function expand(entry: string, { goos, goarch }: Target): string {
  return entry.replace(templates, (word) => {
    if (word === "GOOS") return goos === "android" ? "linux" : goos;
    return word === "GOARCH" ? goarch : sharedSuffix(goarch);
  });
}

const templates = /GOOS|GOARCH|ARCHSUFF/g;

/** The line a whitelist has for a finding. */
function keyOf({ file, message }: ListedFinding): string {
  const { start, end } = trimSpan(message, 0, message.length);
  return `${file}: ${message.slice(start, end)}`;
}

/**
 * Whitelists that hide exactly these findings on these targets, and have no
 * entry too many. An entry goes into the file that covers most: the shared one
 * of two byte orders, the architecture's, else the target's.
 *
 * A finding whose text contains a template's word cannot be written down; the
 * format has no escape. It is left out and stays visible.
 */
export function writeWhitelist(
  findings: readonly ListedFinding[],
  targets: readonly Target[],
): readonly WhitelistFile[] {
  const candidates = candidateFiles(targets);
  const texts = new Map<string, string[]>();
  for (const [entry, on] of countedEntries(findings, targets)) {
    let rest = on;
    for (const { name, covers, goarch } of candidates) {
      if (!covers.andNot(rest).isEmpty) continue;
      rest = rest.andNot(covers);
      const lines = texts.get(name) ?? [];
      texts.set(name, lines);
      lines.push(goarch === undefined ? entry : entry.replace(": [GOARCH] ", `: [${goarch}] `));
    }
  }
  return [...texts]
    .map(([name, lines]) => ({ name, text: lines.sort(byCodeUnits).join("\n") + "\n" }))
    .sort((a, b) => byCodeUnits(a.name, b.name));
}

/**
 * Each entry with the targets that need it; an entry that a target needs twice
 * comes twice. `[GOARCH]` stands for the architecture, so that both byte orders
 * can share an entry.
 */
function countedEntries(
  findings: readonly ListedFinding[],
  targets: readonly Target[],
): readonly (readonly [entry: string, on: TargetSet])[] {
  const needed = new Map<string, TargetSet[]>();
  for (const finding of findings) {
    if (keyOf(finding).search(templates) >= 0) continue;
    for (const index of finding.targets) {
      const { goarch } = targets[index]!;
      const start = `${finding.file}: [`;
      const ownStart = `${start}${goarch}] `;
      const key = keyOf(finding);
      const entry = key.startsWith(ownStart) ? `${start}GOARCH] ${key.slice(ownStart.length)}` : key;
      const counts = needed.get(entry) ?? [];
      needed.set(entry, counts);
      const free = counts.findIndex((on) => !on.has(index));
      const alone = TargetSet.single(targets.length, index);
      if (free < 0) counts.push(alone);
      else counts[free] = counts[free]!.or(alone);
    }
  }
  return [...needed].flatMap(([entry, counts]) => counts.map((on) => [entry, on] as const));
}

interface CandidateFile {
  readonly name: string;
  readonly covers: TargetSet;
  /** Where the file is for one architecture. */
  readonly goarch: string | undefined;
}

/** The files an entry may go into, the wider ones first; files shared by byte orders only where there are two. */
function candidateFiles(targets: readonly Target[]): CandidateFile[] {
  const ranks = [
    ({ goarch }: Target) => sharedSuffix(goarch),
    ({ goarch }: Target) => goarch,
    ({ goos, goarch }: Target) => `${goos}_${sharedSuffix(goarch)}`,
    ({ goos, goarch }: Target) => `${goos}_${goarch}`,
  ];
  return ranks.flatMap((nameOf) =>
    [...new Set(targets.map(nameOf))].flatMap((name): CandidateFile[] => {
      const arches = new Set(targets.flatMap((target) => (nameOf(target) === name ? target.goarch : [])));
      const [first] = arches;
      const isOwn = first !== undefined && (name === first || name.endsWith(`_${first}`));
      if (!isOwn && arches.size === 1) return [];
      const covers = TargetSet.where(targets.length, (i) => nameOf(targets[i]!) === name);
      return [{ name: `${name}.txt`, covers, goarch: isOwn ? first : undefined }];
    }),
  );
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
