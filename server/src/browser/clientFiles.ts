/** Files that the client reads: all requests of one moment travel in one message. */
import type { Connection } from "vscode-languageserver";
import type { AsyncFiles, FileAnswer, FileRequest } from "../host/fileTask.ts";
import { uriOf } from "../lsp/filePath.ts";
import { filesMethod, type FilesParams, type FilesResult } from "../lsp/protocol.ts";

/** Schemes of documents that are no files: older versions, unsaved texts, what a program printed. */
const notFiles = new Set(["git", "untitled", "output", "vscode", "debug", "comment"]);

/** More in one message would hold up everything else. */
const largestBatch = 50;

export function clientFiles(
  connection: Connection,
  scheme: string,
  authority: string,
): AsyncFiles | undefined {
  if (notFiles.has(scheme)) return undefined;
  const site = `${scheme}://${authority}`;
  let waiting: { readonly request: FileRequest; readonly resolve: (answer: FileAnswer) => void }[] = [];

  const send = async (): Promise<void> => {
    const batches = waiting;
    waiting = [];
    for (let at = 0; at < batches.length; at += largestBatch) {
      const batch = batches.slice(at, at + largestBatch);
      const requests = batch.map(({ request }) => ({
        kind: request.kind,
        uri: uriOf({ site, path: request.path }),
      }));
      let answers: FilesResult = [];
      let reason = "the client gave no answer";
      try {
        answers = await connection.sendRequest<FilesResult>(filesMethod, { requests } satisfies FilesParams);
      } catch (error) {
        reason = String(error);
      }
      batch.forEach(({ resolve }, i) => resolve(answers[i] ?? { kind: "failed", reason }));
    }
  };

  return {
    answer(request) {
      return new Promise((resolve) => {
        if (waiting.length === 0) queueMicrotask(() => void send());
        waiting.push({ request, resolve });
      });
    },
  };
}
