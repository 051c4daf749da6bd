/**
 * From the command line's flags to an opened project, and from its PACKAGE
 * arguments to directories. Every mistake of the user's is an InputError that
 * names the thing.
 */
import { existsSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, resolve } from "node:path";
import { parseTarget, profileNames, releaseOf, type Target } from "../core/index.ts";
import { type FileTask, listEntries, runSync } from "../host/fileTask.ts";
import { walkTree } from "../host/loader.ts";
import { nodeFiles } from "../host/nodeFiles.ts";
import { type GoPlaces, openModules, openTree, type OpenedTree } from "../host/openTree.ts";
import { createProject, type Project, type ProjectOptions } from "../host/project.ts";
import type { Arguments } from "./args.ts";

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
}

/** Opens the tree that the flags name, else the one around the current directory. */
export function openProject(
  { flags }: Arguments,
  cwd: string,
  environment: NodeJS.ProcessEnv,
  options: Pick<ProjectOptions, "tests" | "sizes">,
): Opened {
  const root = typeof flags.root === "string" ? slashes(resolve(cwd, flags.root)) : undefined;
  const from = root ?? slashes(cwd);
  if (!existsSync(from)) throw new InputError(`${flags.root}: no such directory`);
  if (!statSync(from).isDirectory()) throw new InputError(`${flags.root}: not a directory`);
  const goroot = typeof flags.goroot === "string" ? slashes(resolve(cwd, flags.goroot)) : undefined;
  if (goroot !== undefined && !existsSync(`${goroot}/src`)) throw new InputError(`${flags.goroot}: not a GOROOT: it has no src`);
  const places = goPlaces(environment, goroot);
  const opened = run(openTree(from, places, { asRoot: root !== undefined }));
  const modules = run(nestedModules(opened, places));
  const tree: OpenedTree = { ...opened, trees: [...opened.trees, ...modules] };
  const tags = typeof flags.tags === "string" ? flags.tags.split(",").filter((tag) => tag !== "") : [];
  const project = createProject(tree, {
    ...options,
    targets: parseTargets(flags.target, tree.targets),
    context: { cgo: flags.cgo === true, tags },
    vetRelease: parseProfile(flags.vet),
  });
  return { project, from, cwd: slashes(cwd) };
}

/** In a directory that is no tree itself, the modules right below it are. */
function* nestedModules(opened: OpenedTree, places: GoPlaces) {
  if (opened.trees[0]?.kind !== "plain") return [];
  const entries = (yield* listEntries(opened.root)) ?? [];
  const directories = entries.filter(({ kind }) => kind === "directory").map(({ name }) => `${opened.root}/${name}`);
  return yield* openModules(directories, places);
}

/** Every directory of the project that holds assembly, below where the user stands or what --root names. */
export function assemblyDirectories({ project, from }: Opened): readonly string[] {
  const { base, root } = project.opened;
  const top = from === root ? base : from;
  const found = run(walkTree(top));
  if (found.directories.length === 0) throw new InputError(`${top}: no Go file in this tree`);
  return found.assembly;
}

/** The directories that PACKAGE arguments name: import paths, directories, and patterns ending in "...". */
export function packageDirectories(opened: Opened, operands: readonly string[]): string[] {
  const directories = operands.flatMap((operand) => {
    if (operand === "..." || operand.endsWith("/...")) {
      const top = packageDirectory(opened, operand.slice(0, -4) || ".");
      const found = run(walkTree(top));
      if (found.directories.length === 0) throw new InputError(`${operand}: no Go file there`);
      return found.directories;
    }
    const directory = packageDirectory(opened, operand);
    const hasSource = run(listEntries(directory))?.some(({ name }) => /\.(go|s)$/.test(name));
    if (!hasSource) throw new InputError(`${operand}: no Go file there`);
    return [directory];
  });
  return [...new Set(directories)];
}

function packageDirectory({ project, from, cwd }: Opened, operand: string): string {
  const { base, trees, root } = project.opened;
  const isRelative = /^\.\.?(\/|$)/.test(operand);
  const candidates = [slashes(resolve(isRelative ? from : cwd, operand))];
  if (!isRelative && !operand.startsWith("/")) {
    const [tree] = trees;
    const inTree = [base, `${root}/src`].map((directory) => `${directory}/${operand}`);
    if (tree?.kind === "module" && (operand === tree.path || operand.startsWith(tree.path + "/"))) {
      inTree.unshift(tree.directory + operand.slice(tree.path.length));
    }
    candidates.unshift(...inTree);
  }
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (found === undefined) throw new InputError(`${operand}: no such package or directory`);
  return found.replace(/\/+$/, "");
}

function parseTargets(flag: string | boolean | undefined, known: readonly Target[]): readonly Target[] | undefined {
  if (typeof flag !== "string" || flag === "all") return undefined;
  return flag.split(",").map((name) => {
    if (name === "host") return hostTarget();
    const target = parseTarget(name);
    if (!target) throw new InputError(`${name}: unknown target; a target is GOOS/GOARCH, such as ${known[0]?.name}`);
    return target;
  });
}

function hostTarget(): Target {
  const systems: Record<string, string> = { win32: "windows", sunos: "solaris" };
  const arches: Record<string, string> = { x64: "amd64", ia32: "386", mipsel: "mipsle" };
  const { platform, arch } = process;
  const goarch = arch === ("ppc64" as string) ? "ppc64le" : (arches[arch] ?? arch);
  const target = parseTarget(`${systems[platform] ?? platform}/${goarch}`);
  if (!target) throw new InputError(`host: Go has no target for ${platform}/${arch}`);
  return target;
}

function parseProfile(flag: string | boolean | undefined): number | undefined {
  if (typeof flag !== "string") return undefined;
  const release = releaseOf(flag);
  if (release === undefined) throw new InputError(`${flag}: unknown vet profile; profiles are ${profileNames.join(", ")}`);
  return release;
}

/** Where Go keeps things on this machine. No program is run to find out. */
function goPlaces(environment: NodeJS.ProcessEnv, goroot: string | undefined): GoPlaces {
  const onPath = (environment.PATH ?? "").split(delimiter).flatMap((directory) => {
    const program = resolve(directory, process.platform === "win32" ? "go.exe" : "go");
    return existsSync(program) ? [slashes(resolve(realpathSync(program), "../.."))] : [];
  });
  const usual = ["/usr/local/go", "/usr/lib/go", "/opt/homebrew/opt/go/libexec", "C:/Program Files/Go"];
  const given = goroot ?? environment.GOROOT;
  const goroots = given ? [slashes(given)] : [...onPath, ...usual];
  const gopath = environment.GOPATH || `${homedir()}/go`;
  const gopaths = gopath.split(delimiter).map(slashes);
  return { goroots, gopaths, moduleCache: slashes(environment.GOMODCACHE || `${gopaths[0]}/pkg/mod`) };
}

function slashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

/** What a file is called in output: relative to the tree's base where it lies below it. */
export function displayPath({ opened }: Project, path: string): string {
  return path.startsWith(opened.base + "/") ? path.slice(opened.base.length + 1) : path;
}

