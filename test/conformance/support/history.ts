/** Trees of Go's history, from the git directory that RT0_GO_HISTORY names. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "./goroots.ts";
import type { Tree } from "./oracle.ts";

/** "" where none is named: the tests that need one are to be skipped. */
export const history = process.env["RT0_GO_HISTORY"] ?? "";

/** What `paths` name of a commit's tree, extracted into the cache; what is not there of them is left out. */
export function treeAt(commit: string, paths: readonly string[] = ["src"]): Tree {
  const id = git("rev-parse", "--verify", `${commit}^{commit}`).toString().trim();
  const part = paths.join() === "src" ? "" : `-${paths.join("-").replaceAll("/", "_")}`;
  const dir = join(cacheDir, "history", id + part);
  if (!existsSync(dir)) {
    const unfinished = `${dir}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    const there = paths.filter((path) => git("ls-tree", id, path).length > 0);
    execFileSync("tar", ["x", "-C", unfinished], { input: git("archive", id, ...there) });
    renameSync(unfinished, dir);
  }
  return { dir, id };
}

function git(...args: readonly string[]): Buffer {
  return execFileSync("git", ["--git-dir", history, ...args], { maxBuffer: 2 ** 30 });
}
