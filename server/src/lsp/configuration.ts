/** The settings and the workspace folders, when the client starts and whenever they change. */
import { DidChangeConfigurationNotification, type WorkspaceFolder } from "vscode-languageserver";
import type { Checking } from "./checking.ts";
import { type FilePath, filePathOf, keyOf } from "./filePath.ts";
import type { Packages } from "./packages.ts";
import type { Session } from "./session.ts";
import { readSettings } from "./settings.ts";
import { watchFiles } from "./watchedFiles.ts";
import type { Whitelist } from "./whitelist.ts";

export interface ConfigurationInput {
  readonly session: Session;
  readonly checking: Checking;
  readonly packages: Packages;
  readonly whitelist: Whitelist;
}

export function serveConfiguration({ session, checking, packages, whitelist }: ConfigurationInput): void {
  const { connection } = session;

  const readConfiguration = async (): Promise<void> => {
    if (session.client.hasConfiguration)
      session.settings = readSettings(await connection.workspace.getConfiguration("rt0"));
  };

  const listenToClient = async (): Promise<void> => {
    if (session.client.registersConfiguration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: "rt0" });
    await watchFiles(session, whitelist);
  };

  connection.onInitialized(() => {
    void checking
      .work(async () => {
        await session.guard(readConfiguration);
        session.configured.happened();
        await Promise.all([listenToClient(), packages.restart()]);
      })
      .then(session.started.happened);
    if (!session.client.changesFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      checking.work(async () => {
        const gone = new Set(pathsOf(removed).map(keyOf));
        const stay = session.folders.filter((folder) => !gone.has(keyOf(folder)));
        session.folders = [...stay, ...pathsOf(added)];
        await packages.restart();
      }),
    );
  });

  connection.onDidChangeConfiguration(({ settings: given }) =>
    checking.work(async () => {
      await session.started.promise;
      const before = JSON.stringify(session.settings);
      if (session.client.hasConfiguration) await readConfiguration();
      else session.settings = readSettings((given as { rt0?: unknown } | undefined)?.rt0);
      if (JSON.stringify(session.settings) !== before) await packages.restart();
    }),
  );
}

function pathsOf(folders: readonly WorkspaceFolder[]): FilePath[] {
  return folders.flatMap(({ uri }) => filePathOf(uri) ?? []);
}
