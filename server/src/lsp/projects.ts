/**
 * The trees that are open: which one a directory belongs to, each opened once.
 * A set of projects belongs to one state of the settings and of the files that
 * say what a tree is (go.mod and the like); when those change, make a new set.
 */
import { parseTarget, type Snapshot } from "../core/index.ts";
import { type AsyncFiles, type FileTask, runAsync } from "../host/fileTask.ts";
import { openTree } from "../host/openTree.ts";
import { createProject, load, loadUnresolved, type Project } from "../host/project.ts";
import { cachedFiles } from "../host/slicedFiles.ts";
import type { Documents } from "./documents.ts";
import type { FilePath } from "./filePath.ts";
import type { Runtime } from "./runtime.ts";
import type { Settings } from "./settings.ts";

export interface OpenProject {
  readonly site: string;
  readonly project: Project;
  /** Reads directories, again where they are known. One reading after the other, so that the last one counts. */
  load(directories: readonly string[]): Promise<void>;
  /** Reads what the last answer lacked; `asked` is the snapshot that gave it, where that is not the workspace's own. */
  loadUnresolved(asked?: Snapshot): Promise<void>;
}

export interface Projects {
  readonly all: readonly OpenProject[];
  /** The project whose tree holds a directory; opens it if need be. */
  of(directory: FilePath): Promise<OpenProject>;
}

export interface ProjectsInput {
  readonly runtime: Runtime;
  readonly settings: Settings;
  readonly folders: readonly FilePath[];
  readonly documents: Documents;
  /** Throws where files of this kind cannot be read. */
  filesOf(site: string): AsyncFiles;
  /** Called with each project once. */
  opened?(open: OpenProject): void;
}

export function createProjects({
  runtime,
  settings,
  folders,
  documents,
  filesOf,
  opened: tell,
}: ProjectsInput): Projects {
  const all: OpenProject[] = [];
  const byDirectory = new Map<string, Promise<OpenProject>>();
  const byTree = new Map<string, OpenProject>();
  const goLocations = runtime.goLocations(settings.goroot);
  // Finding a tree looks at the same few files from every directory.
  const lookups = new Map<string, AsyncFiles>();
  const lookupFiles = (site: string): AsyncFiles => {
    let found = lookups.get(site);
    if (!found) lookups.set(site, (found = cachedFiles(filesOf(site))));
    return found;
  };

  const open = async ({ site, path }: FilePath): Promise<OpenProject> => {
    const find = (directory: string) =>
      runAsync(openTree(directory, goLocations, { asRoot: false }), lookupFiles(site));
    let opened = await find(path);
    if (opened.trees[0]?.kind === "plain") {
      // What belongs to no tree belongs to the folder the user opened.
      const folder = folders.find((folder) => folder.site === site && path.startsWith(folder.path + "/"));
      if (folder) opened = await find(folder.path);
    }
    const [tree] = opened.trees;
    const key = `${site} ${tree?.kind} ${tree?.directory}`;
    const known = byTree.get(key);
    if (known) return known;
    const chosen = settings.targets.flatMap((name) => parseTarget(name) ?? []);
    const targets = opened.targets.filter((target) => chosen.includes(target));
    const options = {
      targets: targets.length > 0 ? targets : undefined,
      context: { cgo: false, tags: [] },
      vetRelease: settings.vetRelease,
      tests: true,
      sizes: "vet",
    } as const;
    const project = createProject(opened, options, { openTexts: documents.textsOf(site) });
    let reading = Promise.resolve();
    const inTurn = (task: () => FileTask<void>): Promise<void> => {
      const done = reading.then(() => runAsync(task(), filesOf(site)));
      reading = done.catch(() => undefined);
      return done;
    };
    const made: OpenProject = {
      site,
      project,
      load: (directories) => inTurn(() => load(project, directories)),
      loadUnresolved: (asked) => inTurn(() => loadUnresolved(project, asked)),
    };
    byTree.set(key, made);
    all.push(made);
    tell?.(made);
    return made;
  };

  return {
    all,
    of(directory) {
      const key = `${directory.site} ${directory.path}`;
      let found = byDirectory.get(key);
      if (!found) byDirectory.set(key, (found = open(directory)));
      return found;
    },
  };
}
