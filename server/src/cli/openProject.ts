/**
 * From the command line's flags to an opened project, and from its PACKAGE
 * arguments to directories. Every mistake of the user's is an InputError that
 * names the thing.
 */
import { existsSync, statSync } from "node:fs";
import { endianness } from "node:os";
import { resolve } from "node:path";
import {
  arches,
  goarches,
  gooses,
  isVendored,
  oses,
  parseTarget,
  profileNames,
  relative,
  releaseOf,
  type Target,
  targetsOf,
} from "../core/index.ts";
import { type FileTask, listEntries, noting, runSync, type Unreadable } from "../host/fileTask.ts";
import { type SourceTree, walkTree } from "../host/loader.ts";
import { nodeFiles } from "../host/nodeFiles.ts";
import { goLocations, slashes } from "../host/goLocations.ts";
import { type GoLocations, openModules, openTree, type OpenedTree } from "../host/openTree.ts";
import {
  createProject,
  linkedRoots,
  noteUnreadable,
  type Project,
  type ProjectOptions,
} from "../host/project.ts";
import { type Arguments, listFlag } from "./args.ts";
import type { Output } from "./output.ts";

/** Something the user named is not there or not right; one line. */
export class InputError extends Error {}

/** Runs a file task on the disk. */
export function run<T>(task: FileTask<T>): T {
  return runSync(task, nodeFiles);
}

export interface Opened {
  readonly project: Project;
  /** Directory that relative arguments start from. */
  readonly from: string;
  readonly cwd: string;
  /** Whether what is vendored counts without being named. */
  readonly vendor: boolean;
  /** What lies below the top, where it was asked for. */
  readonly walked: SourceTree | undefined;
}

/** Opens the tree that the flags name, else the one around the current directory. */
export function openProject(
  args: Arguments,
  { cwd, environment }: Pick<Output, "cwd" | "environment">,
  options: Pick<ProjectOptions, "tests" | "sizes"> & {
    /** Looks for all source below the root at once, and reads the modules that lie there as modules of their own. */
    readonly walks?: boolean;
  },
): Opened {
  const { flags } = args;
  const root = typeof flags.root === "string" ? slashes(resolve(cwd, flags.root)) : undefined;
  const from = root ?? slashes(cwd);
  if (!existsSync(from)) throw new InputError(`${flags.root}: no such directory`);
  if (!statSync(from).isDirectory()) throw new InputError(`${flags.root}: not a directory`);
  const goroot = typeof flags.goroot === "string" ? slashes(resolve(cwd, flags.goroot)) : undefined;
  if (goroot !== undefined && !existsSync(`${goroot}/src`))
    throw new InputError(`${flags.goroot}: not a GOROOT: it has no src`);
  const places = goLocations(environment, goroot);
  const opened = run(openTree(from, places, { asRoot: root !== undefined }));
  const top = topOf({ opened, from });
  const walked = options.walks === true ? run(walkTree(top)) : undefined;
  const unreadable: Unreadable[] = [];
  const modules = run(noting(nestedModules(opened, places, walked), unreadable));
  const tree: OpenedTree = { ...opened, trees: [...opened.trees, ...modules] };
  const project = createProject(
    tree,
    {
      ...options,
      targets: parseTargets(listFlag(args, "target")),
      context: { cgo: flags.cgo === true, tags: [...(listFlag(args, "tags") ?? [])] },
      vetRelease: parseProfile(flags.vet),
    },
    { atOnce: nodeFiles },
  );
  noteUnreadable(project, unreadable);
  return { project, from, cwd: slashes(cwd), vendor: flags.vendor === true, walked };
}

