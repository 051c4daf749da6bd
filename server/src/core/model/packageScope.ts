/**
 * Which declaration a name has in a package. A package is the Go files of one
 * directory; each file says on which targets it takes part, so one scope serves
 * every target: a name may have several declarations, for disjoint sets of them.
 */
import type { GoDecl, GoSummary } from "../syntax/go/ast.ts";
import type { TargetSet } from "./targetSet.ts";

/** A Go file that takes part in a package. */
export interface PackageFile {
  readonly name: string;
  readonly summary: GoSummary;
  /** The targets that select the file. */
  readonly targets: TargetSet;
  /** A `_test.go` file in the package itself: counted when the package is checked, unseen by those that import it. */
  readonly isTest: boolean;
}

/** One name that a package-level declaration declares. */
export interface Declared {
  readonly name: string;
  readonly decl: GoDecl;
  readonly file: PackageFile;
  readonly package: Package;
}

/** The Go side of one directory. */
export interface Package {
  /** Import path as go/types prints it; of a directory outside every tree, its name. */
  readonly path: string;
  readonly directory: string;
  /** In the order of their names, tests last, as go/build lists them. */
  readonly files: readonly PackageFile[];
  /** Package-level names; several entries where targets differ. */
  readonly scope: ReadonlyMap<string, readonly Declared[]>;
  /** Functions and methods without a body, by their bare name, in file order. */
  readonly bodyless: ReadonlyMap<string, readonly Declared[]>;
}

/**
 * Builds a package from its files, which are given in any order. `previous` is what the directory's
 * package was before an edit of its own files, where all other packages are as they were: declarations
 * that the edit cannot have touched, not even through others, are handed on, and so are the lists of
 * names that mean what they meant.
 */
export function createPackage(
  path: string,
  directory: string,
  files: readonly PackageFile[],
  previous?: Package,
): Package {
  const ordered = [...files].sort(byTestThenName);
  const touched = previous && touchedBy(previous, ordered);
  if (!touched) return freshPackage(path, directory, ordered);
  const scope = untouched(previous.scope, touched);
  const bodyless = untouched(previous.bodyless, touched);
  const created: Package = { path, directory, files: ordered, scope, bodyless };
  list(scope, created, hasName, touched.decls);
  list(bodyless, created, isBodyless, touched.decls);
  handedOn.set(created, (handedOn.get(previous) ?? 0) + 1);
  return created;
}

/** A package whose names are listed when they are first asked for: nobody looks into most packages by name. */
function freshPackage(path: string, directory: string, files: readonly PackageFile[]): Package {
  let scope: Lists | undefined;
  let bodyless: Lists | undefined;
  const created: Package = {
    path,
    directory,
    files,
    get scope() {
      return (scope ??= list(new Map(), created, hasName));
    },
    get bodyless() {
      return (bodyless ??= list(new Map(), created, isBodyless));
    },
  };
  return created;
}

type Lists = Map<string, Declared[]>;

const hasName = (decl: GoDecl): boolean => decl.kind !== "func" || !decl.isMethod;
const isBodyless = (decl: GoDecl): boolean => decl.kind === "func" && !decl.hasBody;

/** Adds the declarations of a package that are wanted to the lists of their names. */
function list(
  lists: Lists,
  pkg: Package,
  isWanted: (decl: GoDecl) => boolean,
  among?: ReadonlySet<GoDecl>,
): Lists {
  for (const file of pkg.files) {
    for (const decl of file.summary.decls) {
      if ((among && !among.has(decl)) || !isWanted(decl)) continue;
      const names = decl.kind === "const" || decl.kind === "var" ? decl.names : [decl.name];
      for (const name of names) add(lists, { name, decl, file, package: pkg });
    }
  }
  return lists;
}

/** The lists of names that mean what they meant. These are never added to: those of touched names are made anew. */
function untouched(lists: Package["scope"], { names }: Touched): Lists {
  const own = new Map(lists as Lists);
  for (const name of names) own.delete(name);
  return own;
}

/** How many packages in a row have taken over declarations; the first of them lives as long as the last. */
const handedOn = new WeakMap<Package, number>();
const mostHandedOn = 50;

interface Touched {
  /** Every declaration in the new files that is not to be taken over. */
  readonly decls: ReadonlySet<GoDecl>;
  /** All names that these declare, or that the ones they replace did. */
  readonly names: ReadonlySet<string>;
}

/** With more names than this touched, little is left to take over. */
const mostTouched = 12;

/** What may mean something else in `files` than in `previous`; undefined where that is too much to tell. */
function touchedBy(previous: Package, files: readonly PackageFile[]): Touched | undefined {
  if ((handedOn.get(previous) ?? 0) >= mostHandedOn) return undefined;
  const names = new Set<string>();
  const decls = new Set<GoDecl>();
  const touch = (decl: GoDecl): void => {
    decls.add(decl);
    for (const name of declaredNames(decl)) names.add(name);
  };
  const before = new Map(previous.files.map((file) => [file.name, file]));
  for (const file of files) {
    const old = before.get(file.name);
    before.delete(file.name);
    const alike = old !== undefined && readsAlike(old, file);
    if (alike && old.summary.decls === file.summary.decls) continue;
    const oldDecls = new Set(old?.summary.decls);
    for (const decl of file.summary.decls) if (!oldDecls.delete(decl) || !alike) touch(decl);
    oldDecls.forEach(touch);
  }
  for (const file of before.values()) file.summary.decls.forEach(touch);

  // What mentions a touched name is touched itself. The set grows as it is walked.
  for (const name of names) {
    if (names.size > mostTouched) return undefined;
    for (const file of files) {
      for (const decl of file.summary.decls) if (!decls.has(decl) && mentions(decl.header, name)) touch(decl);
    }
  }
  return { decls, names };
}

/** Whether declarations that stand in both files mean the same there. */
function readsAlike(a: PackageFile, b: PackageFile): boolean {
  const [left, right] = [a.summary, b.summary];
  return (
    left.imports === right.imports &&
    left.packageName === right.packageName &&
    a.isTest === b.isTest &&
    a.targets.equals(b.targets)
  );
}

/** The names others can refer to it by; a method is found by name only where it has no body. */
function declaredNames(decl: GoDecl): readonly string[] {
  if (decl.kind === "const" || decl.kind === "var") return decl.names;
  return decl.kind === "func" && decl.isMethod && decl.hasBody ? [] : [decl.name];
}

/** Whether `name` stands in the text as a word; in a comment or string it counts too. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWordChar(text.charCodeAt(at - 1)) && !isWordChar(text.charCodeAt(at + name.length))) return true;
  }
  return false;
}

/** ASCII alone: next to any other character a name counts as mentioned. */
function isWordChar(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || c === 0x5f;
}

function byTestThenName(a: PackageFile, b: PackageFile): number {
  if (a.isTest !== b.isTest) return a.isTest ? 1 : -1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function add(map: Map<string, Declared[]>, declared: Declared): void {
  if (declared.name === "_") return;
  const list = map.get(declared.name);
  if (list) list.push(declared);
  else map.set(declared.name, [declared]);
}

/** The package's name as its files on `target` declare it; undefined where none is selected there. */
export function packageName(pkg: Package, target: number): string | undefined {
  return pkg.files.find((file) => !file.isTest && file.targets.has(target))?.summary.packageName;
}
