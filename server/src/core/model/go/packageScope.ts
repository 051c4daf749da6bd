/**
 * Which declaration a name has in a package. A package is the Go files of one
 * directory; each file says on which targets it takes part, so one scope serves
 * every target: a name may have several declarations, for disjoint sets of them.
 */
import { memo, memoByKey } from "../../base/memo.ts";
import { isWordUnit } from "../../base/asciiWord.ts";
import type { FuncDecl, GoDecl, GoSummary } from "../../syntax/go/ast.ts";
import { isTableName } from "../../syntax/go/constTable.ts";
import { TargetSet } from "../targets/targetSet.ts";

/** A Go file that takes part in a package. */
export interface PackageFile {
  readonly name: string;
  readonly summary: GoSummary;
  /** The targets that select the file. */
  readonly targets: TargetSet;
  /** A `_test.go` file in the package itself: counted when the package is checked, unseen by those that import it. */
  readonly isTest: boolean;
}

/** One name that a package-level declaration declares; `D` is the kind of it, where that is known. */
export interface Declared<D extends GoDecl = GoDecl> {
  readonly name: string;
  readonly decl: D;
  readonly file: PackageFile;
  readonly package: Package;
}

/** Whether a name is declared by a declaration of this kind. */
export function declares<K extends GoDecl["kind"]>(
  declared: Declared | undefined,
  kind: K,
): declared is Declared<Extract<GoDecl, { readonly kind: K }>> {
  return declared?.decl.kind === kind;
}

/** The declarations of a package by name. */
export interface PackageScope {
  /** In file order; the same list each time. Undefined where nothing declares the name. */
  get(name: string): readonly Declared[] | undefined;
  keys(): Iterable<string>;
}

/** The Go side of one directory. */
export interface Package {
  /** Import path as go/types prints it; of a directory outside every tree, its name. */
  readonly path: string;
  readonly directory: string;
  /** In the order of their names, tests last, as go/build lists them. */
  readonly files: readonly PackageFile[];
  /** Package-level names; several entries where targets differ. */
  readonly scope: PackageScope;
  /** Functions and methods without a body, by their bare name, in file order. */
  readonly bodyless: ReadonlyMap<string, readonly Declared<FuncDecl>[]>;
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
  // Lists that are taken over are never added to: those of touched names are made anew.
  const bodyless = new Map(previous.bodyless);
  for (const name of touched.names) bodyless.delete(name);
  const created: Package = {
    path,
    directory,
    files: ordered,
    get scope() {
      return scope;
    },
    bodyless,
  };
  const scope = changedScope(previous.scope, touched.names, new ScopeTable(created, touched.decls));
  addBodyless(bodyless, created, touched.decls);
  handedOn.set(created, (handedOn.get(previous) ?? 0) + 1);
  return created;
}

/** A package whose names are listed when they are first asked for: nobody looks into most packages by name. */
function freshPackage(path: string, directory: string, files: readonly PackageFile[]): Package {
  let scope: PackageScope | undefined;
  let bodyless: Bodyless | undefined;
  const created: Package = {
    path,
    directory,
    files,
    get scope() {
      return (scope ??= new ScopeTable(created));
    },
    get bodyless() {
      return (bodyless ??= addBodyless(new Map(), created));
    },
  };
  return created;
}

/**
 * Which declarations a name has, in a form that costs little for the many names that nobody ever asks for:
 * package syscall declares sixty thousand, most of them in tables of constants.
 */
class ScopeTable implements PackageScope {
  private readonly package: Package;
  private readonly decls: GoDecl[] = [];
  /** Where `decls[i]` stands. */
  private readonly files: PackageFile[] = [];
  /** By name the index of its declaration, or those of several. */
  private readonly found = new Map<string, number | number[]>();
  /** The tables among `decls`, by index, as long as their names are not in `found`. */
  private tables: number[] = [];
  /** How many names were looked for in them. */
  private searches = 0;
  /** What was asked for. */
  private readonly lists = new Map<string, readonly Declared[] | undefined>();

