/** Trees of Go's history, extracted from the git directory that RT0_GO_HISTORY names into the cache. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "./goroots.ts";

/** "" where there is no history to test with. */
export const history = process.env["RT0_GO_HISTORY"] ?? "";

/** What `paths` name of a commit's tree; what is not there of them is left out. */
export function historyTree(commit: string, paths: readonly string[] = ["src"]): string {
  const id = git("rev-parse", "--verify", `${commit}^{commit}`).toString().trim();
  const whole = paths.join() === "src";
  const dir = join(cacheDir, "history", whole ? id : `${id}-${paths.join("+").replaceAll("/", ".")}`);
  if (existsSync(dir)) return dir;
  const unfinished = `${dir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const there = paths.filter((path) => git("ls-tree", id, path).length > 0);
  execFileSync("tar", ["x", "-C", unfinished], { input: git("archive", id, ...there) });
  renameSync(unfinished, dir);
  return dir;
}

function git(...args: string[]): Buffer {
  return execFileSync("git", ["--git-dir", history, ...args], { maxBuffer: 2 ** 30 });
}
