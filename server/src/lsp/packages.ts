/** Which packages are kept checked: those of open files, and all with assembly in the workspace folders. */
import { runAsync } from "../host/fileTask.ts";
import { walkTree } from "../host/loader.ts";
import type { Checker } from "./checker.ts";
import type { OpenDocument } from "./documents.ts";
import { directoryOf, type FilePath } from "./filePath.ts";
import type { Findings } from "./findings.ts";
import type { Journal } from "./journal.ts";
import { createProjects, type OpenProject } from "./projects.ts";
import type { Refresh } from "./refresh.ts";
import type { Session } from "./session.ts";
import type { Whitelist } from "./whitelist.ts";

export interface Packages {
  /** The project of an open document, its directory kept checked as long as it is open. */
  follow(document: OpenDocument): Promise<OpenProject | undefined>;
  /** Its directory is kept checked only where there is another reason. */
  unfollow(document: OpenDocument): void;
  /** Finds every package with assembly in the workspace folders. */
  followWorkspace(): Promise<void>;
  /** Opens everything anew, the open documents' packages first. */
  restart(): Promise<void>;
  /** Finds those below folders that were added. */
  followBelow(folders: readonly FilePath[]): Promise<void>;
  /** Reads what is known of the directories of files that have changed on disk, and of everything at or below these folders. */
  reload(files: readonly FilePath[], folders?: readonly FilePath[]): Promise<void>;
  /** Reads everything that is kept checked again. */
  reloadAll(): Promise<void>;
}

export interface PackagesInput {
  readonly session: Session;
  readonly checker: Checker;
  readonly findings: Findings;
  readonly whitelist: Whitelist;
  readonly refresh: Refresh;
  readonly journal: Journal;
}

export function createPackages(input: PackagesInput): Packages {
  const { session, checker, findings, whitelist, refresh, journal } = input;
  const { documents } = session;

  const follow = async (document: OpenDocument): Promise<OpenProject | undefined> => {
    if (!session.isChecked(document)) return undefined;
    const { projects } = session;
    const open = await projects.of({ site: document.site, path: document.directory });
    if (session.projects !== projects) return follow(document);
    if (documents.at(document)) checker.track(open, document.directory);
    return open;
  };

  const followWorkspace = async (): Promise<void> => {
    const { projects, folders } = session;
    for (const { site, path } of folders) {
      const files = session.readableFiles(site);
      if (!files) continue;
      const { assembly } = await runAsync(walkTree(path), files);
      for (const directory of assembly) {
        const open = await projects.of({ site, path: directory });
        if (session.projects !== projects) return;
        checker.track(open, directory);
      }
    }
  };

  /** Whether the workspace's own walk finds this directory. */
  const isInWorkspace = ({ site, path }: FilePath): boolean =>
    session.folders.some((folder) => {
      if (folder.site !== site) return false;
      if (folder.path === path) return true;
      if (!path.startsWith(folder.path + "/")) return false;
      const names = path.slice(folder.path.length + 1).split("/");
      return names.every((name) => name !== "testdata" && name !== "node_modules" && !/^[._]/.test(name));
    });

  const restart = async (): Promise<void> => {
    checker.clear();
    findings.clear();
    journal.begins();
    const projects = createProjects({ ...session, opened: journal.opened });
    session.projects = projects;
    await whitelist.read();
    for (const document of documents.all) {
      const open = await follow(document);
      if (open && session.projects === projects) await checker.fresh(open, document.directory);
    }
    if (session.projects === projects) await followWorkspace();
    checker.changed();
  };

  return {
    follow,
    followWorkspace,

    unfollow({ site, directory }) {
      if (isInWorkspace({ site, path: directory }) || documents.namesIn(site, directory).size > 0) return;
      for (const open of session.projects.all) checker.untrack(open, directory);
    },

    restart,

    async followBelow(folders) {
      const { projects } = session;
      let bringsTree = false;
      for (const { site, path } of folders) {
        const files = session.readableFiles(site);
        if (!files || !isInWorkspace({ site, path })) continue;
        const { assembly, modules } = await runAsync(walkTree(path), files);
        bringsTree ||= modules.length > 0;
        for (const directory of assembly) {
          const open = await projects.of({ site, path: directory });
          if (session.projects === projects) checker.track(open, directory);
        }
      }
      if (bringsTree && session.projects === projects) await restart();
    },

    async reloadAll() {
      for (const open of session.projects.all) await open.load(checker.tracked(open));
      checker.changed();
    },

    async reload(files, folders = []) {
      const { projects } = session;
      for (const open of projects.all) {
        const directories = changedDirectories(open, files, folders);
        if (directories.length === 0) continue;
        await open.load(directories);
        const { snapshot } = open.project.workspace;
        for (const directory of directories) {
          const isGone = snapshot.directories.get(directory) === undefined;
          if (isGone && documents.namesIn(open.site, directory).size === 0) checker.untrack(open, directory);
        }
      }
      for (const { site, path } of files) {
        const directory = { site, path: directoryOf(path) };
        if (!path.endsWith(".s") || !isInWorkspace(directory)) continue;
        const open = await projects.of(directory);
        const { directories } = open.project.workspace.snapshot;
        const isGone = directories.has(directory.path) && directories.get(directory.path) === undefined;
        if (session.projects === projects && !isGone) checker.track(open, directory.path);
      }
      checker.changed();
      refresh.ofPreviews();
    },
  };
}

/** The directories that a project knows of those files and of what is at or below those folders. */
function changedDirectories(
  { site, project }: OpenProject,
  files: readonly FilePath[],
  folders: readonly FilePath[],
): string[] {
  const here = (list: readonly FilePath[]): string[] =>
    list.filter((file) => file.site === site).map(({ path }) => path);
  const ofFiles = new Set(here(files).map(directoryOf));
  const above = new Set(here(folders));
  const isBelow = (directory: string): boolean => {
    for (let at = directory; at !== ""; at = directoryOf(at)) if (above.has(at)) return true;
    return false;
  };
  const { directories, outlying } = project.workspace.snapshot;
  // What is known only by what it links is read as a whole from here on.
  const known = new Set([...directories.keys(), ...(outlying?.keys() ?? [])]);
  return [...known].filter((directory) => ofFiles.has(directory) || (above.size > 0 && isBelow(directory)));
}
