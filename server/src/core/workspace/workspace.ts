/**
 * What changes as the user edits: it takes changes and gives snapshots. The texts of a
 * snapshot never change; what an edit did not touch is the same object in the next one,
 * down to packages and declarations, and so are all values that are cached for them.
 *
 * A workspace reads one world: one list of targets, one Go release, one set of
 * trees. Text comes in through `apply`; which further directories are needed to
 * resolve imports, `Snapshot.unresolved` says, unless the host reads them at once.
 */
import { createSourceFile, type SourceFile } from "./sourceFile.ts";
import { createSnapshot, type Directory, type Snapshot } from "./snapshot.ts";
import type { World } from "./world.ts";

export interface Change {
  /** Whole directories, read or read again: the source files in each, or undefined where there is no such directory. */
  readonly directories?: ReadonlyMap<string, readonly DirectoryFile[] | undefined>;
  /**
   * The rest of the trees, once: of each directory that is not known otherwise, the assembly and
   * the files that hold one of `linkingMarks`.
   * A directory is dropped from it as soon as it is known as a whole.
   */
  readonly outlying?: ReadonlyMap<string, readonly DirectoryFile[]>;
  /** Single files of directories that are known: their new text, or undefined where they are gone. */
  readonly files?: readonly {
    readonly directory: string;
    readonly name: string;
    readonly text: string | undefined;
  }[];
}

export interface FileText {
  readonly name: string;
  readonly text: string;
}

/** A file that is there, and whose text nobody could read. */
export interface UnreadableFile {
  readonly name: string;
  readonly isUnreadable: true;
}

export type DirectoryFile = FileText | UnreadableFile;

/** The source files of a directory; undefined where there is none. */
export type ReadDirectory = (path: string) => readonly DirectoryFile[] | undefined;

export class Workspace {
  private current: Snapshot;
  private outlying: ReadonlyMap<string, Directory> | undefined;
  private readonly readText: ReadDirectory | undefined;

  /** With `read`, directories that turn out to be needed are read at once, and no snapshot has unresolved ones. */
  constructor(world: World, read?: ReadDirectory) {
    this.readText = read;
    this.current = this.createSnapshot(world, new Map());
  }

  get snapshot(): Snapshot {
    return this.current;
  }

  /** A workspace that begins with what this one has now. What is applied to either, the other does not hear of. */
  fork(): Workspace {
    const made = new Workspace(this.current.world, this.readText);
    made.current = this.current;
    made.outlying = this.outlying;
    return made;
  }

  /** Takes a change in and returns the snapshot after it. */
  apply(change: Change): Snapshot {
    const directories = new Map(this.current.directories);
    for (const [path, files] of change.directories ?? []) {
      directories.set(path, files && createDirectory(path, files, directories.get(path)));
    }
    for (const { directory: path, name, text } of change.files ?? []) {
      const old = directories.get(path);
      const files = new Map(old?.files);
      if (text === undefined) files.delete(name);
      else files.set(name, createSourceFile(name, text, old?.files.get(name)));
      const unreadable = new Set(old?.unreadable);
      unreadable.delete(name);
      directories.set(path, { path, files, unreadable });
    }
    if (change.outlying) {
      this.outlying = new Map(
        Array.from(change.outlying, ([path, files]) => [path, createDirectory(path, files, undefined)]),
      );
    }
    this.current = this.createSnapshot(this.current.world, directories);
    return this.current;
  }

  private createSnapshot(world: World, directories: Map<string, Directory | undefined>): Snapshot {
    const { outlying, readText } = this;
    const read =
      readText &&
      ((path: string): Directory | undefined => {
        const files = readText(path);
        return files && createDirectory(path, files, undefined);
      });
    return createSnapshot(world, { directories, outlying, read }, this.current);
  }
}

function createDirectory(
  path: string,
  found: readonly DirectoryFile[],
  old: Directory | undefined,
): Directory {
  const files = new Map<string, SourceFile>();
  const unreadable = new Set<string>();
  for (const file of found) {
    const { name } = file;
    if ("text" in file) files.set(name, createSourceFile(name, file.text, old?.files.get(name)));
    else unreadable.add(name);
  }
  return { path, files, unreadable };
}
