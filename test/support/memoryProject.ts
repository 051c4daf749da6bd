/** A small tree held in memory, opened as the command line opens one on disk. */
import { parseTarget, type Snapshot } from "../../server/src/core/index.ts";
import { runSync } from "../../server/src/host/fileTask.ts";
import { memoryFiles } from "../../server/src/host/memoryFiles.ts";
import { openTree } from "../../server/src/host/openTree.ts";
import { createProject, load, type Project, settle } from "../../server/src/host/project.ts";

export interface MemoryProject {
  readonly project: Project;
  /** Reads directories. */
  load(directories: readonly string[]): void;
  /** Asks until nothing more is wanted, reading from the texts given at the start, as they are by then. */
  ask<T>(question: (snapshot: Snapshot) => T): T;
}

/** Opens the tree at `root`, for its own targets unless some are named, reads `directories` of it, and stands ready to be asked. */
export function memoryProject(
  texts: ReadonlyMap<string, string>,
  root: string,
  directories: readonly string[],
  targets?: readonly string[],
  /** Whether what a question turns out to need is read while it is being answered, as the command line does. */
  readsAtOnce = false,
): MemoryProject {
  const files = memoryFiles(texts);
  const places = { goroots: ["/goroot"], gopaths: [], moduleCache: "/modcache" };
  const opened = runSync(openTree(root, places, { asRoot: true }), files);
  const project = createProject(
    opened,
    {
      targets: targets?.map((name) => parseTarget(name)!),
      context: { cgo: false, tags: [] },
      vetRelease: undefined,
      tests: true,
      sizes: "vet",
    },
    readsAtOnce ? { atOnce: files } : {},
  );
  runSync(load(project, directories), files);
  return {
    project,
    load: (directories) => runSync(load(project, directories), files),
    ask: (question) => runSync(settle(project, question), files),
  };
}
