/** Which file an `#include` in a package's assembly means. */
import type { AsmText } from "../model/asm/asmUnit.ts";
import { isPlainHeader } from "../model/asm/macroClasses.ts";
import { join, relative } from "./importPath.ts";
import type { World } from "./world.ts";

/** Gives a header, or any file that assembly may include, and notes that it was asked for. */
export type ReadFile<T> = (directory: string, name: string) => T | undefined;

/** A file that an `#include` means. */
export interface IncludedFile {
  readonly directory: string;
  /** Name of the file in its directory. */
  readonly file: string;
  readonly text: AsmText;
}

/** The file that an `#include` means, where something is to be learned from it; undefined for a plain header. */
export function readIncluded<T>(
  world: World,
  directory: string,
  path: string,
  read: ReadFile<T>,
): T | undefined {
  return isPlainHeader(path) ? undefined : findIncluded(world, directory, path, read);
}

/**
 * The file that an `#include` means: the go command runs the assembler in the package's
 * directory and names pkg/include, whose files cmd/dist copies from the runtime.
 */
export function findIncluded<T>(
  world: World,
  directory: string,
  path: string,
  read: ReadFile<T>,
): T | undefined {
  if (path === "") return undefined;
  const slash = path.lastIndexOf("/");
  const from = below(directory, path.slice(0, Math.max(slash, 0)));
  if (!isInTrees(world, from)) return undefined;
  const own = read(from, path.slice(slash + 1));
  if (own || slash >= 0) return own;
  const goroot = world.trees.find((tree) => tree.kind === "goroot");
  return goroot && read(join(goroot.src, "runtime"), path);
}

/** Whether a directory lies in the trees that are read anyway: no text may lead anywhere else. */
function isInTrees({ trees }: World, directory: string): boolean {
  return trees.some((tree) => {
    const roots = [tree.directory];
    if (tree.kind === "module") roots.push(...tree.dependencies.map((dependency) => dependency.directory));
    return roots.some((root) => relative(root, directory) !== undefined);
  });
}

/** A relative path from a directory, ".." taken away. */
function below(directory: string, path: string): string {
  const parts = directory.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
