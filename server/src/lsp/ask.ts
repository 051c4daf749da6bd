/**
 * How a request about a file is answered: the tree it lies in is opened, and the
 * question asked again until the answer needs nothing that has not been read. One
 * question is computed at a time, and before it everything that the client has
 * sent is heard: what it has cancelled by then, or what is about a text that is
 * gone, is not computed at all.
 */
import {
  type CancellationToken,
  LSPErrorCodes,
  type Location as ProtocolLocation,
  ResponseError,
} from "vscode-languageserver";
import { isWaiting, type Location, type Snapshot } from "../core/index.ts";
import { toLocation } from "./diagnostics.ts";
import { baseName, directoryOf, type FilePath, filePathOf, keyOf } from "./filePath.ts";
import { type Lines, linesOf } from "./lines.ts";
import type { Packages } from "./packages.ts";
import type { OpenProject } from "./projects.ts";
import type { Session } from "./session.ts";

/** A file of a tree; with "" for a name, and a URI that ends in "/", its directory. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly open: OpenProject;
  readonly directory: string;
  readonly name: string;
  /** Of the file's text; of an empty text where there is none. */
  readonly lines: Lines;
  /** The URI of a file of the tree. */
  uriOf(directory: string, file: string): string;
  /** A location of the tree as the protocol writes it. */
  locate(location: Location): ProtocolLocation;
}

/** A function of what is asked about. It may be called more than once. */
export type Question<T> = (asked: Asked) => T;

export interface AskOptions {
  readonly token: CancellationToken;
  /** The question is about the text as the client had it when it asked: positions of another text mean nothing. */
  readonly isOfText?: boolean;
  /** It is asked of what this makes of the tree. */
  readonly revise?: ((open: OpenProject) => Promise<Snapshot>) | undefined;
}

/**
 * Resolves to undefined for a URI whose files cannot be read, and where the question throws, which is logged.
 * Rejects with an error of the protocol what was cancelled, or is about a text that is gone.
 */
export type Ask = <T>(uri: string, question: Question<T>, options: AskOptions) => Promise<T | undefined>;

/** A client that never stops sending is answered all the same. */
const longestBurst = 1000;

export function createAsk(session: Session, packages: Pick<Packages, "reload">): Ask {
  const { documents, runtime } = session;
  /** How many requests and cancellations have come in. */
  let heard = 0;
  let turn = Promise.resolve();

  /** Resolves when no more comes in and the questions before are computed. */
  const nextTurn = (): Promise<void> =>
    (turn = turn.then(async () => {
      for (let i = 0, before = -1; before !== heard && i < longestBurst; i++) {
        before = heard;
        await runtime.yieldTurn();
      }
    }));

  /** Where the user is, as far as requests tell. */
  let focus = "";

  /** What nobody watches is read again when the user comes to it from another file. */
  const look = async (file: FilePath): Promise<void> => {
    if (session.client.watchesFiles || focus === keyOf(file)) return;
    focus = keyOf(file);
    await packages.reload([file]);
  };

  const compute = async <T>(
    uri: string,
    question: Question<T>,
    { token, isOfText = false, revise }: AskOptions,
  ): Promise<T | undefined> => {
    const path = filePathOf(uri);
    if (!path || !session.readableFiles(path.site)) return undefined;
    const [directory, name] = uri.endsWith("/")
      ? [path.path, ""]
      : [directoryOf(path.path), baseName(path.path)];
    const version = documents.at(path)?.version;
    await session.configured.promise;
    if (name !== "") await look(path);
    throwIfCancelled(token);
    const open = await session.projects.of({ site: path.site, path: directory });
    const { workspace } = open.project;
    if (!workspace.snapshot.directories.has(directory)) await open.load([directory]);
    for (;;) {
      await nextTurn();
      throwIfCancelled(token);
      if (isOfText && documents.at(path)?.version !== version)
        throw new ResponseError(LSPErrorCodes.ContentModified, "the text has changed since");
      const snapshot = revise ? await revise(open) : workspace.snapshot;
      runtime.onQuestion?.();
      const uriOf = (directory: string, file: string): string =>
        session.uriAt({ site: open.site, path: `${directory}/${file}` });
      const { positionEncoding: encoding } = session.client;
      const answer = question({
        snapshot,
        open,
        directory,
        name,
        lines: linesOf(snapshot.file(directory, name), encoding),
        uriOf,
        locate: (location) => toLocation(snapshot, location, { uriOf, encoding }),
      });
      if (!isWaiting(snapshot)) return answer;
      await open.loadUnresolved(revise && snapshot);
    }
  };

  return async (uri, question, options) => {
    heard++;
    const listener = options.token.onCancellationRequested(() => void heard++);
    try {
      return await compute(uri, question, options);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      session.log(error);
      return undefined;
    } finally {
      listener.dispose();
    }
  };
}

export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "the request was cancelled");
}
