/**
 * Whitelist directories on disk, and findings as their entries name them. What
 * an entry means is the core's business.
 */
import { type Finding, relative, type WhitelistFile } from "../core/index.ts";
import { type FileTask, listEntries, noting, type Unreadable } from "./fileTask.ts";

/** What is in a whitelist directory. */
export interface Whitelist {
  /** undefined where there is no such directory. */
  readonly files: readonly WhitelistFile[] | undefined;
  readonly unreadable: readonly Unreadable[];
}

/** Reads the text files of a whitelist directory. */
export function* readWhitelist(directory: string): FileTask<Whitelist> {
  const unreadable: Unreadable[] = [];
  const files = yield* noting(readFiles(directory), unreadable);
  return { files, unreadable };
}

function* readFiles(directory: string): FileTask<readonly WhitelistFile[] | undefined> {
  const entries = yield* listEntries(directory);
  if (!entries) return undefined;
  const names = entries.filter(({ name, kind }) => kind === "file" && name.endsWith(".txt"));
  const answers = yield names.map(({ name }) => ({ kind: "read", path: `${directory}/${name}` }) as const);
  return answers.flatMap((answer, i) =>
    answer.kind === "text" ? [{ name: names[i]!.name, text: answer.text }] : [],
  );
}

/** A finding with the name that whitelists have for its file: the path below the tree's base. */
export function listedFinding(base: string, finding: Finding) {
  const { directory, file, message, listed = message, targets } = finding;
  const below = relative(base, directory);
  const path = below === undefined || below === "" ? file : `${below}/${file}`;
  return { finding, file: path, message: listed, targets };
}
