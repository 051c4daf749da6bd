/**
 * Where an import path leads: GOROOT, the module itself and its `replace`s,
 * vendor directories, a GOPATH, the module cache. Pure path arithmetic over the
 * trees the host found; which of the candidates exist is the workspace's affair.
 * Directories are "/"-separated, without a slash at the end.
 */

/** A tree of packages the user opened, or that packages of another one import from. */
export type Tree =
  | { readonly kind: "goroot"; readonly directory: string; readonly src: string }
  | { readonly kind: "gopath"; readonly directory: string }
  | ModuleTree
  /** A directory outside every tree: each folder below it is a package by itself. */
  | { readonly kind: "plain"; readonly directory: string };

export interface ModuleTree {
  readonly kind: "module";
  readonly directory: string;
  /** The module's path in its go.mod. */
  readonly path: string;
  /** Minor number of the oldest Go that its go.mod admits; undefined where it names none. */
  readonly oldestGo: number | undefined;
  /** Other modules by path: where their packages lie. */
  readonly dependencies: readonly { readonly path: string; readonly directory: string }[];
}

/** The directory's import path in the innermost tree that holds it; outside modules, its path from the top. */
export function importPathOf(trees: readonly Tree[], directory: string): string {
  const tree = treeOf(trees, directory);
  const name = directory.slice(directory.lastIndexOf("/") + 1);
  if (!tree) return name;
  if (tree.kind === "plain") return relative(tree.directory, directory) || name;
  if (tree.kind === "module")
    return vendoredPath(tree, directory) || join(tree.path, relative(tree.directory, directory) ?? "");
  // In 2008 the runtime lay beside the packages.
  const path = relative(sourceOf(tree), directory);
  return path === undefined ? name : path || ".";
}

/** Whether a directory holds another module's package, copied in: everything below `vendor` of a module, or of a directory of a GOPATH. */
export function isVendored(trees: readonly Tree[], directory: string): boolean {
  const tree = treeOf(trees, directory);
  if (tree?.kind === "module") return vendoredPath(tree, directory) !== undefined;
  return tree?.kind === "gopath" && directory.includes("/vendor/");
}

function vendoredPath(tree: ModuleTree, directory: string): string | undefined {
  return relative(join(tree.directory, "vendor"), directory);
}

/** The directories in which `importer`'s package finds the import path, likeliest first. */
export function candidateDirectories(trees: readonly Tree[], importer: string, path: string): string[] {
  const tree = treeOf(trees, importer);
  const candidates: string[] = [];
  if (tree?.kind === "goroot") {
    // The standard library and the commands each have one vendor directory (cmd/go's own rule).
    const own = relative(tree.src, importer) ?? "";
    const vendor = own === "cmd" || own.startsWith("cmd/") ? "cmd/vendor" : "vendor";
    candidates.push(join(tree.src, path), join(tree.src, vendor, path));
  } else if (tree?.kind === "gopath") {
    for (const parent of parents(importer, sourceOf(tree))) candidates.push(join(parent, "vendor", path));
  } else if (tree?.kind === "module") {
    candidates.push(join(tree.directory, "vendor", path));
  }
  for (const other of trees) {
    if (other.kind === "module") {
      for (const module of [other, ...other.dependencies]) {
        const rest = relative(module.path, path);
        if (rest !== undefined) candidates.push(join(module.directory, rest));
      }
    } else if (other.kind !== "plain" && other !== tree) candidates.push(join(sourceOf(other), path));
  }
  if (tree?.kind === "gopath") candidates.push(join(sourceOf(tree), path));
  return [...new Set(candidates)];
}

/** The innermost tree that holds `directory`. */
export function treeOf(trees: readonly Tree[], directory: string): Tree | undefined {
  let best: Tree | undefined;
  for (const tree of trees) {
    const inside = relative(tree.directory, directory) !== undefined;
    if (inside && (!best || tree.directory.length > best.directory.length)) best = tree;
  }
  return best;
}

function sourceOf(tree: Exclude<Tree, { kind: "plain" | "module" }>): string {
  return tree.kind === "goroot" ? tree.src : join(tree.directory, "src");
}

/** `path` below `base`, "" where they are equal, undefined where it lies elsewhere. */
export function relative(base: string, path: string): string | undefined {
  if (path === base) return "";
  const prefix = base.endsWith("/") ? base : base + "/";
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

export function join(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("/");
}

/** `directory` and its parents up to and including `top`, innermost first. */
function parents(directory: string, top: string): string[] {
  const list: string[] = [];
  for (let at = directory; relative(top, at) !== undefined; at = at.slice(0, at.lastIndexOf("/"))) {
    list.push(at);
    if (at === top) break;
  }
  return list;
}
