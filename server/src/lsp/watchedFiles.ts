/** What changes on disk, files and folders, as the client tells it. */
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type FileSystemWatcher,
  type ServerCapabilities,
  WatchKind,
} from "vscode-languageserver";
import { isCName, isHeaderName, isSourceName } from "../core/index.ts";
import type { Client } from "./client.ts";
import type { Checking } from "./checking.ts";
import { baseName, directoryOf, type FilePath, filePathOf, keyOf, uriOf } from "./filePath.ts";
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
  const { connection, documents } = session;

  const isOfWhitelist = (file: FilePath): boolean => {
    const { directory } = whitelist;
    if (!directory) return false;
    const key = keyOf(directory);
    return key === keyOf(file) || key === file.site + directoryOf(file.path);
  };

  const changed = (changes: readonly FileEvent[]): Promise<void> =>
    checking.work(async () => {
      await session.started.promise;
      const files: FilePath[] = [];
      const folders: FilePath[] = [];
      const added: FilePath[] = [];
      let isRestart = false;
      for (const { uri, type } of changes) {
        const file = filePathOf(uri);
        if (!file) continue;
        isRestart ||= treeFiles.includes(baseName(file.path)) || isOfWhitelist(file);
        // What is open counts as the client says, not as the disk does.
        if (isRead(file.path) && !documents.at(file)) files.push(file);
        // Anything else may be a folder.
        else if (!isRead(file.path)) (type === FileChangeType.Created ? added : folders).push(file);
      }
      if (isRestart) return packages.restart();
      await packages.reload(files, [...folders, ...added]);
      return packages.followBelow(added);
    });

  connection.onDidChangeWatchedFiles(({ changes }) => changed(changes));

  // Whoever saves may have had other files written as well: by a generator, or by a change of branch.
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    if (session.client.watchesFiles) return undefined;
    return checking.work(async () => {
      await session.started.promise;
      const file = filePathOf(uri);
      const isTreeFile = file && treeFiles.includes(baseName(file.path));
      await (isTreeFile ? packages.restart() : packages.reloadAll());
    });
  });

  // Clients without watchers tell at least of what the user does in them.
  const { Created, Deleted } = FileChangeType;
  connection.workspace.onDidCreateFiles(({ files }) =>
    changed(files.map(({ uri }) => ({ uri, type: Created }))),
  );
  connection.workspace.onDidDeleteFiles(({ files }) =>
    changed(files.map(({ uri }) => ({ uri, type: Deleted }))),
  );
  connection.workspace.onDidRenameFiles(({ files }) =>
    changed(
      files.flatMap(({ oldUri, newUri }) => [
        { uri: oldUri, type: Deleted },
        { uri: newUri, type: Created },
      ]),
    ),
  );
}

/** What a client that does not watch files is to tell, in what the server says of itself. */
export function fileOperations({ watchesFiles }: Client): ServerCapabilities["workspace"] {
  if (watchesFiles) return {};
  const all = { filters: [{ pattern: { glob: "**/*" } }] };
  return { fileOperations: { didCreate: all, didDelete: all, didRename: all } };
}

/** Asks the client to watch files, if it can. */
export async function watchFiles({ client, connection }: Session, whitelist: Whitelist): Promise<void> {
  if (!client.watchesFiles) return;
  const { Create, Change, Delete } = WatchKind;
  const kind = Create | Change | Delete;
  const { directory } = whitelist;
  const watchers: FileSystemWatcher[] = [
    { globPattern: "**/*.{go,h,s}", kind },
    { globPattern: `**/{${treeFiles.join(",")}}`, kind },
    // A folder that goes, comes or is renamed takes its files with it, of which no event tells.
    { globPattern: "**/*", kind: Create | Delete },
  ];
  if (directory) watchers.push({ globPattern: { baseUri: uriOf(directory), pattern: "*.txt" }, kind });
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

/** Whether the workspace reads files of this name. */
function isRead(path: string): boolean {
  return isSourceName(path) || isHeaderName(path) || isCName(path);
}
