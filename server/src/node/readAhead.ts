/**
 * Reads the rest of the trees on a second thread while the first one checks what it has:
 * a whole Go tree is some thousands of files, of which few matter. The thread runs this
 * program's own bundle, whose entry calls `serveReadAhead` there.
 */
import { constants, setPriority } from "node:os";
import {
  isMainThread,
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from "node:worker_threads";
import { noting, runSync, type Unreadable } from "../host/fileTask.ts";
import { type ReadAhead, readOutlying } from "../host/loader.ts";
import { nodeFiles } from "../host/nodeFiles.ts";

interface Job {
  readonly roots: readonly string[];
  readonly known: readonly string[];
  readonly port: MessagePort;
  /** Becomes 1 when the answer has been sent. */
  readonly done: Int32Array;
}

/** How long a thread may keep the answer, in milliseconds, before the caller reads for itself. */
const patience = 10_000;

/**
 * Begins to read what `readOutlying` reads, without the directories that are known already. The
 * function that is returned waits for the answer; it gives none where the thread failed.
 */
export function readAhead(roots: readonly string[], known: readonly string[]): () => ReadAhead | undefined {
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const job: Job = { roots, known, port: port2, done };
  const worker = new Worker(__filename, { workerData: job, transferList: [port2] });
  worker.unref();
  port1.unref();
  return () => {
    Atomics.wait(done, 0, 0, patience);
    const answer = receiveMessageOnPort(port1)?.message as ReadAhead | undefined;
    port1.close();
    return answer;
  };
}

/** On the second thread: does the job. Returns whether this is that thread. */
export function serveReadAhead(): boolean {
  if (isMainThread) return false;
  const { roots, known, port, done } = workerData as Job;
  try {
    // The answer is asked for late. Linux takes this for the thread alone, other systems for the whole process.
    if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    const directories = new Set(known);
    const unreadable: Unreadable[] = [];
    const reading = readOutlying(roots, (path) => directories.has(path));
    const outlying = runSync(noting(reading, unreadable), nodeFiles);
    port.postMessage({ outlying, unreadable } satisfies ReadAhead);
  } finally {
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  }
  return true;
}
