/**
 * The whitelists of the user's setting: which findings of a file they hide, and
 * which of their entries hide nothing. What an entry means is the core's business.
 */
import {
  applyWhitelist,
  type Finding,
  type Target,
  type UnmatchedEntry,
  type WhitelistFile,
} from "../core/index.ts";
import type { Project } from "../host/project.ts";
import { listedFinding } from "../host/readWhitelist.ts";

/** The findings of a project's file that no entry hides. */
export function visibleFindings(
  whitelist: readonly WhitelistFile[],
  { opened, targets }: Project,
  findings: readonly Finding[],
): readonly Finding[] {
  const [first] = findings;
  if (!first || whitelist.length === 0) return findings;
  const { file } = listedFinding(opened.base, first);
  const ofFile = whitelist.map(({ name, text }) => ({ name, text: linesAbout(text, file) }));
  return applyWhitelist(
    ofFile,
    findings.map((finding) => listedFinding(opened.base, finding)),
    targets,
  ).visible.map(({ finding, targets }) => ({
    ...finding,
    targets,
  }));
}

/** The entries that hide none of a project's findings, given all of them. */
export function unmatchedEntries(
  whitelist: readonly WhitelistFile[],
  base: string,
  targets: readonly Target[],
  findings: readonly Finding[],
): readonly UnmatchedEntry[] {
  return applyWhitelist(
    whitelist,
    findings.map((finding) => listedFinding(base, finding)),
    targets,
  ).unmatched;
}

/** Only the lines that can be about this file: the others would be tried on every target. */
function linesAbout(text: string, file: string): string {
  return text
    .split("\n")
    .filter((line) => {
      const name = line.slice(0, line.indexOf(": "));
      return name === file || /GOOS|GOARCH|ARCHSUFF/.test(name);
    })
    .join("\n");
}
