/**
 * What the server knows of its client and of what is open: one object, made at
 * start, which the parts of the server share. What was found is not in here
 * (findings.ts), nor what is kept checked (packages.ts).
 */
import type { Connection, Diagnostic } from "vscode-languageserver";
import { isSourceName } from "../core/index.ts";
import type { AsyncFiles } from "../host/fileTask.ts";
import { createTimeSlice, type TimeSlice } from "../host/timeSlice.ts";
import { type Client, unknownClient } from "./client.ts";
import { createDocuments, type Documents, type OpenDocument } from "./documents.ts";
import { type FilePath, splitSite, uriOf } from "./filePath.ts";
import { createProjects, type Projects } from "./projects.ts";
import type { Runtime } from "./runtime.ts";
import { readSettings, type Settings } from "./settings.ts";

/** Something that will have happened. */
export interface Later {
  readonly promise: Promise<void>;
  happened(): void;
}

export interface Session {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly timeSlice: TimeSlice;
  readonly documents: Documents;
  client: Client;
  /** The workspace folders. */
  folders: readonly FilePath[];
  settings: Settings;
  /** The open trees, for these settings and folders. */
  projects: Projects;
  /** Settles when the settings are known: files can be asked about. */
  readonly configured: Later;
  /** Settles when the workspace was opened. */
  readonly started: Later;
  log(error: unknown): void;
  /** Runs a handler; what it throws is logged. */
  guard<T>(run: () => T | Promise<T>): Promise<T | undefined>;
  /** undefined where files of this kind cannot be read. */
  readableFiles(site: string): AsyncFiles | undefined;
  /** Throws where files of this kind cannot be read. */
  filesOf(site: string): AsyncFiles;
  isChecked(document: OpenDocument): boolean;
  /** Where the findings of a check are explained, as a part of a diagnostic. */
  explain(code: string): Pick<Diagnostic, "codeDescription">;
  /** As the client writes it, where it has the file open. */
  uriAt(path: FilePath): string;
}

export function createSession(connection: Connection, runtime: Runtime): Session {
  const timeSlice = createTimeSlice(runtime);
  const documents = createDocuments();
  const knownFiles = new Map<string, AsyncFiles | undefined>();
  const settings = readSettings(undefined);
  const folders: readonly FilePath[] = [];

  const log = (error: unknown): void =>
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));

  const readableFiles = (site: string): AsyncFiles | undefined => {
    if (!knownFiles.has(site)) knownFiles.set(site, runtime.files(...splitSite(site), timeSlice));
    return knownFiles.get(site);
  };

  const filesOf = (site: string): AsyncFiles => {
    const files = readableFiles(site);
    if (!files) throw new Error(`${site}: files of this kind cannot be read`);
    return files;
  };

  const session: Session = {
    connection,
    runtime,
    timeSlice,
    documents,
    client: unknownClient,
    folders,
    settings,
    projects: createProjects({ runtime, settings, folders, documents, filesOf }),
    configured: createLater(),
    started: createLater(),
    log,
    async guard(run) {
      try {
        return await run();
      } catch (error) {
        log(error);
        return undefined;
      }
    },
    readableFiles,
    filesOf,
    isChecked: ({ name, site }) => isSourceName(name) && readableFiles(site) !== undefined,
    explain(code) {
      // What comes with the client can be read without a network.
      const page = session.client.checksPage ?? runtime.checksPage;
      return page === undefined ? {} : { codeDescription: { href: `${page}#${code}` } };
    },
    uriAt: (path) => documents.at(path)?.uri ?? uriOf(path),
  };
  return session;
}

function createLater(): Later {
  let happened!: () => void;
  const promise = new Promise<void>((resolve) => void (happened = resolve));
  return { promise, happened };
}
