/**
 * The language server: puts its parts together and says what it can do. The
 * machine it runs on comes in as a `Runtime`. Start reading here; session.ts has
 * what the parts share, ask.ts how a request is answered.
 */
import { type Connection, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver";
import { targetsOf } from "../core/index.ts";
import { createAsk } from "./ask.ts";
import { createChecking } from "./checking.ts";
import { initializationOptionsOf, readClient } from "./client.ts";
import { codeActionFeature } from "./codeActions.ts";
import { codeLensFeature } from "./codeLenses.ts";
import { serveConfiguration } from "./configuration.ts";
import { definitionFeature } from "./definition.ts";
import { documentHighlightFeature } from "./documentHighlights.ts";
import { documentSymbolFeature } from "./documentSymbols.ts";
import type { Feature } from "./feature.ts";
import { filePathOf } from "./filePath.ts";
import { createFindings } from "./findings.ts";
import { hoverFeature } from "./hover.ts";
import { inlayHintFeature } from "./inlayHints.ts";
import { createJournal } from "./journal.ts";
import { createPackages } from "./packages.ts";
import { previewFeature } from "./previews.ts";
import { checkWorkspaceMethod, type Status, type Targets, targetsMethod } from "./protocol.ts";
import { createPublisher } from "./publisher.ts";
import { servePullDiagnostics } from "./pullDiagnostics.ts";
import { createRefresh } from "./refresh.ts";
import type { Runtime } from "./runtime.ts";
import { createSession } from "./session.ts";
import { readSettings } from "./settings.ts";
import { serveTextSync } from "./textSync.ts";
import { fileOperations, serveWatchedFiles } from "./watchedFiles.ts";
import { createWhitelist } from "./whitelist.ts";

export function startServer(connection: Connection, runtime: Runtime): void {
  const session = createSession(connection, runtime);
  const publisher = createPublisher(session);
  const whitelist = createWhitelist(session);
  const findings = createFindings({ session, publisher, whitelist });
  const refresh = createRefresh(session);
  const journal = createJournal(session);
  const checking = createChecking({ session, findings, publisher, refresh, journal });
  const { checker } = checking;
  const packages = createPackages({ session, checker, findings, whitelist, refresh, journal });

  const features: readonly Feature[] = [
    hoverFeature,
    definitionFeature,
    documentHighlightFeature,
    documentSymbolFeature,
    inlayHintFeature,
    codeLensFeature,
    codeActionFeature(findings),
    previewFeature,
  ];

  connection.onInitialize((params): InitializeResult => {
    session.client = readClient(params);
    const { processId, workspaceFolders, rootUri } = params;
    // Some clients leave it out.
    if (typeof processId === "number") runtime.watchClient?.(processId);
    const roots = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
    session.folders = roots.flatMap((uri) => filePathOf(uri) ?? []);
    session.settings = readSettings(initializationOptionsOf(params.initializationOptions).settings);
    return {
      serverInfo: { name: "rt0", version: runtime.version },
      capabilities: {
        positionEncoding: session.client.positionEncoding,
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          ...(!session.client.watchesFiles && { save: { includeText: false } }),
        },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          ...fileOperations(session.client),
        },
        ...(session.client.pulls && {
          diagnosticProvider: { identifier: "rt0", interFileDependencies: true, workspaceDiagnostics: false },
        }),
        ...Object.assign({}, ...features.map(({ capabilities }) => capabilities)),
      },
    };
  });

  serveConfiguration({ session, checking, packages, whitelist });
  serveTextSync({ session, checking, packages, publisher });
  serveWatchedFiles({ session, checking, packages, whitelist });
  servePullDiagnostics({ session, checking, packages, publisher });

  const ask = createAsk(session, packages);
  for (const feature of features) feature.serve(session, ask);

  connection.onRequest(checkWorkspaceMethod, async (): Promise<Status> => {
    await session.started.promise;
    await checking.work(packages.followWorkspace);
    await checking.settled();
    return checking.status("ready");
  });

  connection.onRequest(targetsMethod, async (): Promise<Targets> => {
    await session.started.promise;
    const { projects, settings } = session;
    const opened = projects.all.flatMap(({ project }) => project.opened.targets);
    const known = [...new Set((opened.length > 0 ? opened : targetsOf()).map(({ name }): string => name))];
    const chosen = known.filter((name) => settings.targets.includes(name));
    return { known, chosen: chosen.length > 0 ? chosen : known };
  });
}
