/**
 * Compares two sets of rows that name what was found where, and tells the
 * differences to a person. It must not know who printed the rows.
 */
import { readFileSync } from "node:fs";

/** One finding at one target. `file` is relative to `src` or to the module, `line` counts from 1. */
export interface Finding {
  readonly target: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What one of two sides has and the other has not. */
export interface Differences {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

export const noDifferences: Differences = { missing: [], unexpected: [] };

/** Compares what rt0 should say with what it says; how often it is said does not count. */
export function differences(expected: Iterable<string>, actual: Iterable<string>): Differences {
  const [wanted, found] = [new Set(expected), new Set(actual)];
  return {
    missing: [...wanted].filter((text) => !found.has(text)),
    unexpected: [...found].filter((text) => !wanted.has(text)),
  };
}

/** Findings without repetition, by target and then by their text. */
export type Findings = ReadonlyMap<string, ReadonlyMap<string, Finding>>;

export async function collectFindings(rows: AsyncIterable<Finding>): Promise<Findings> {
  const findings = new Map<string, Map<string, Finding>>();
  for await (const row of rows) {
    let atTarget = findings.get(row.target);
    if (atTarget === undefined) findings.set(row.target, (atTarget = new Map()));
    atTarget.set(`${row.file}:${row.line}: ${row.message}`, row);
  }
  return findings;
}

export function countFindings(findings: Findings): number {
  return [...findings.values()].reduce((sum, atTarget) => sum + atTarget.size, 0);
}

/** The findings of all targets taken as one set: one source line counts once, however many targets see it. */
export function countDistinctFindings(findings: Findings): number {
  return new Set([...findings.values()].flatMap((atTarget) => [...atTarget.keys()])).size;
}

/** The differences in words, at most `limit` each way; empty if there are none. `src` is where the files are. */
export function describeDifferences(expected: Findings, actual: Findings, src: string, limit = 10): string {
  const missing = rowsOnlyIn(expected, actual);
  const unexpected = rowsOnlyIn(actual, expected);
  if (missing.length === 0 && unexpected.length === 0) return "";
  return [
    ...describeRows(`${missing.length} rows only the reference has`, missing, src, limit),
    ...describeRows(`${unexpected.length} rows only rt0 has`, unexpected, src, limit),
  ].join("\n");
}

function rowsOnlyIn(some: Findings, others: Findings): readonly Finding[] {
  return [...some].flatMap(([target, atTarget]) => {
    const known = others.get(target);
    return [...atTarget].filter(([text]) => known?.has(text) !== true).map(([, finding]) => finding);
  });
}

/** One mistake shows at many targets: rows that differ in nothing else are printed as one. */
function describeRows(
  title: string,
  rows: readonly Finding[],
  src: string,
  limit: number,
): readonly string[] {
  const byText = new Map<string, Finding[]>();
  for (const row of rows) {
    const text = `${row.file}:${row.line}: ${row.message}`;
    const same = byText.get(text);
    if (same === undefined) byText.set(text, [row]);
    else same.push(row);
  }
  const lines = [`${title}, ${byText.size} distinct:`];
  for (const [text, same] of [...byText].slice(0, limit)) {
    const [first] = same;
    lines.push(
      `  ${text}`,
      `      on ${same.map(({ target }) => target).join(" ")}`,
      `      |${sourceLine(src, first!)}`,
    );
  }
  return lines;
}

function sourceLine(src: string, { file, line }: Finding): string {
  try {
    return JSON.stringify(readFileSync(`${src}/${file}`, "utf8").split("\n")[line - 1] ?? "").slice(1, -1);
  } catch {
    return "(no such file)";
  }
}
