/** Shows the client how far the first check of a workspace is, and lets the user stop it. */
import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";

export interface Progress {
  /** So many of all packages were never checked yet. */
  update(left: number, all: number): void;
}

/** Fewer packages than this are checked before a notice could be read. */
const worthShowing = 4;

export function createProgress(
  connection: Connection,
  isShown: () => boolean,
  input: { cancel(): void; failed(error: unknown): void },
): Progress {
  let reporter: Promise<WorkDoneProgressServerReporter> | undefined;

  const begin = async (): Promise<WorkDoneProgressServerReporter> => {
    const made = await connection.window.createWorkDoneProgress();
    made.begin("Checking assembly", 0, undefined, true);
    made.token.onCancellationRequested(input.cancel);
    return made;
  };

  return {
    update(left, all) {
      if (left === 0) {
        void reporter?.then((made) => made.done(), input.failed);
        reporter = undefined;
        return;
      }
      if (!isShown() || (!reporter && left < worthShowing)) return;
      reporter ??= begin();
      const done = all - left;
      reporter.then(
        (made) => made.report(Math.floor((100 * done) / all), `${done} of ${all} packages`),
        input.failed,
      );
    },
  };
}
