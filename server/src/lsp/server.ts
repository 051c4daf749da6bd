/**
 * The language server: tells the checker what is open and what has changed, and
 * the client what is found. All state lives in here; the machine it runs on comes
 * in as a `Runtime`. A handler that throws is logged and answers nothing.
 */
import {
  type CodeAction,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  type WatchKind,
} from "vscode-languageserver";
import {
  type Finding,
  isCName,
  isHeaderName,
  isSourceName,
  type Snapshot,
  type SourceFile,
  targetsOf,
  type WhitelistFile,
  withoutMisread,
} from "../core/index.ts";
import { type AsyncFiles, runAsync } from "../host/fileTask.ts";
import { walkTree } from "../host/loader.ts";
import { createTimeSlice } from "../host/timeSlice.ts";
import { readWhitelist } from "../host/readWhitelist.ts";
import { createChecker } from "./checker.ts";
import { codeActions } from "./codeActions.ts";
import { serveCodeLenses } from "./codeLenses.ts";
import { Documents, type OpenDocument } from "./documents.ts";
import { serveHover } from "./hover.ts";
import { baseName, directoryOf, type Place, placeOf, splitSite, uriOf } from "./place.ts";
import { servePreviews } from "./previews.ts";
import { createProgress } from "./progress.ts";
import { createProjects, type OpenProject, type Projects } from "./projects.ts";
import {
  checkWorkspaceMethod,
  type InitializationOptions,
  previewsChangedMethod,
  type Status,
  statusMethod,
  type Targets,
  targetsMethod,
} from "./protocol.ts";
import { createPublisher, type Publisher } from "./publisher.ts";
import type { Ask } from "./ask.ts";
import type { Runtime } from "./runtime.ts";
import { readSettings, type Settings } from "./settings.ts";
import { diagnostic, type DiagnosticOptions, linesOf, targetNames, toDiagnostic } from "./toProto.ts";
import { unmatchedEntries, visibleFindings } from "./whitelist.ts";
import { isWaiting, linksOf } from "../core/index.ts";

/** What was found in a file, by stage of the checks, hidden findings too. */
interface FileFound {
  readonly directory: string;
  readonly name: string;
  readonly stages: (Found | undefined)[];
}

/** What one stage of the checks found in a file, and the text it was found in. */
interface Found {
  readonly source: SourceFile | undefined;
  readonly findings: readonly Finding[];
}

/** The findings of several stages that are to be shown: what one finds may refute what another does. */
function shownOf(stages: readonly (Found | undefined)[]): readonly Finding[] {
  return withoutMisread(stages.flatMap((stage) => stage?.findings ?? []));
}

/** Files that say what a tree is: when one changes, everything is opened anew. */
const treeFiles = ["go.mod", "go.work", "VERSION"];

