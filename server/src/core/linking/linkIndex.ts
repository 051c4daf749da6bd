/**
 * What the linker would find in all directories that are known: their tables, and
 * what each gives to packages other than its own. Few questions need more than
 * the directories that were read anyway; those ask for the rest of the trees, of
 * which only the files that speak of other packages are kept.
 */
import type { TargetSet } from "../model/targets/targetSet.ts";
import type { Directory, Snapshot, SnapshotPart } from "../workspace/snapshot.ts";
import {
  addTargets,
  createLinkTable,
  type Linkname,
  linksAlike,
  type LinkTable,
  type LinkText,
} from "./linkTable.ts";
import type { World } from "../workspace/world.ts";

export interface LinkIndex {
  /** Of a directory that is known. */
  table(directory: string): LinkTable | undefined;
  readonly tables: readonly LinkTable[];
  /** Those of `tables` that have assembly which is built anywhere. */
  readonly withAssembly: readonly LinkTable[];
  /** TEXT symbols that a directory defines for another package, or for none. */
  readonly foreignTexts: ReadonlyMap<string, readonly Located<LinkText>[]>;
  /** By the symbol they name. */
  readonly linknames: ReadonlyMap<string, readonly Located<Linkname>[]>;
  /** Symbols of C, and where they are brought in. */
  readonly imported: ReadonlyMap<string, TargetSet>;
  /** Symbols that C is shown, and where. */
  readonly exported: ReadonlyMap<string, TargetSet>;
  /** Whether every file of the trees is known, so that what is not found is not there; directories that are not known are asked for. */
  isComplete(): boolean;
  /** Whether someone asked for what is not known yet. */
  readonly isWaiting: boolean;
  /** The same object as long as no directory tells the others anything new: one that is read in the midst of an answer may. */
  readonly stamp: object;
  /** How often it did after the index had been looked at: an answer during which this grew may rest on less than is known now. */
  readonly outdated: number;
}

export interface Located<T> {
  readonly directory: string;
  readonly item: T;
}

/** What an index is made from. */
type Known = Pick<Snapshot, "directories" | "outlying">;

/** What an index hands on to the next. */
interface State extends LinkIndex, Known {
  /** Directories that changed since `stamp` was compared last, as they were then. */
  readonly pending: Map<string, Directory | undefined>;
  readonly lastStamp: () => object;
  /** How many directories there were when the index was made; more may have been read since. */
  readonly sizeAtFirst: number;
}

const linkPart: SnapshotPart<State> = { create: createLinkIndex };

/** What the linker would find in the directories that a snapshot knows. */
export function linksOf(snapshot: Snapshot): LinkIndex {
  return snapshot.part(linkPart);
}

/** Whether an answer from this snapshot rests on less than can be read: directories it named, or the rest of the trees. */
export function isWaiting(snapshot: Snapshot): boolean {
  return snapshot.unresolved.size > 0 || linksOf(snapshot).isWaiting;
}

