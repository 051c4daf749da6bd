/**
 * A tree opened and ready to be asked: its workspace, and the loop that reads
 * what the questions turn out to need.
 */
import {
  type AsmProfile,
  buildContext,
  type BuildContext,
  type Change,
  createWorld,
  profileFor,
  relative,
  type Snapshot,
  type Target,
  Workspace,
} from "../core/index.ts";
import { type FileTask, noting, runSync, type SyncFiles, type Unreadable } from "./fileTask.ts";
import { readDirectories, readOutlying } from "./loader.ts";
import type { OpenedTree } from "./openTree.ts";
import { isWaiting, linksOf } from "../core/index.ts";

export interface Project {
  readonly opened: OpenedTree;
  readonly workspace: Workspace;
  readonly profile: AsmProfile;
  readonly targets: readonly Target[];
  /** By path, why something that exists could not be read when that was tried last. */
  readonly unreadable: Map<string, string>;
  /** By path: an editor's open files, which count instead of those on disk. */
  readonly openTexts: ReadonlyMap<string, string>;
}

export interface ProjectOptions {
  /** undefined: all targets of the tree. */
  readonly targets: readonly Target[] | undefined;
  readonly context: Pick<BuildContext, "cgo" | "tags">;
  /** Minor number of the release whose vet to follow; undefined: the tree's own. */
  readonly vetRelease: number | undefined;
  /** Whether in-package tests count. */
  readonly tests: boolean;
  /** Whose sizes are wanted where no profile is asked for: vet's of its time, or always the compiler's. */
  readonly sizes: "vet" | "compiler";
}

/** Where texts come from, beside what the host loads. */
export interface ProjectFiles {
  readonly openTexts?: Project["openTexts"];
  /** What a question turns out to need is read from here while it is being answered; without, `settle` reads it and asks again. */
  readonly atOnce?: SyncFiles;
}

export function createProject(
  opened: OpenedTree,
  options: ProjectOptions,
  { openTexts = new Map(), atOnce }: ProjectFiles = {},
): Project {
  const targets = options.targets ?? opened.targets;
  const profile = profileFor(options.vetRelease ?? opened.vetRelease);
  const followsVet = options.sizes === "vet" || options.vetRelease !== undefined;
  const context = { ...buildContext(opened.release), baseline: opened.baseline, ...options.context };
  const world = createWorld(
    opened.trees,
    { targets, context },
    {
      sizeRules: followsVet ? profile.sizeRules : "gc",
      keepAliases: profile.keepAliases,
      tests: options.tests,
    },
  );
  const read =
    atOnce &&
    ((directory: string) => {
      const { change, unreadable } = runSync(readDirectories([directory]), atOnce);
      noteUnreadable(project, unreadable);
      return withOpenTexts(change, openTexts).directories?.get(directory);
    });
  const workspace = new Workspace(world, read);
  const project: Project = { opened, workspace, profile, targets, unreadable: new Map(), openTexts };
  noteUnreadable(project, opened.unreadable);
  return project;
}

/** Reads directories into the project. */
export function* load(project: Project, directories: readonly string[]): FileTask<void> {
  const { change, unreadable } = yield* readDirectories(directories);
  const again = new Set(directories);
  for (const path of project.unreadable.keys())
    if (again.has(path) || again.has(path.slice(0, path.lastIndexOf("/")))) project.unreadable.delete(path);
  noteUnreadable(project, unreadable);
  project.workspace.apply(withOpenTexts(change, project.openTexts));
}

export function noteUnreadable(project: Project, unreadable: readonly Unreadable[]): void {
  for (const { path, reason } of unreadable)
    if (!project.openTexts.has(path)) project.unreadable.set(path, reason);
}

/** What was read, with the texts of open files in place of those on disk. */
function withOpenTexts(change: Change, openTexts: Project["openTexts"]): Change {
  if (openTexts.size === 0) return change;
  const directories = new Map(change.directories);
  for (const [path, text] of openTexts) {
    const slash = path.lastIndexOf("/");
    const [directory, name] = [path.slice(0, slash), path.slice(slash + 1)];
    if (!directories.has(directory)) continue;
    const files = directories.get(directory) ?? [];
    const isOnDisk = files.some((file) => file.name === name);
    const open = { name, text };
    directories.set(
      directory,
      isOnDisk ? files.map((file) => (file.name === name ? open : file)) : [...files, open],
    );
  }
  return { ...change, directories };
}

/** Asks until the answer needs nothing that has not been read, and rests on all that was. */
export function* settle<T>(project: Project, ask: (snapshot: Snapshot) => T): FileTask<T> {
  for (;;) {
    const { snapshot } = project.workspace;
    const { outdated } = linksOf(snapshot);
    const answer = ask(snapshot);
    if (isWaiting(snapshot)) yield* loadUnresolved(project);
    else if (linksOf(snapshot).outdated === outdated) return answer;
  }
}

/** Reads what an answer from this snapshot lacked: first the directories that it named, then the rest of the trees. */
export function* loadUnresolved(
  project: Project,
  asked: Snapshot = project.workspace.snapshot,
): FileTask<void> {
  // Another may have read them in the meantime.
  const { snapshot } = project.workspace;
  const { directories } = snapshot;
  const unresolved = [...asked.unresolved].filter((path) => !directories.has(path));
  if (unresolved.length > 0) yield* load(project, unresolved);
  else if (linksOf(asked).isWaiting && snapshot.outlying === undefined) {
    const unreadable: Unreadable[] = [];
    const reading = readOutlying(linkedRoots(project), (path) => directories.has(path));
    const outlying = yield* noting(reading, unreadable);
    noteUnreadable(project, unreadable);
    project.workspace.apply({ outlying });
  }
}

/** The trees whose packages may give each other bodies: the user's own, not those they import from. */
export function linkedRoots({ opened }: Project): string[] {
  const [own] = opened.trees;
  if (own?.kind === "goroot") return [own.src];
  const modules = opened.trees.flatMap((tree) => (tree.kind === "module" ? [tree.directory] : []));
  const roots = [...new Set([opened.root, ...modules])];
  // What lies below another root is read with that one.
  return roots.filter(
    (root) => !roots.some((other) => other !== root && relative(other, root) !== undefined),
  );
}
