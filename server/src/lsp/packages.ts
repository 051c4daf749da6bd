/** Which packages are kept checked: those of open files, and all with assembly in the workspace folders. */
import { linksOf } from "../core/index.ts";
import { runAsync } from "../host/fileTask.ts";
import { walkTree } from "../host/loader.ts";
import type { Checker } from "./checker.ts";
import type { OpenDocument } from "./documents.ts";
import { directoryOf, type FilePath } from "./filePath.ts";
import type { Findings } from "./findings.ts";
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
  /** Reads the directories of files that have changed on disk. */
  reload(files: readonly FilePath[]): Promise<void>;
}

export interface PackagesInput {
  readonly session: Session;
  readonly checker: Checker;
  readonly findings: Findings;
  readonly whitelist: Whitelist;
  readonly refresh: Refresh;
}

export function createPackages(input: PackagesInput): Packages {
  const { session, checker, findings, whitelist, refresh } = input;
  const { documents } = session;

  const follow = async (document: OpenDocument): Promise<OpenProject | undefined> => {
    if (!session.isChecked(document)) return undefined;
    const { projects } = session;
    const open = await projects.of({ site: document.site, path: document.directory });
    if (session.projects !== projects) return follow(document);
    if (documents.get(document.uri)) checker.track(open, document.directory);
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

  return {
    follow,
    followWorkspace,

    unfollow({ site, directory }) {
      if (isInWorkspace({ site, path: directory }) || documents.namesIn(site, directory).size > 0) return;
      for (const open of session.projects.all) checker.untrack(open, directory);
    },

    async restart() {
      checker.clear();
      findings.clear();
      const projects = createProjects(session);
      session.projects = projects;
      await whitelist.read();
      for (const document of documents.all) {
        const open = await follow(document);
        if (open && session.projects === projects) await checker.fresh(open, document.directory);
      }
      if (session.projects === projects) await followWorkspace();
      checker.changed();
    },

    async reload(changed) {
      const { projects } = session;
      const directories = new Map<string, FilePath>();
      for (const { site, path } of changed)
        directories.set(site + directoryOf(path), { site, path: directoryOf(path) });
      for (const { site, path } of directories.values()) {
        if (!session.readableFiles(site)) continue;
        for (const open of projects.all) {
          const { snapshot } = open.project.workspace;
          // What is known only by what it links is read as a whole from here on.
          if (open.site === site && (snapshot.directories.has(path) || linksOf(snapshot).table(path)))
            await open.load([path]);
        }
        const hasAssembly = changed.some(
          (file) => file.path.endsWith(".s") && directoryOf(file.path) === path,
        );
        if (hasAssembly && isInWorkspace({ site, path })) {
          const open = await projects.of({ site, path });
          if (session.projects === projects) checker.track(open, path);
        }
      }
      checker.changed();
      refresh.ofPreviews();
    },
  };
}
