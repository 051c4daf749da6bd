/**
 * Keeps directories checked: one loop that always takes up the most urgent
 * directory whose answer is out of date, in time slices short enough that an edit never
 * waits. Checks that look at one package come first; those that look at the whole
 * tree wait until the user has paused. Whether an answer is out of date shows in
 * the identity of what it was made from, so nothing is ever invalidated by hand.
 * It must not know the protocol, nor what becomes of findings.
 */
import {
  checkFiles,
  checkStages,
  type FileFindings,
  isWaiting,
  linksOf,
  type Snapshot,
} from "../core/index.ts";
import type { Clock, TimeSlice } from "../host/timeSlice.ts";
import type { OpenProject } from "./projects.ts";

export interface CheckerInput {
  readonly timeSlice: TimeSlice;
  readonly clock: Clock;
  /** Names of the files in a directory that are open: their directory comes first, and they in it. */
  openNames(project: OpenProject, directory: string): ReadonlySet<string>;
  /** One file's findings of one stage of the checks, whenever they were looked at again. */
  found(
    project: OpenProject,
    directory: string,
    stage: number,
    findings: FileFindings,
    snapshot: Snapshot,
  ): void;
  /** All files with an answer of that stage in a directory that was just checked, or that is no longer. */
  finished(project: OpenProject, directory: string, stage: number, files: ReadonlySet<string>): void;
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
  /** Says that there may be something to check. */
  changed(): void;
  /** Says that the user has changed a text. */
  edited(): void;
  /** The directories of a project that are kept checked. */
  tracked(project: OpenProject): readonly string[];
  readonly count: number;
  /** Resolves when a directory's answer of the first stage is up to date. */
  fresh(project: OpenProject, directory: string): Promise<void>;
  /** Resolves when everything is up to date. */
  settled(): Promise<void>;
}

/** What a directory's answer of one stage was made from. */
interface Answer {
  readonly directory: unknown;
  readonly package: unknown;
  /** What all directories tell the linker; the first stage does not look at it. */
  readonly links: unknown;
}

/** The answers of one directory, by stage. */
type Answers = (Answer | undefined)[];

interface Job {
  readonly open: OpenProject;
  readonly directory: string;
  /** Index in `checkStages`. */
  readonly stage: number;
}

const [, ...laterStages] = checkStages.keys();
const firstStage = [0];

/** How long the user must have paused before the checks of the whole tree are run, in milliseconds. */
const pause = 400;

function answerOf(snapshot: Snapshot, directory: string, stage: number): Answer {
  return {
    directory: snapshot.directories.get(directory),
    package: snapshot.package(directory),
    links: stage === 0 ? undefined : linksOf(snapshot).stamp,
  };
}

