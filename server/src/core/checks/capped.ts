/** As many findings as anybody reads: of each check in each file the first thousand, and how many more there are. */
import type { Finding } from "./finding.ts";

const mostOfOneCheck = 1000;

/** What is to be shown of findings that are sorted by position within each file: the same array where nothing is left out. */
export function capped(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostOfOneCheck) return findings;
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  if ([...counts.values()].every((count) => count <= mostOfOneCheck)) return findings;
  const shown = new Map<string, number>();
  return findings.flatMap((finding) => {
    const key = keyOf(finding);
    const nth = (shown.get(key) ?? 0) + 1;
    shown.set(key, nth);
    if (nth <= mostOfOneCheck) return [finding];
    if (nth > mostOfOneCheck + 1) return [];
    const { code, severity, directory, file, span, line, targets } = finding;
    const message = `and ${counts.get(key)! - mostOfOneCheck} more findings of ${code} in this file`;
    return [{ code, severity, directory, file, span, line, targets, message }];
  });
}

function keyOf({ directory, file, code }: Finding): string {
  return `${code} ${directory}/${file}`;
}
