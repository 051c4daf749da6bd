/**
 * Fixtures that are their own expectation. A fixture is a txtar archive of Go and
 * assembly files in which comments say what the core is expected to find:
 *
 *     MOVQ x+8(FP), AX
 *     //   ^^^^^^^ error asmdecl: [amd64] add: invalid offset x+8(FP); … (linux/amd64)
 *
 * The carets stand under the range. A range that starts too far left for carets,
 * or is empty, is given in columns: `// @1-4 error …`. A list of targets follows
 * where a finding does not hold on all targets that build the file.
 *
 * `/*|*\/` in a file is the cursor and `/*name*\/` a place with a name; both are
 * taken out, like the marker lines, before the core sees the file.
 *
 * Run the tests with UPDATE=1 to write what was found into the fixtures.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import { formatTxtar, parseTxtar } from "./txtar.ts";
import type { Severity } from "../../server/src/core/checks/check.ts";
import type { Target } from "../../server/src/core/model/targets/target.ts";
import type { TargetSet } from "../../server/src/core/model/targets/targetSet.ts";

export interface Fixture {
  /** The text before the first file: why the fixture exists, and settings such as `targets: …`. */
  readonly comment: string;
  readonly files: readonly FixtureFile[];
}

export interface FixtureFile {
  readonly path: string;
  /** Without markers and places. */
  readonly text: string;
  /** Offsets in `text`, by name; "|" is the cursor. */
  readonly places: ReadonlyMap<string, number>;
}

export interface FixtureFinding {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** Names of targets, where the finding needs them to be told; see `targetNames`. */
  readonly targets?: readonly string[] | undefined;
}

/** Expects the fixture file to be what annotating it with the findings of `run` makes of it. */
export function checkFixture(file: string | URL, run: (fixture: Fixture) => readonly FixtureFinding[]): void {
  const text = readFileSync(file, "utf8");
  const annotated = annotate(text, run(parseFixture(text)));
  if (process.env["UPDATE"] === "1") {
    if (annotated !== text) writeFileSync(file, annotated);
  } else expect(annotated).toBe(text);
}

export function parseFixture(text: string): Fixture {
  const { comment, files } = parseTxtar(text);
  return {
    comment,
    files: files.map(({ path, text }) => {
      const lines = readLines(text);
      return { path, text: lines.map((line) => line.text).join("\n"), places: placesOf(lines) };
    }),
  };
}

/** The value of a line `name: value` in a fixture's comment. */
export function setting(fixture: Fixture, name: string): string | undefined {
  return fixture.comment
    .split("\n")
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);
}

/** The fixture with its markers replaced by ones for `findings`. */
export function annotate(text: string, findings: readonly FixtureFinding[]): string {
  const { comment, files } = parseTxtar(text);
  return formatTxtar({
    comment,
    files: files.map(({ path, text }) => {
      const own = findings.filter((finding) => finding.path === path);
      const ordered = own.toSorted(
        (a, b) => a.start - b.start || a.end - b.end || (label(a) < label(b) ? -1 : 1),
      );
      const lines = readLines(text).flatMap((line) => [
        line.source,
        ...ordered.filter((finding) => isOnLine(finding.start, line)).map((finding) => marker(line, finding)),
      ]);
      return { path, text: lines.join("\n") };
    }),
  });
}

/** The names to tell for a finding: none where it holds on all targets that build its file. */
export function targetNames(
  holds: TargetSet,
  selecting: TargetSet,
  targets: readonly Target[],
): readonly string[] | undefined {
  if (holds.equals(selecting)) return undefined;
  return [...holds].map((index) => targets[index]?.name ?? "?");
}

/** A line of code with its places still in it (`source`) and taken out (`text`). */
interface Line {
  readonly source: string;
  readonly text: string;
  /** Offset of `text` in the file without markers and places. */
  readonly start: number;
  /** Columns in `text`; `length` is what was taken out there. */
  readonly places: readonly { readonly name: string; readonly column: number; readonly length: number }[];
}

const markerLine = /^\s*\/\/\s*(?:\^+|@\d+-\d+) (?:error|warning|information|hint) [\w-]+: /;
const place = /\/\*(\||[A-Za-z]\w*)\*\//g;

function readLines(text: string): Line[] {
  let start = 0;
  return text
    .split("\n")
    .filter((source) => !markerLine.test(source))
    .map((source) => {
      let removed = 0;
      const places = [...source.matchAll(place)].map((match) => {
        const column = match.index - removed;
        removed += match[0].length;
        return { name: match[1]!, column, length: match[0].length };
      });
      const line = { source, text: source.replace(place, ""), start, places };
      start += line.text.length + 1;
      return line;
    });
}

function placesOf(lines: readonly Line[]): Map<string, number> {
  return new Map(lines.flatMap((line) => line.places.map(({ name, column }) => [name, line.start + column])));
}

function isOnLine(offset: number, line: Line): boolean {
  return offset >= line.start && offset <= line.start + line.text.length;
}

function marker(line: Line, finding: FixtureFinding): string {
  const removedUpTo = (isBefore: (column: number) => boolean): number =>
    line.places.reduce((sum, place) => (isBefore(place.column) ? sum + place.length : sum), 0);
  const first = finding.start - line.start;
  const last = Math.min(finding.end - line.start, line.text.length);
  const start = first + removedUpTo((column) => column <= first);
  const end = last + removedUpTo((column) => column < last);
  const indent = /^\s*/.exec(line.source)![0];
  if (start < 2 || last <= first) return `${indent}// @${first}-${last} ${label(finding)}`;
  const lead = indent.length + 2 <= start ? indent : "";
  // Tabs are kept, so that the carets stand under the range at any tab width.
  const padding = line.source.slice(lead.length + 2, start).replace(/[^\t]/g, " ");
  return `${lead}//${padding}${"^".repeat(end - start)} ${label(finding)}`;
}

function label({ severity, code, message, targets }: FixtureFinding): string {
  return `${severity} ${code}: ${message}${targets === undefined ? "" : ` (${targets.join(", ")})`}`;
}