/** The modules below a module, or right below a directory that is no tree itself. */
function* nestedModules(opened: OpenedTree, places: GoLocations, walked: SourceTree | undefined) {
  const [own] = opened.trees;
  if (own?.kind === "module") {
    const known = new Set(opened.trees.map(({ directory }) => directory));
    const nested = (walked?.modules ?? []).filter((path) => !known.has(path) && !isVendored([own], path));
    return yield* openModules(nested, places);
  }
  if (own?.kind !== "plain") return [];
  const entries = (yield* listEntries(opened.root)) ?? [];
  const directories = entries
    .filter(({ kind }) => kind === "directory")
    .map(({ name }) => `${opened.root}/${name}`);
  return yield* openModules(directories, places);
}

/** Every directory of the project that holds assembly, below where the user stands or what --root names. */
export function assemblyDirectories(opened: Opened): readonly string[] {
  const top = topOf({ opened: opened.project.opened, from: opened.from });
  return chosen(opened, top, walk(opened, top, top).assembly);
}

/** Of the directories below `top`, those that are meant: what is vendored is not, unless `top` is. */
function chosen({ project, vendor }: Opened, top: string, directories: readonly string[]): readonly string[] {
  const { trees } = project.opened;
  if (vendor || isVendored(trees, top)) return directories;
  return directories.filter((path) => !isVendored(trees, path));
}

/** The directory below which all is meant where no package is named. */
export function topOf({ opened, from }: { readonly opened: OpenedTree; readonly from: string }): string {
  const { base, root } = opened;
  return from === root ? base : from;
}

/** The tree below `top`, which the user calls `name`. */
function walk({ project, from, walked }: Opened, top: string, name: string): SourceTree {
  const isWalked = walked && top === topOf({ opened: project.opened, from });
  const found = isWalked ? walked : run(walkTree(top));
  noteUnreadable(project, found.unreadable);
  if (found.sources.size > 0) return found;
  const [first] = found.unreadable;
  throw new InputError(first ? unreadableLine(project, first) : `${name}: no Go file in this tree`);
}

/** The directories that PACKAGE arguments name: import paths, directories, and patterns ending in "...". */
export function packageDirectories(opened: Opened, operands: readonly string[]): string[] {
  const directories = operands.flatMap((operand) => {
    if (operand === "..." || operand.endsWith("/...")) {
      const top = packageDirectory(opened, operand.slice(0, -4) || ".", operand);
      return chosen(opened, top, [...walk(opened, top, operand).sources.keys()]);
    }
    const { trees, base } = opened.project.opened;
    if (trees[0]?.kind === "goroot" && (operand === "std" || operand === "cmd")) {
      const all = [...walk(opened, base, operand).sources.keys()];
      return all.filter((path) => path.startsWith(`${base}/cmd/`) === (operand === "cmd"));
    }
    const directory = packageDirectory(opened, operand);
    const hasSource = run(listEntries(directory))?.some(({ name }) => /\.(go|s)$/.test(name));
    if (!hasSource) throw new InputError(`${operand}: no Go file there`);
    return [directory];
  });
  return [...new Set(directories)];
}

/** The directory of a package; mistakes call it by the name that the user gave. */
export function packageDirectory(opened: Opened, operand: string, name = operand): string {
  const candidates = candidateDirectories(opened, operand);
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (found === undefined) {
    const isFile = candidates.some((path) => existsSync(path));
    throw new InputError(
      `${name}: ${isFile ? "a file; name its package or directory" : "no such package or directory"}`,
    );
  }
  return found.replace(/\/+$/, "");
}

/** Whether there is anything where the package may lie that an operand names. */
export function isThere(opened: Opened, operand: string): boolean {
  return candidateDirectories(opened, operand).some((path) => existsSync(path));
}

/** Where the package may lie that an operand names, likeliest first. */
function candidateDirectories({ project, from, cwd }: Opened, operand: string): string[] {
  const { base, trees, root } = project.opened;
  const isRelative = /^\.\.?(\/|$)/.test(operand);
  const candidates = [slashes(resolve(isRelative ? from : cwd, operand))];
  if (!isRelative && !operand.startsWith("/")) {
    const [tree] = trees;
    const tops = [base, `${root}/src`, `${base}/vendor`, `${base}/cmd/vendor`];
    const inTree = tops.map((directory) => `${directory}/${operand}`);
    if (tree?.kind === "module" && (operand === tree.path || operand.startsWith(tree.path + "/"))) {
      inTree.unshift(tree.directory + operand.slice(tree.path.length));
    }
    candidates.unshift(...inTree);
  }
  return candidates;
}

