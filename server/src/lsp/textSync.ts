/** What is typed: every project that knows a file's directory sees the new text at once. */
import { isSourceName } from "../core/index.ts";
import type { Checking } from "./checking.ts";
import type { OpenDocument } from "./documents.ts";
import type { Packages } from "./packages.ts";
import type { Publisher } from "./publisher.ts";
import type { Session } from "./session.ts";

export interface TextSyncInput {
  readonly session: Session;
  readonly checking: Checking;
  readonly packages: Packages;
  readonly publisher: Publisher;
}

export function serveTextSync({ session, checking, packages, publisher }: TextSyncInput): void {
  const { connection, documents } = session;

  const applyText = ({ site, directory, name }: OpenDocument, text: string): void => {
    if (!isSourceName(name)) return;
    for (const { site: own, project } of session.projects.all) {
      if (own !== site || !project.workspace.snapshot.directories.has(directory)) continue;
      project.workspace.apply({ files: [{ directory, name, text }] });
    }
    checking.checker.edited();
  };

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) =>
    checking.work(async () => {
      const document = documents.open(uri, version, text);
      if (!document) return;
      publisher.turned(document);
      applyText(document, text);
      await session.started.promise;
      if (!session.client.watchesFiles) await packages.reload([document]);
      await packages.follow(document);
    }),
  );

  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    session.guard(() => {
      const document = documents.change(uri, version, contentChanges, session.client.positionEncoding);
      if (document) applyText(document, document.text);
    }),
  );

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) =>
    checking.work(async () => {
      const document = documents.close(uri);
      if (!document) return;
      publisher.turned(document);
      await session.started.promise;
      await packages.reload([document]);
      packages.unfollow(document);
    }),
  );
}