export function startServer(connection: Connection, runtime: Runtime): void {
  const turns = createTimeSlice(runtime);
  const documents = new Documents();
  let client = readClient({ processId: null, rootUri: null, capabilities: {} });
  let publisher: Publisher;
  let folders: readonly Place[] = [];
  let settings: Settings = readSettings(undefined);
  let whitelist: readonly WhitelistFile[] = [];
  let projects: Projects = createProjects({ runtime, settings, folders, documents, files: filesOf });
  /** What was found in each checked file, by project and URI. */
  let findings = new Map<OpenProject, Map<string, FileFound>>();
  /** Work under way that will end in something to check. */
  const pending = new Set<Promise<unknown>>();
  let started: Promise<void> = new Promise(() => undefined);
  /** The settings are known, and files can be asked about. */
  let configured: Promise<unknown> = started;

  function log(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** Runs a handler; what it throws is logged. */
  async function guard<T>(run: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      log(error);
      return undefined;
    }
  }

  /** Runs a handler that may find more to check: as long as it runs, not everything is known. */
  function work(run: () => Promise<unknown>): Promise<void> {
    const done = guard(run).then(() => {
      pending.delete(done);
      if (pending.size === 0) checker.changed();
    });
    pending.add(done);
    return done;
  }

  // ---- Files and projects

  const knownFiles = new Map<string, AsyncFiles | undefined>();

  function readableFiles(site: string): AsyncFiles | undefined {
    if (!knownFiles.has(site)) knownFiles.set(site, runtime.files(...splitSite(site), turns));
    return knownFiles.get(site);
  }

  function filesOf(site: string): AsyncFiles {
    const files = readableFiles(site);
    if (!files) throw new Error(`${site}: files of this kind cannot be read`);
    return files;
  }

  function isChecked({ name, site }: OpenDocument): boolean {
    return isSourceName(name) && readableFiles(site) !== undefined;
  }

  function uriAt(place: Place): string {
    return documents.at(place)?.uri ?? uriOf(place);
  }

  // ---- Checking

  const diagnosticOptions = (site: string): DiagnosticOptions => ({
    rules: settings.rules,
    checksPage: runtime.checksPage,
    related: client.showsRelated,
    uriOf: (directory, file) => uriAt({ site, path: `${directory}/${file}` }),
  });

  const progress = createProgress(connection, () => client.showsProgress, {
    cancel() {
      checker.cancel();
      checker.changed();
    },
    failed: log,
  });

  /** Tells the client a file's findings of all stages; those of a later stage may still be of the text before. */
  function show(open: OpenProject, uri: string, snapshot: Snapshot, { stages }: FileFound): void {
    const shown = visibleFindings(whitelist, open.project, shownOf(stages));
    const options = diagnosticOptions(open.site);
    publisher.set(
      uri,
      shown.flatMap((finding) => toDiagnostic(snapshot, finding, uri, options) ?? []),
    );
  }

  const checker = createChecker({
    turns,
    clock: runtime,
    openNames: ({ site }, directory) => documents.namesIn(site, directory),
    found(open, directory, stage, { file: name, findings: found }, snapshot) {
      const uri = uriAt({ site: open.site, path: `${directory}/${name}` });
      let known = findings.get(open);
      if (!known) findings.set(open, (known = new Map()));
      let file = known.get(uri);
      if (!file) known.set(uri, (file = { directory, name, stages: [] }));
      const source = snapshot.file(directory, name);
      const last = file.stages[stage];
      if (last?.findings === found && last.source === source) return;
      file.stages[stage] = { source, findings: found };
      show(open, uri, snapshot, file);
    },
    finished(open, directory, stage, files) {
      const known = findings.get(open) ?? new Map<string, FileFound>();
      for (const [uri, file] of known) {
        if (file.directory !== directory || files.has(file.name)) continue;
        const hadFindings = (file.stages[stage]?.findings.length ?? 0) > 0;
        file.stages[stage] = undefined;
        if (hadFindings) show(open, uri, open.project.workspace.snapshot, file);
        if (file.stages.every((found) => !found || found.findings.length === 0)) known.delete(uri);
      }
    },
    progress(left) {
      progress.update(left, checker.count);
      if (left > 0) sendStatus("checking");
    },
    idle() {
      const unmatched = whitelistDiagnostics();
      for (const [uri, diagnostics] of unmatched) publisher.set(uri, diagnostics);
      const checked = new Set([...findings.values()].flatMap((known) => [...known.keys()]));
      if (pending.size === 0) publisher.keepOnly((uri) => checked.has(uri) || unmatched.has(uri));
      publisher.refresh();
      tellOfLinks();
      sendStatus("ready");
    },
    failed: log,
  });

  let lastStatus = "";
  function sendStatus(state: Status["state"]): void {
    const counts = projects.all.map(({ project }) => project.targets.length);
    const status: Status = {
      state,
      packages: checker.count,
      targets: Math.max(0, ...counts),
      findings: publisher.count,
    };
    const text = JSON.stringify(state === "checking" ? { state } : status);
    if (text === lastStatus) return;
    lastStatus = text;
    void connection.sendNotification(statusMethod, status);
  }

  /** Where an entry of a whitelist hides nothing in any project. */
  function whitelistDiagnostics(): Map<string, Diagnostic[]> {
    const byUri = new Map<string, Diagnostic[]>();
    const place = whitelistPlace();
    // As long as something is still to be checked, its findings may match.
    if (!place || pending.size > 0) return byUri;
    const perProject = projects.all.map(({ project }, i) => {
      const files = [...(findings.get(projects.all[i]!)?.values() ?? [])];
      const known = files.flatMap(({ stages }) => shownOf(stages));
      return { project, entries: unmatchedEntries(whitelist, project.opened.base, project.targets, known) };
    });
    const [first, ...others] = perProject;
    for (const { file, line, text, targets } of first?.entries ?? []) {
      const isMatched = others.some(
        ({ entries }) => !entries.some((e) => e.file === file && e.line === line),
      );
      if (isMatched) continue;
      const uri = uriAt({ site: place.site, path: `${place.path}/${file}` });
      const range = { start: { line, character: 0 }, end: { line, character: text.length } };
      const names = targetNames(first!.project.workspace.snapshot, targets);
      const finding = {
        code: "whitelist",
        severity: "warning",
        message: "no finding matches this entry",
      } as const;
      const made = diagnostic({ ...finding, range, names, uri }, diagnosticOptions(place.site));
      if (made) byUri.set(uri, [...(byUri.get(uri) ?? []), made]);
    }
    return byUri;
  }

  function whitelistPlace(): Place | undefined {
    const path = settings.whitelist?.replaceAll("\\", "/").replace(/\/+$/, "");
    if (!path) return undefined;
    const [folder] = folders;
    const site = folder?.site ?? "file://";
    if (/^[A-Za-z]:\//.test(path)) return { site, path: `/${path}` };
    if (path.startsWith("/")) return { site, path };
    return folder && { site, path: `${folder.path}/${path}` };
  }

  // ---- What is kept checked

  /** The project of an open document, its directory tracked. */
  async function follow(doc: OpenDocument): Promise<OpenProject | undefined> {
    if (!isChecked(doc)) return undefined;
    const mine = projects;
    const open = await mine.of({ site: doc.site, path: doc.directory });
    if (projects !== mine) return follow(doc);
    if (documents.get(doc.uri)) checker.track(open, doc.directory);
    return open;
  }

  /** Finds and tracks every package with assembly in the workspace folders. */
  async function followWorkspace(): Promise<void> {
    const mine = projects;
    for (const { site, path } of folders) {
      const files = readableFiles(site);
      if (!files) continue;
      const { assembly } = await runAsync(walkTree(path), files);
      for (const directory of assembly) {
        const open = await mine.of({ site, path: directory });
        if (projects !== mine) return;
        checker.track(open, directory);
      }
    }
  }

  /** Whether the workspace's own walk finds this directory. */
  function isInWorkspace({ site, path }: Place): boolean {
    return folders.some((folder) => {
      if (folder.site !== site) return false;
      if (folder.path === path) return true;
      if (!path.startsWith(folder.path + "/")) return false;
      const names = path.slice(folder.path.length + 1).split("/");
      return names.every((name) => name !== "testdata" && name !== "node_modules" && !/^[._]/.test(name));
    });
  }

  /** Opens everything anew, the open documents' packages first. */
  async function restart(): Promise<void> {
    checker.clear();
    findings = new Map();
    projects = createProjects({ runtime, settings, folders, documents, files: filesOf });
    const mine = projects;
    const place = whitelistPlace();
    const files = place && readableFiles(place.site);
    whitelist = place && files ? ((await runAsync(readWhitelist(place.path), files)) ?? []) : [];
    for (const doc of documents.all) {
      const open = await follow(doc);
      if (open && projects === mine) await checker.fresh(open, doc.directory);
    }
    if (projects === mine) await followWorkspace();
    checker.changed();
  }

  // ---- Changes on disk

  async function reload(places: readonly Place[]): Promise<void> {
    const mine = projects;
    const directories = new Map<string, Place>();
    for (const { site, path } of places)
      directories.set(site + directoryOf(path), { site, path: directoryOf(path) });
    for (const { site, path } of directories.values()) {
      if (!readableFiles(site)) continue;
      for (const open of mine.all) {
        const { snapshot } = open.project.workspace;
        // What is known only by what it links is read as a whole from here on.
        if (open.site === site && (snapshot.directories.has(path) || linksOf(snapshot).table(path)))
          await open.load([path]);
      }
      const hasAssembly = places.some(
        (place) => place.path.endsWith(".s") && directoryOf(place.path) === path,
      );
      if (hasAssembly && isInWorkspace({ site, path })) {
        const open = await mine.of({ site, path });
        if (projects === mine) checker.track(open, path);
      }
    }
    checker.changed();
    if (client.opensPreviews) void connection.sendNotification(previewsChangedMethod);
  }

  // ---- The protocol

  connection.onInitialize((params): InitializeResult => {
    client = readClient(params);
    publisher = createPublisher({
      connection,
      documents,
      pulls: client.pulls,
      canRefresh: client.canRefresh,
    });
    const roots =
      params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri === null ? [] : [params.rootUri]);
    folders = roots.flatMap((uri) => placeOf(uri) ?? []);
    settings = readSettings(
      (params.initializationOptions as Partial<InitializationOptions> | undefined)?.settings,
    );
    return {
      serverInfo: { name: "rt0" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        codeLensProvider: { resolveProvider: true },
        hoverProvider: true,
        inlayHintProvider: true,
        definitionProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(client.pulls && {
          diagnosticProvider: { identifier: "rt0", interFileDependencies: true, workspaceDiagnostics: false },
        }),
      },
    };
  });

  connection.onInitialized(() => {
    configured = guard(readConfiguration);
    started = work(async () => {
      await configured;
      await Promise.all([listenToClient(), restart()]);
    });
    if (!client.changesFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      work(async () => {
        const gone = new Set(removed.map(({ uri }) => uri));
        const stay = folders.filter((folder) => !gone.has(uriOf(folder)));
        folders = [...stay, ...added.flatMap(({ uri }) => placeOf(uri) ?? [])];
        await restart();
      }),
    );
  });

  async function readConfiguration(): Promise<void> {
    if (client.hasConfiguration) settings = readSettings(await connection.workspace.getConfiguration("rt0"));
  }

  async function listenToClient(): Promise<void> {
    if (client.registersConfiguration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: "rt0" });
    }
    if (client.registersWatchers) {
      const kind = 7 satisfies WatchKind;
      const globs = ["**/*.{go,h,s}", `**/{${treeFiles.join(",")}}`];
      const place = whitelistPlace();
      const watchers = globs.map((globPattern) => ({ globPattern, kind }));
      const listed = place ? [{ globPattern: { baseUri: uriOf(place), pattern: "*.txt" }, kind }] : [];
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [...watchers, ...listed],
      });
    }
  }

  connection.onDidChangeConfiguration(({ settings: given }) =>
    work(async () => {
      await started;
      const before = JSON.stringify(settings);
      if (client.hasConfiguration) await readConfiguration();
      else settings = readSettings((given as { rt0?: unknown } | undefined)?.rt0);
      if (JSON.stringify(settings) !== before) await restart();
    }),
  );

  connection.onDidChangeWatchedFiles(({ changes }) =>
    work(async () => {
      await started;
      const places = changes.flatMap(({ uri }) => placeOf(uri) ?? []);
      const listed = whitelistPlace();
      const changesTrees = places.some((place) => treeFiles.includes(baseName(place.path)));
      const changesWhitelist = places.some((place) => listed && directoryOf(place.path) === listed.path);
      if (changesTrees || changesWhitelist) await restart();
      // What is open counts as the client says, not as the disk does.
      else await reload(places.filter((place) => isRead(place.path) && !documents.at(place)));
    }),
  );

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) =>
    work(async () => {
      const doc = documents.open(uri, version, text);
      if (!doc) return;
      publisher.turned(uri);
      applyText(doc, text);
      await started;
      await follow(doc);
    }),
  );

  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    guard(() => {
      const doc = documents.change(uri, version, contentChanges);
      if (doc) applyText(doc, doc.text);
    }),
  );

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) =>
    work(async () => {
      const doc = documents.close(uri);
      if (!doc) return;
      publisher.turned(uri);
      await started;
      const place = { site: doc.site, path: doc.directory };
      await reload([doc]);
      if (isInWorkspace(place) || documents.namesIn(doc.site, doc.directory).size > 0) return;
      for (const open of projects.all) checker.untrack(open, doc.directory);
    }),
  );

  /** Every project that knows the file's directory sees the new text at once. */
  function applyText({ site, directory, name }: OpenDocument, text: string): void {
    if (!isSourceName(name)) return;
    for (const { site: own, project } of projects.all) {
      if (own !== site || !project.workspace.snapshot.directories.has(directory)) continue;
      project.workspace.apply({ files: [{ directory, name, text }] });
    }
    checker.edited();
  }

  connection.languages.diagnostics.on(async ({ textDocument: { uri } }) => {
    const items = await guard(async () => {
      const doc = documents.get(uri);
      if (!doc) return [];
      await started;
      const open = await follow(doc);
      if (open) await checker.fresh(open, doc.directory);
      return publisher.pull(uri);
    });
    return { kind: "full", items: [...(items ?? [])] };
  });

  // ---- Answers to questions

  const ask: Ask = (uri, question, revise) =>
    guard(async () => {
      const place = placeOf(uri);
      if (!place || !readableFiles(place.site)) return undefined;
      await configured;
      const [directory, name] = uri.endsWith("/")
        ? [place.path, ""]
        : [directoryOf(place.path), baseName(place.path)];
      const open = await projects.of({ site: place.site, path: directory });
      const { workspace } = open.project;
      if (!workspace.snapshot.directories.has(directory)) await open.load([directory]);
      for (;;) {
        const snapshot = revise ? await revise(open) : workspace.snapshot;
        const answer = question({ snapshot, open, directory, name });
        if (!isWaiting(snapshot)) return answer;
        await open.loadUnresolved(revise && snapshot);
      }
    });

  connection.onCodeAction(async ({ textDocument: { uri }, range, context: { diagnostics, only } }) => {
    const kinds = only ?? [CodeActionKind.QuickFix];
    if (!kinds.some((kind) => kind === "" || kind === CodeActionKind.QuickFix)) return [];
    const actions = await ask(uri, ({ snapshot, open, directory, name }): CodeAction[] => {
      const source = snapshot.file(directory, name);
      if (!source) return [];
      // What was found in another text may stand elsewhere now.
      const stages = findings.get(open)?.get(uri)?.stages ?? [];
      const all = shownOf(stages.filter((found) => found?.source === source));
      const shown = visibleFindings(whitelist, open.project, all).filter(
        ({ code }) => settings.rules[code] !== "off",
      );
      const lines = linesOf(source);
      const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
      return codeActions({ uri, source, findings: shown, span, diagnostics });
    });
    return actions ?? [];
  });

  serveCodeLenses({
    connection,
    ask,
    isOn: () => settings.codeLens,
    opensPreviews: () => client.opensPreviews,
  });

  const uriOfFile = (site: string, directory: string, file: string): string =>
    uriAt({ site, path: `${directory}/${file}` });

  serveHover({
    connection,
    ask,
    uriOf: uriOfFile,
    besideGopls: () => settings.leaveToGopls,
    showsHints: () => settings.inlayHints,
    opensPreviews: () => client.opensPreviews,
  });

  servePreviews({
    connection,
    ask,
    uriOf: uriOfFile,
    home: () => folders[0] && uriOf({ ...folders[0], path: `${folders[0].path}/` }),
  });

  let toldLinks: readonly object[] = [];
  let toldCodeLens = true;

  /** Code lenses and previews speak of other files than their own. */
  function tellOfLinks(): void {
    const stamps = projects.all.map(({ project }) => linksOf(project.workspace.snapshot).stamp);
    const isKnown = stamps.length === toldLinks.length && stamps.every((stamp, i) => stamp === toldLinks[i]);
    if (isKnown && toldCodeLens === settings.codeLens) return;
    toldLinks = stamps;
    toldCodeLens = settings.codeLens;
    if (client.refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (client.opensPreviews) void connection.sendNotification(previewsChangedMethod);
  }

  connection.onRequest(checkWorkspaceMethod, async (): Promise<Status> => {
    await started;
    await work(followWorkspace);
    await settled();
    return {
      state: "ready",
      packages: checker.count,
      targets: Math.max(0, ...projects.all.map(({ project }) => project.targets.length)),
      findings: publisher.count,
    };
  });

  async function settled(): Promise<void> {
    do {
      await Promise.all(pending);
      await checker.settled();
    } while (pending.size > 0);
  }

  connection.onRequest(targetsMethod, async (): Promise<Targets> => {
    await started;
    const known = new Set<string>(
      projects.all.flatMap(({ project }) => project.opened.targets.map(({ name }) => name)),
    );
    const all = known.size > 0 ? [...known] : targetsOf().map(({ name }) => name as string);
    const chosen = all.filter((name) => settings.targets.includes(name));
    return { known: all, chosen: chosen.length > 0 ? chosen : all };
  });
}

/** Whether the workspace reads files of this name. */
function isRead(path: string): boolean {
  return isSourceName(path) || isHeaderName(path) || isCName(path);
}

/** What the client can do. */
function readClient({ capabilities, initializationOptions }: InitializeParams) {
  const { textDocument, workspace, window } = capabilities;
  const wantsPush =
    (initializationOptions as Partial<InitializationOptions> | undefined)?.diagnostics === "push";
  return {
    pulls: textDocument?.diagnostic !== undefined && !wantsPush,
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    showsRelated: textDocument?.publishDiagnostics?.relatedInformation === true,
    showsProgress: window?.workDoneProgress === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    opensPreviews: (initializationOptions as Partial<InitializationOptions> | undefined)?.previews === true,
    changesFolders: workspace?.workspaceFolders === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
  };
}