/** undefined for every target there is. */
export function parseTargets(names: readonly string[] | undefined): readonly Target[] | undefined {
  if (names === undefined || names.includes("all")) return undefined;
  if (names.length === 0) throw new InputError("--target names no target");
  const targets = names.map((name) => {
    const target = name === "host" ? hostTarget() : parseTarget(name);
    if (!target) throw new InputError(`${name}: ${whatIsNoTarget(name)}`);
    return target;
  });
  return [...new Map(targets.map((target) => [target.name, target])).values()];
}

/** Half of a target's name is what people write first. */
function whatIsNoTarget(name: string): string {
  const halves = targetsOf().filter(({ goos, goarch }) => goos === name || goarch === name);
  if (halves.length === 0) return 'unknown target; "rt0 targets" lists them';
  const half = halves.some(({ goos }) => goos === name) ? "system" : "architecture";
  return `one ${half}, not a target; its targets are ${halves.map((target) => target.name).join(", ")}`;
}

function hostTarget(): Target {
  const { platform, arch } = process;
  const goos = gooses.find((name) => name === platform || oses[name].otherNames.includes(platform));
  const goarch = goarches.find((name) => name === arch || arches[name].otherNames.includes(arch));
  // Node has one name for both byte orders.
  const isOther = goarch !== undefined && arches[goarch].bigEndian && endianness() === "LE";
  const target = parseTarget(`${goos}/${goarch}${isOther ? "le" : ""}`);
  if (!target) throw new InputError(`host: Go has no target for ${platform}/${arch}`);
  return target;
}

function parseProfile(flag: string | boolean | undefined): number | undefined {
  if (typeof flag !== "string") return undefined;
  const release = releaseOf(flag) ?? releaseOf(`go${flag}`);
  if (release === undefined)
    throw new InputError(
      `${flag}: unknown vet profile; name a release of Go; profiles are ${profileNames.join(", ")}`,
    );
  return release;
}

/**
 * Warns of what could not be read. Where nothing at all could be read of what was asked for, that is a mistake. Returns
 * whether the answer is short of something of the user's own: what lies in trees that these import from may be nobody's
 * business here.
 */
export function reportUnreadable(
  { project }: Opened,
  directories: readonly string[],
  output: Output,
): boolean {
  const unreadable = Array.from(project.unreadable, ([path, reason]) => ({ path, reason }));
  const lines = unreadable.map((failure) => unreadableLine(project, failure));
  const { snapshot } = project.workspace;
  const isNothingRead = directories.every((path) => !snapshot.directories.get(path)?.files.size);
  if (isNothingRead && lines.length > 0) throw new InputError(lines[0]);
  for (const line of new Set(lines)) output.warn(line);
  const roots = [project.opened.root, ...linkedRoots(project)];
  return unreadable.some(({ path }) => roots.some((root) => relative(root, path) !== undefined));
}

function unreadableLine(project: Project, failure: Unreadable): string {
  return `${displayPath(project, failure.path)}: ${whyUnreadable(failure)}`;
}

export function whyUnreadable({ reason }: Unreadable): string {
  // Node's reasons end in the system call and the path: "EACCES: permission denied, open '/a/b.s'".
  return `cannot read: ${reason.replace(/, \w+( '.*')?$/s, "")}`;
}

/** What a file is called in output: relative to the tree's base where it lies below it. */
export function displayPath({ opened }: Project, path: string): string {
  return path.startsWith(opened.base + "/") ? path.slice(opened.base.length + 1) : path;
}
