/**
 * Reading files as a conversation: a task yields what it needs, its driver reads
 * and answers. So the same loading code serves the command line (synchronous),
 * the language server (asynchronous) and the browser (by messages).
 */

export type FileRequest =
  /** The entries of a directory. */
  { readonly kind: "list"; readonly path: string } | ReadRequest;

/** The text of a file, decoded as UTF-8. */
export interface ReadRequest {
  readonly kind: "read";
  readonly path: string;
  /** Nothing else is of interest than texts that hold one of these: whoever can tell at less cost says of others that they are missing. */
  readonly holding?: readonly string[];
}

export interface Entry {
  readonly name: string;
  /** Whatever is to be read, if only to learn that it cannot be, is a "file". Links to directories are "other": they are not followed, as in the go command. */
  readonly kind: "file" | "directory" | "other";
}

export type FileAnswer =
  | { readonly kind: "entries"; readonly entries: readonly Entry[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** There is something, which cannot be read. */
  | { readonly kind: "failed"; readonly reason: string };

/** A batch of requests out, the answers in the same order back in. */
export type FileTask<T> = Generator<readonly FileRequest[], T, readonly FileAnswer[]>;

export interface SyncFiles {
  answer(request: FileRequest): FileAnswer;
}

export interface AsyncFiles {
  answer(request: FileRequest): Promise<FileAnswer>;
}

export function runSync<T>(task: FileTask<T>, files: SyncFiles): T {
  let step = task.next([]);
  while (!step.done) step = task.next(step.value.map((request) => files.answer(request)));
  return step.value;
}

export async function runAsync<T>(task: FileTask<T>, files: AsyncFiles): Promise<T> {
  let step = task.next([]);
  while (!step.done) step = task.next(await Promise.all(step.value.map((request) => files.answer(request))));
  return step.value;
}

/** A file or directory that exists and could not be read. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

/** Does a task, and notes what it asked for and could not be read. */
export function* noting<T>(task: FileTask<T>, unreadable: Unreadable[]): FileTask<T> {
  let step = task.next([]);
  while (!step.done) {
    const requests = step.value;
    const answers = yield requests;
    for (const [i, answer] of answers.entries())
      if (answer.kind === "failed") unreadable.push({ path: requests[i]!.path, reason: answer.reason });
    step = task.next(answers);
  }
  return step.value;
}

export function* readText(path: string): FileTask<string | undefined> {
  const [answer] = yield [{ kind: "read", path }];
  return answer?.kind === "text" ? answer.text : undefined;
}

export function* listEntries(path: string): FileTask<readonly Entry[] | undefined> {
  const [answer] = yield [{ kind: "list", path }];
  return answer?.kind === "entries" ? answer.entries : undefined;
}
