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

/** Builds a package from its files, which are given in any order. */
export function createPackage(path: string, directory: string, files: readonly PackageFile[]): Package {
  const scope = new Map<string, Declared[]>();
  const bodyless = new Map<string, Declared[]>();
  const ordered = [...files].sort(byTestThenName);
  const created: Package = { path, directory, files: ordered, scope, bodyless };
  for (const file of ordered) {
    for (const decl of file.summary.decls) {
      if (decl.kind === "const" || decl.kind === "var") {
        for (const name of decl.names) add(scope, { name, decl, file, package: created });
        continue;
      }
      const declared: Declared = { name: decl.name, decl, file, package: created };
      if (decl.kind === "func" && !decl.hasBody) add(bodyless, declared);
      if (decl.kind === "type" || !decl.isMethod) add(scope, declared);
    }
  }
  return created;
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
