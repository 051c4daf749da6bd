/** Trees of Go's history, from the git directory that RT0_GO_HISTORY names. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "./goroots.ts";
import type { Tree } from "./oracle.ts";

/** "" where none is named: the tests that need one are to be skipped. */
export const history = process.env["RT0_GO_HISTORY"] ?? "";

/** A commit's tree, or these paths of it, extracted into the cache. */
export function treeAt(commit: string, paths: readonly string[] = ["src"]): Tree {
  const git = ["--git-dir", history];
  const id = execFileSync("git", [...git, "rev-parse", "--verify", `${commit}^{commit}`], {
    encoding: "utf8",
  }).trim();
  const part = paths.join() === "src" ? "" : `-${paths.join("-").replaceAll("/", "_")}`;
  const dir = join(cacheDir, "history", id + part);
  if (!existsSync(dir)) {
    const unfinished = `${dir}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    const archive = execFileSync("git", [...git, "archive", id, ...paths], { maxBuffer: 2 ** 30 });
    execFileSync("tar", ["x", "-C", unfinished], { input: archive });
    renameSync(unfinished, dir);
  }
  return { dir, id };
}