function createLinkIndex(snapshot: Snapshot, old: State | undefined): State {
  const { world, directories, outlying } = snapshot;
  const pending = new Map(old?.pending);
  if (old) notePending(old, { directories, outlying }, pending);
  let stamp = old?.lastStamp() ?? {};
  let isWaiting = false;
  let tables: readonly LinkTable[] | undefined;
  let withAssembly: readonly LinkTable[] | undefined;
  let merged: Merged | undefined;
  const known = (path: string): Directory | undefined => directories.get(path) ?? outlying?.get(path);
  const find = (path: string): Directory | undefined =>
    known(path) ?? (snapshot.isKnown(path) ? directories.get(path) : undefined);
  const sizeAtFirst = directories.size;
  let size = sizeAtFirst;
  let outdated = 0;
  /** Whether directories were found since it was asked last of which the rest of the trees does not tell. */
  const hasGrown = (): boolean => {
    if (directories.size === size) return false;
    const added = [...directories.keys()].slice(size);
    ({ size } = directories);
    return added.some((path) => directories.get(path) && !outlying?.has(path));
  };
  const refresh = (): void => {
    if (!hasGrown()) return;
    if (tables) outdated++;
    tables = withAssembly = merged = undefined;
    stamp = {};
  };
  const all = (): readonly LinkTable[] => {
    refresh();
    while (!tables) {
      tables = [
        ...[...directories.values()].flatMap((directory) =>
          directory ? tableOf(world, directory, known, find) : [],
        ),
        ...Array.from(outlying ?? [], ([path, directory]) =>
          directories.get(path) ? [] : tableOf(world, directory, known, find),
        ).flat(),
      ];
      refresh();
    }
    return tables;
  };
  const mergedTables = (): Merged => {
    const tables = all();
    return (merged ??= merge(tables));
  };
  const lacksFiles = (): boolean =>
    [...directories.values(), ...(outlying?.values() ?? [])].some(
      (directory) => directory !== undefined && directory.unreadable.size > 0,
    );
  const state: State = {
    directories,
    outlying,
    pending,
    lastStamp: () => stamp,
    sizeAtFirst,
    get outdated() {
      refresh();
      return outdated;
    },
    table(path) {
      const directory = known(path);
      return directory && tableOf(world, directory, known, find);
    },
    get tables() {
      return all();
    },
    get withAssembly() {
      const tables = all();
      return (withAssembly ??= tables.filter(({ assembly }) => !assembly.isEmpty));
    },
    get foreignTexts() {
      return mergedTables().foreignTexts;
    },
    get linknames() {
      return mergedTables().linknames;
    },
    get imported() {
      return mergedTables().imported;
    },
    get exported() {
      return mergedTables().exported;
    },
    isComplete() {
      if (!outlying) isWaiting = true;
      return outlying !== undefined && !lacksFiles() && !all().some(({ hasUnknown }) => hasUnknown);
    },
    get isWaiting() {
      return isWaiting;
    },
    get stamp() {
      refresh();
      for (const [path, before] of pending) {
        const now = known(path);
        // What was just read is news to all; comparing it with nothing would only cost time.
        if (!before || !now || lacksOther(before, now) || !linksAlike(world, before, now)) stamp = {};
        pending.delete(path);
      }
      return stamp;
    },
  };
  return state;
}

/** Whether other files of a directory cannot be read than before: how many there are is near enough. */
function lacksOther(before: Directory, now: Directory): boolean {
  return before.unreadable.size !== now.unreadable.size;
}

function notePending(old: State, now: Known, pending: Map<string, Directory | undefined>): void {
  // Of what was read while the index was there, it may have told what the rest of the trees tells.
  const added = new Set([...old.directories.keys()].slice(old.sizeAtFirst));
  const note = (path: string): void => {
    const whole = added.has(path) ? undefined : old.directories.get(path);
    const before = whole ?? old.outlying?.get(path);
    const after = now.directories.get(path) ?? now.outlying?.get(path);
    if (before !== after && !pending.has(path)) pending.set(path, before);
  };
  for (const path of now.directories.keys()) note(path);
  if (now.outlying !== old.outlying) for (const path of now.outlying?.keys() ?? []) note(path);
}

interface Answer {
  readonly table: LinkTable;
  /** Directories that were looked into for included files, as they were. */
  readonly asked: ReadonlyMap<string, Directory | undefined>;
}

const answers = new WeakMap<Directory, Answer>();

function tableOf(
  world: World,
  directory: Directory,
  known: (path: string) => Directory | undefined,
  find: (path: string) => Directory | undefined,
): LinkTable {
  const answer = answers.get(directory);
  if (answer && [...answer.asked].every(([path, then]) => known(path) === then)) return answer.table;
  const asked = new Map<string, Directory | undefined>();
  const table = createLinkTable(world, directory, (path, name) => {
    const from = path === directory.path ? directory : find(path);
    if (path !== directory.path) asked.set(path, from);
    const file = from?.files.get(name);
    return file && "asm" in file ? file.asm : undefined;
  });
  answers.set(directory, { table, asked });
  return table;
}

interface Merged {
  readonly foreignTexts: Map<string, Located<LinkText>[]>;
  readonly linknames: Map<string, Located<Linkname>[]>;
  readonly imported: Map<string, TargetSet>;
  readonly exported: Map<string, TargetSet>;
}

function merge(tables: readonly LinkTable[]): Merged {
  const merged: Merged = {
    foreignTexts: new Map(),
    linknames: new Map(),
    imported: new Map(),
    exported: new Map(),
  };
  for (const { directory, texts, isOwn, linknames, imported, exported } of tables) {
    for (const item of texts) {
      if (!item.isStatic && !isOwn(item.name)) add(merged.foreignTexts, item.name, { directory, item });
    }
    for (const item of linknames) {
      if (item.remote !== undefined) add(merged.linknames, item.remote, { directory, item });
    }
    for (const [name, targets] of imported) addTargets(merged.imported, name, targets);
    for (const [name, targets] of exported) addTargets(merged.exported, name, targets);
  }
  return merged;
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
