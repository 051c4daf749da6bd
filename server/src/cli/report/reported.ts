/** A finding as the command line prints it: names instead of sets, Go's one-based lines and byte columns. */
import { type Finding, LineIndex, type Severity, type Snapshot } from "../../core/index.ts";

/** A range of a file. */
export interface Spot {
  /** Absolute. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** One past the last column. */
  readonly endColumn: number;
  /** The source line, for people to read, and the part of it that is meant, in UTF-16 offsets. */
  readonly source: { readonly text: string; readonly start: number; readonly end: number };
}

export interface Reported extends Spot {
  /** Relative to the tree's base: `src` in a GOROOT. */
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly package: string;
  readonly targets: readonly string[];
  /** All targets that build the file and are checked. */
  readonly fileTargets: readonly string[];
  /** Places that explain the finding. */
  readonly related: readonly (Spot & { readonly message: string })[];
}

/** What a report prints besides findings. */
export interface Summary {
  readonly packages: number;
  readonly targets: number;
  readonly seconds: number;
  readonly perTarget: boolean;
  /** Where the user stands. */
  readonly cwd: string;
  /** The top of the repository, where a CI system says which it is; else where the user stands. */
  readonly repository: string;
}

/** Prints findings, sorted by file and position, as one text. */
export type Report = (findings: readonly Reported[], summary: Summary) => string;

/** By file, position, message: the order every format prints. */
export function byPosition(a: Reported, b: Reported): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.code, b.code) ||
    compare(a.message, b.message) ||
    compare(a.targets.join(), b.targets.join())
  );
}

/** `path` as it is written from `directory`; undefined where it does not lie below it. */
export function pathFrom(directory: string, path: string): string | undefined {
  const start = directory.endsWith("/") ? directory : directory + "/";
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const indexes = new WeakMap<object, LineIndex>();

export function report(
  snapshot: Snapshot,
  finding: Finding,
  names: Pick<Reported, "file" | "package" | "fileTargets">,
): Reported {
  const { code, severity, message, targets, related = [] } = finding;
  return {
    ...names,
    ...spotOf(snapshot, finding),
    code,
    severity,
    message,
    targets: [...targets].map((i) => snapshot.world.targets[i]!.name),
    related: related.map((place) => ({ ...spotOf(snapshot, place), message: place.message })),
  };
}

function spotOf(
  snapshot: Snapshot,
  { directory, file, span }: Pick<Finding, "directory" | "file" | "span">,
): Spot {
  const source = snapshot.file(directory, file);
  let index = source && indexes.get(source);
  if (!index) {
    index = new LineIndex(source?.text ?? "");
    if (source) indexes.set(source, index);
  }
  const start = index.goPositionAt(span.start);
  const last = index.goPositionAt(span.end);
  const lineStart = index.starts[start.line - 1]!;
  const lineEnd = index.starts[start.line] ?? index.text.length;
  let end = lineEnd;
  while (end > lineStart && "\r\n".includes(index.text[end - 1]!)) end--;
  const text = index.text.slice(lineStart, end);
  return {
    path: `${directory}/${file}`,
    line: start.line,
    column: start.column,
    endLine: last.line,
    endColumn: last.column,
    source: { text, start: span.start - lineStart, end: Math.min(span.end - lineStart, text.length) },
  };
}
