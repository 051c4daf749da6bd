/**
 * Keeps directories checked: one loop that always takes up the most urgent
 * directory whose answer is out of date, in turns short enough that an edit never
 * waits. Whether an answer is out of date shows in the identity of what it was
 * made from, so nothing is ever invalidated by hand. It must not know the
 * protocol, nor what becomes of findings.
 */
import { checkFiles, type FileFindings, type Snapshot } from "../core/index.ts";
import { isWaiting } from "../host/project.ts";
import type { Turns } from "../host/turns.ts";
import type { OpenProject } from "./projects.ts";

export interface CheckerInput {
  readonly turns: Turns;
  /** Names of the files in a directory that are open: their directory comes first, and they in it. */
  openNames(project: OpenProject, directory: string): ReadonlySet<string>;
  /** One file's findings, whenever they were looked at again. */
  found(project: OpenProject, directory: string, findings: FileFindings, snapshot: Snapshot): void;
  /** All files with an answer in a directory that was just checked, or that is no longer. */
  finished(project: OpenProject, directory: string, files: ReadonlySet<string>): void;
  /** How many directories were never checked yet, whenever that changes. */
  progress(left: number): void;
  /** Everything is up to date. */
  idle(): void;
  failed(error: unknown): void;
}

export interface Checker {
  /** Keeps a directory checked from now on. */
  track(project: OpenProject, directory: string): void;
  untrack(project: OpenProject, directory: string): void;
  /** Gives up the directories that were never checked, those with open files excepted. */
  cancel(): void;
  /** Forgets everything. */
  clear(): void;
  /** Says that texts have changed. */
  changed(): void;
  isTracked(project: OpenProject, directory: string): boolean;
  readonly count: number;
  /** Resolves when a directory's answer is up to date. */
  fresh(project: OpenProject, directory: string): Promise<void>;
  /** Resolves when everything is up to date. */
  settled(): Promise<void>;
}

/** What a directory's answer was made from. */
interface Answer {
  readonly directory: unknown;
  readonly package: unknown;
  /** Of what other directories link. */
  readonly links: unknown;
}

const answerOf = (snapshot: Snapshot, directory: string): Answer => ({
  directory: snapshot.directories.get(directory),
  package: snapshot.package(directory),
  links: snapshot.links.stamp,
});

export function createChecker(input: CheckerInput): Checker {
  const { turns } = input;
  let tracked = new Map<OpenProject, Map<string, Answer | undefined>>();
  let running: Promise<void> | undefined;
  let waiters: { readonly isDone: () => boolean; readonly resolve: () => void }[] = [];

  const isStale = (open: OpenProject, directory: string): boolean => {
    const old = tracked.get(open)?.get(directory);
    if (!old) return tracked.get(open)?.has(directory) ?? false;
    const now = answerOf(open.project.workspace.snapshot, directory);
    return now.directory !== old.directory || now.package !== old.package || now.links !== old.links;
  };

  /** The next directory to check: one with open files before any other. */
  const next = (): { open: OpenProject; directory: string } | undefined => {
    for (const isUrgent of [true, false]) {
      for (const [open, directories] of tracked) {
        for (const directory of directories.keys()) {
          // Whether it is stale comes last: finding out can take the making of a package.
          const hasOpen = input.openNames(open, directory).size > 0;
          if (hasOpen === isUrgent && isStale(open, directory)) return { open, directory };
        }
      }
    }
    return undefined;
  };

  const left = (): number => {
    let count = 0;
    for (const directories of tracked.values())
      for (const answer of directories.values()) if (!answer) count++;
    return count;
  };

  const wake = (): void => {
    const done = waiters.filter(({ isDone }) => isDone());
    waiters = waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  };

  /** Brings one directory up to date, or leaves it where an edit came in between: then the order starts anew. */
  const check = async (open: OpenProject, directory: string): Promise<void> => {
    const { workspace, profile } = open.project;
    if (!workspace.snapshot.directories.has(directory)) await open.load([directory]);
    for (;;) {
      const { snapshot } = workspace;
      const isCurrent = () => workspace.snapshot === snapshot && tracked.get(open)?.has(directory) === true;
      const files = new Set<string>();
      const answer = answerOf(snapshot, directory);
      for (const file of checkFiles(snapshot, directory, profile, input.openNames(open, directory))) {
        files.add(file.file);
        // Without what is still to be read, findings may be missing.
        if (!isWaiting(snapshot)) input.found(open, directory, file, snapshot);
        if (turns.isOver) await turns.next();
        if (!isCurrent()) return;
      }
      if (!isWaiting(snapshot)) {
        if (!isCurrent()) return;
        tracked.get(open)?.set(directory, answer);
        input.finished(open, directory, files);
        return;
      }
      await open.loadWanted();
    }
  };

  const run = async (): Promise<void> => {
    // Changes that come together are looked at together.
    await turns.next();
    for (let job = next(); job; job = next()) {
      const { open, directory } = job;
      try {
        await check(open, directory);
      } catch (error) {
        input.failed(error);
        const directories = tracked.get(open);
        if (directories?.has(directory))
          directories.set(directory, answerOf(open.project.workspace.snapshot, directory));
      }
      input.progress(left());
      wake();
      if (turns.isOver) await turns.next();
    }
    running = undefined;
    input.idle();
    wake();
  };

  const changed = (): void => {
    running ??= run();
  };

  return {
    track(open, directory) {
      const directories = tracked.get(open) ?? new Map<string, Answer | undefined>();
      tracked.set(open, directories);
      if (directories.has(directory)) return;
      directories.set(directory, undefined);
      changed();
    },
    untrack(open, directory) {
      if (tracked.get(open)?.delete(directory)) input.finished(open, directory, new Set());
      changed();
    },
    cancel() {
      for (const [open, directories] of tracked) {
        for (const [directory, answer] of directories) {
          if (!answer && input.openNames(open, directory).size === 0) directories.delete(directory);
        }
      }
    },
    clear() {
      tracked = new Map();
      changed();
    },
    changed,
    isTracked: (open, directory) => tracked.get(open)?.has(directory) ?? false,
    get count() {
      let count = 0;
      for (const directories of tracked.values()) count += directories.size;
      return count;
    },
    fresh(open, directory) {
      changed();
      return new Promise(
        (resolve) => void waiters.push({ isDone: () => !isStale(open, directory), resolve }),
      );
    },
    async settled() {
      for (let run = running; run; run = running) await run;
    },
  };
}