export function createChecker(input: CheckerInput): Checker {
  const { timeSlice, clock } = input;
  let tracked = new Map<OpenProject, Map<string, Answers>>();
  let running: Promise<void> | undefined;
  let waiters: { readonly isDone: () => boolean; readonly resolve: () => void }[] = [];
  let lastChange = -Infinity;
  let interrupt: (() => void) | undefined;

  const isStale = (open: OpenProject, directory: string, stage: number): boolean => {
    const answers = tracked.get(open)?.get(directory);
    if (!answers) return false;
    const old = answers[stage];
    if (!old) return true;
    const now = answerOf(open.project.workspace.snapshot, directory, stage);
    return now.directory !== old.directory || now.package !== old.package || now.links !== old.links;
  };

  /** The next directory to check in these stages: one with open files before any other. */
  const next = (stages: Iterable<number>): Job | undefined => {
    for (const stage of stages) {
      for (const isUrgent of [true, false]) {
        for (const [open, directories] of tracked) {
          for (const directory of directories.keys()) {
            // Whether it is stale comes last: finding out can take the making of a package.
            const hasOpen = input.openNames(open, directory).size > 0;
            if (hasOpen === isUrgent && isStale(open, directory, stage)) return { open, directory, stage };
          }
        }
      }
    }
    return undefined;
  };

  /** Waits until the user has paused; an edit ends the waiting at once. Says whether the time is over. */
  const hasPaused = async (): Promise<boolean> => {
    const left = lastChange + pause - clock.now();
    if (left <= 0) return true;
    await Promise.race([clock.sleep(left), new Promise<void>((resolve) => void (interrupt = resolve))]);
    return false;
  };

  const left = (): number => {
    let count = 0;
    for (const directories of tracked.values())
      for (const [first] of directories.values()) if (!first) count++;
    return count;
  };

  const wake = (): void => {
    const done = waiters.filter(({ isDone }) => isDone());
    waiters = waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  };

  /** Brings one directory up to date, or leaves it where an edit came in between: then the order starts anew. */
  const check = async ({ open, directory, stage }: Job): Promise<void> => {
    const { workspace, profile } = open.project;
    if (!workspace.snapshot.directories.has(directory)) await open.load([directory]);
    for (;;) {
      const { snapshot } = workspace;
      const isCurrent = () => workspace.snapshot === snapshot && tracked.get(open)?.has(directory) === true;
      const files = new Set<string>();
      const answer = answerOf(snapshot, directory, stage);
      const opened = input.openNames(open, directory);
      for (const file of checkFiles(snapshot, directory, profile, opened, checkStages[stage])) {
        files.add(file.file);
        // Without the packages still to be read, findings may be missing.
        if (!isWaiting(snapshot)) input.found(open, directory, stage, file, snapshot);
        if (timeSlice.isOver) await timeSlice.next();
        if (!isCurrent()) return;
      }
      if (!isWaiting(snapshot)) {
        if (!isCurrent()) return;
        const answers = tracked.get(open)?.get(directory);
        if (answers) answers[stage] = answer;
        input.finished(open, directory, stage, files);
        return;
      }
      await open.loadUnresolved();
    }
  };

  const run = async (): Promise<void> => {
    // Changes that come together are looked at together.
    await timeSlice.next();
    for (;;) {
      let job = next(firstStage);
      // Even to find out what the later stages have to do takes time that the next edit may want.
      if (!job && !(await hasPaused())) continue;
      job ??= next(laterStages);
      if (!job) break;
      const { open, directory, stage } = job;
      try {
        await check(job);
      } catch (error) {
        input.failed(error);
        const answers = tracked.get(open)?.get(directory);
        if (answers) answers[stage] = answerOf(open.project.workspace.snapshot, directory, stage);
      }
      input.progress(left());
      wake();
      if (timeSlice.isOver) await timeSlice.next();
    }
    running = undefined;
    input.idle();
    wake();
  };

  const changed = (): void => {
    interrupt?.();
    running ??= run();
  };

  return {
    track(open, directory) {
      const directories = tracked.get(open) ?? new Map<string, Answers>();
      tracked.set(open, directories);
      if (directories.has(directory)) return;
      directories.set(directory, []);
      changed();
    },
    untrack(open, directory) {
      if (tracked.get(open)?.delete(directory)) {
        for (const stage of checkStages.keys()) input.finished(open, directory, stage, new Set());
      }
      changed();
    },
    cancel() {
      for (const [open, directories] of tracked) {
        for (const [directory, [first]] of directories) {
          if (!first && input.openNames(open, directory).size === 0) directories.delete(directory);
        }
      }
    },
    clear() {
      tracked = new Map();
      changed();
    },
    changed,
    edited() {
      lastChange = clock.now();
      changed();
    },
    tracked: (open) => [...(tracked.get(open)?.keys() ?? [])],
    get count() {
      let count = 0;
      for (const directories of tracked.values()) count += directories.size;
      return count;
    },
    fresh(open, directory) {
      changed();
      return new Promise(
        (resolve) => void waiters.push({ isDone: () => !isStale(open, directory, 0), resolve }),
      );
    },
    async settled() {
      for (let run = running; run; run = running) await run;
    },
  };
}
