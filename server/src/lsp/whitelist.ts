/**
 * The whitelists of the user's setting: which findings of a file they hide, and
 * which of their entries hide nothing. What an entry means is the core's business.
 */
import {
  applyWhitelist,
  type Finding,
  relative,
  type Target,
  type UnmatchedEntry,
  type WhitelistFile,
} from "../core/index.ts";
import { type FileTask, listEntries, readText } from "../host/fileTask.ts";
import type { Project } from "../host/project.ts";

/** The text files of a whitelist directory; none where it cannot be read. */
export function* readWhitelist(directory: string): FileTask<readonly WhitelistFile[]> {
  const entries = (yield* listEntries(directory)) ?? [];
  const files: WhitelistFile[] = [];
  for (const { name, kind } of entries) {
    if (kind !== "file" || !name.endsWith(".txt")) continue;
    const text = yield* readText(`${directory}/${name}`);
    if (text !== undefined) files.push({ name, text });
  }
  return files;
}

/** The findings of a project's file that no entry hides. */
export function visibleFindings(
  whitelist: readonly WhitelistFile[],
  { opened, targets }: Project,
  findings: readonly Finding[],
): readonly Finding[] {
  const [first] = findings;
  if (!first || whitelist.length === 0) return findings;
  const file = listedName(opened.base, first);
  const ofFile = whitelist.map(({ name, text }) => ({ name, text: linesAbout(text, file) }));
  return applyWhitelist(ofFile, listed(opened.base, findings), targets).visible.map(
    ({ finding, targets }) => ({
      ...finding,
      targets,
    }),
  );
}

/** The entries that hide none of a project's findings, given all of them. */
export function unmatchedEntries(
  whitelist: readonly WhitelistFile[],
  base: string,
  targets: readonly Target[],
  findings: readonly Finding[],
): readonly UnmatchedEntry[] {
  return applyWhitelist(whitelist, listed(base, findings), targets).unmatched;
}

function listed(base: string, findings: readonly Finding[]) {
  return findings.map((finding) => {
    const { message, targets } = finding;
    return { finding, file: listedName(base, finding), message, targets };
  });
}

function listedName(base: string, { directory, file }: Finding): string {
  const below = relative(base, directory);
  return below === undefined || below === "" ? file : `${below}/${file}`;
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
