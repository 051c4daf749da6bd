/**
 * The checker at work for the client: hands on what it finds, tells how far it is,
 * and knows when everything that was begun has come to its end.
 */
import { createChecker, type Checker } from "./checker.ts";
import type { Findings } from "./findings.ts";
import type { Journal } from "./journal.ts";
import { createProgress } from "./progress.ts";
import { type Status, statusMethod } from "./protocol.ts";
import type { Publisher } from "./publisher.ts";
import type { Refresh } from "./refresh.ts";
import type { Session } from "./session.ts";

export interface Checking {
  readonly checker: Checker;
  /** Runs a handler that may find more to check: as long as it runs, not everything is known. */
  work(run: () => Promise<unknown>): Promise<void>;
  /** Resolves when all work is done and all it brought is checked. */
  settled(): Promise<void>;
  status(state: Status["state"]): Status;
}

export interface CheckingInput {
  readonly session: Session;
  readonly findings: Findings;
  readonly publisher: Publisher;
  readonly refresh: Refresh;
  readonly journal: Journal;
}

export function createChecking({ session, findings, publisher, refresh, journal }: CheckingInput): Checking {
  const { connection, documents, runtime, timeSlice } = session;
  const pending = new Set<Promise<unknown>>();
  let toldStatus = "";

  const status = (state: Status["state"]): Status => ({
    state,
    packages: checker.count,
    targets: Math.max(0, ...session.projects.all.map(({ project }) => project.targets.length)),
    findings: publisher.count,
  });

  const tellStatus = (state: Status["state"]): void => {
    const now = status(state);
    // While it checks, the numbers are not worth a message each time.
    const text = JSON.stringify(state === "checking" ? { state } : now);
    if (text === toldStatus) return;
    toldStatus = text;
    void connection.sendNotification(statusMethod, now);
  };

  const progress = createProgress(connection, () => session.client.showsProgress, {
    cancel() {
      checker.cancel();
      checker.changed();
    },
    failed: session.log,
  });

  const checker = createChecker({
    timeSlice,
    clock: runtime,
    openNames: ({ site }, directory) => documents.namesIn(site, directory),
    found: findings.set,
    finished: findings.keepOnly,
    progress(left) {
      progress.update(left, checker.count);
      if (left > 0) tellStatus("checking");
    },
    idle() {
      // As long as something is still to be checked, not all findings are known.
      if (pending.size === 0) {
        findings.tellAll();
        journal.checked(status("ready"));
      }
      publisher.refresh();
      refresh.ofLinks();
      tellStatus("ready");
    },
    failed: session.log,
  });

  return {
    checker,
    status,
    work(run) {
      const done = session.guard(run).then(() => {
        pending.delete(done);
        if (pending.size === 0) checker.changed();
      });
      pending.add(done);
      return done;
    },
    async settled() {
      do {
        await Promise.all(pending);
        await checker.settled();
      } while (pending.size > 0);
    },
  };
}