  /** Of all declarations of a package, or only of those `among` them. */
  constructor(pkg: Package, among?: ReadonlySet<GoDecl>) {
    this.package = pkg;
    for (const file of pkg.files) {
      for (const decl of file.summary.decls) {
        if ((among && !among.has(decl)) || (decl.kind === "func" && decl.isMethod)) continue;
        const at = this.decls.push(decl) - 1;
        this.files.push(file);
        if (decl.kind === "const" && decl.isTable) this.tables.push(at);
        else this.addNames(decl, at);
      }
    }
  }

  private addNames(decl: GoDecl, at: number): void {
    if (decl.kind === "const" || decl.kind === "var") for (const name of decl.names) this.add(name, at);
    else this.add(decl.name, at);
  }

  private add(name: string, at: number): void {
    const known = this.found.get(name);
    if (typeof known === "object") known.push(at);
    else if (name !== "_") this.found.set(name, known === undefined ? at : [known, at]);
  }

  /** Adds the names of tables. */
  private addTables(): void {
    for (const at of this.tables) this.addNames(this.decls[at]!, at);
    this.tables = [];
  }

  get(name: string): readonly Declared[] | undefined {
    const known = this.lists.get(name);
    if (known || this.lists.has(name)) return known;
    if (this.tables.length > 0 && isTableName(name) && this.mayBeInTable(name)) this.addTables();
    const list = this.listed(name);
    this.lists.set(name, list);
    return list;
  }

  /** Looks for a name in the text of the tables; for many names it is better to list them all. */
  private mayBeInTable(name: string): boolean {
    return (
      this.searches++ === mostSearches || this.tables.some((at) => this.decls[at]!.header.includes(name))
    );
  }

  private listed(name: string): readonly Declared[] | undefined {
    const found = this.found.get(name);
    if (found === undefined) return undefined;
    // Those in tables came last.
    const indices = typeof found === "number" ? [found] : found.sort((a, b) => a - b);
    return indices.map((at): Declared => {
      return { name, decl: this.decls[at]!, file: this.files[at]!, package: this.package };
    });
  }

  keys(): Iterable<string> {
    this.addTables();
    return this.found.keys();
  }
}

const mostSearches = 50;

/** A scope of which some names mean something else now. */
function changedScope(before: PackageScope, names: ReadonlySet<string>, changed: PackageScope): PackageScope {
  return {
    get: (name) => (names.has(name) ? changed : before).get(name),
    keys: () => [...[...before.keys()].filter((name) => !names.has(name)), ...changed.keys()],
  };
}

type Bodyless = Map<string, readonly Declared<FuncDecl>[]>;

function addBodyless(lists: Bodyless, pkg: Package, among?: ReadonlySet<GoDecl>): Bodyless {
  for (const file of pkg.files) {
    for (const decl of file.summary.decls) {
      if (decl.kind !== "func" || decl.hasBody || (among && !among.has(decl))) continue;
      if (decl.name === "_") continue;
      const declared = { name: decl.name, decl, file, package: pkg };
      lists.set(decl.name, [...(lists.get(decl.name) ?? []), declared]);
    }
  }
  return lists;
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

/** Whether `name` stands in the text as a word; in a comment or string, and next to a letter outside ASCII, it counts too. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWordUnit(text.charCodeAt(at - 1)) && !isWordUnit(text.charCodeAt(at + name.length))) return true;
  }
  return false;
}

function byTestThenName(a: PackageFile, b: PackageFile): number {
  if (a.isTest !== b.isTest) return a.isTest ? 1 : -1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The targets, of a list of so many, on which a package has any Go file at all, tests among them. */
export const builtTargets = memoByKey((pkg: Package, count: number): TargetSet => {
  return pkg.files.reduce((all, file) => all.or(file.targets), TargetSet.none(count));
});

/** By target, the package's name as its files there declare it; undefined where none is selected. */
export const packageNames = memo(({ files }: Package): readonly (string | undefined)[] => {
  const { length } = files[0]?.targets ?? [];
  const found = Array.from({ length }, (): string | undefined => undefined);
  let left = TargetSet.all(length);
  for (const { isTest, targets, summary } of files) {
    if (isTest) continue;
    // The first file of a target counts; mostly that is the first file of all.
    for (const target of targets.and(left)) found[target] = summary.packageName;
    left = left.andNot(targets);
    if (left.isEmpty) break;
  }
  return found;
});
