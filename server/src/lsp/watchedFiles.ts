/** What changes on disk, as the client tells it. */
import { DidChangeWatchedFilesNotification, type WatchKind } from "vscode-languageserver";
import { isCName, isHeaderName, isSourceName } from "../core/index.ts";
import type { Checking } from "./checking.ts";
import { baseName, directoryOf, filePathOf, uriOf } from "./filePath.ts";
import type { Packages } from "./packages.ts";
import type { Session } from "./session.ts";
import type { Whitelist } from "./whitelist.ts";

/** Files that say what a tree is: when one changes, everything is opened anew. */
const treeFiles = ["go.mod", "go.work", "VERSION"];

export interface WatchedFilesInput {
  readonly session: Session;
  readonly checking: Checking;
  readonly packages: Packages;
  readonly whitelist: Whitelist;
}

export function serveWatchedFiles({ session, checking, packages, whitelist }: WatchedFilesInput): void {
  session.connection.onDidChangeWatchedFiles(({ changes }) =>
    checking.work(async () => {
      await session.started.promise;
      const files = changes.flatMap(({ uri }) => filePathOf(uri) ?? []);
      const { directory: listed } = whitelist;
      const changesTrees = files.some(({ path }) => treeFiles.includes(baseName(path)));
      const changesWhitelist = files.some(({ path }) => listed && directoryOf(path) === listed.path);
      if (changesTrees || changesWhitelist) await packages.restart();
      // What is open counts as the client says, not as the disk does.
      else await packages.reload(files.filter((file) => isRead(file.path) && !session.documents.at(file)));
    }),
  );
}

/** Asks the client to watch files, if it can. */
export async function watchFiles({ client, connection }: Session, whitelist: Whitelist): Promise<void> {
  if (!client.registersWatchers) return;
  const kind = 7 satisfies WatchKind;
  const globs = ["**/*.{go,h,s}", `**/{${treeFiles.join(",")}}`];
  const { directory } = whitelist;
  const watchers = globs.map((globPattern) => ({ globPattern, kind }));
  const listed = directory ? [{ globPattern: { baseUri: uriOf(directory), pattern: "*.txt" }, kind }] : [];
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [...watchers, ...listed],
  });
}

/** Whether the workspace reads files of this name. */
function isRead(path: string): boolean {
  return isSourceName(path) || isHeaderName(path) || isCName(path);
}
