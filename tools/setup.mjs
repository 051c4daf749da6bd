/**
 * Makes a fresh clone ready to run, and does nothing where nothing has changed:
 * installs when package-lock.json is not the one that was installed, builds when a
 * source is newer than what is in dist/. Needs nothing but Node; must not know
 * what is done with the result.
 *
 *     node tools/setup.mjs
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs and builds as far as needed. Ends the process where that fails. */
export function setup() {
  install();
  build();
}

/** Installs the locked dependencies, unless this very lock file is what node_modules was made from. */
export function install() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const stamp = join(root, "node_modules", ".rt0-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("installing dependencies");
  // Under Windows npm is a script, which only a shell can start.
  run("npm", ["ci", "--loglevel=error"], { shell: process.platform === "win32" });
  writeFileSync(stamp, lock);
}

/** Bundles the sources into dist/, unless dist/ is newer than all of them. */
export function build() {
  const built = newest(join(root, "dist"), Math.min);
  const sources = ["server/src", "client", "esbuild.mjs", "package.json", "node_modules/.rt0-lock"];
  const changed = Math.max(...sources.map((path) => newest(join(root, path), Math.max)));
  if (changed < built) return;
  say("building");
  run(process.execPath, ["esbuild.mjs"], { shell: false });
}

/** The latest (Math.max) or earliest (Math.min) time a file at or below `path` was written; 0 where there is none. */
function newest(path, choose) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  const times = readdirSync(path).map((name) => newest(join(path, name), choose));
  return times.length === 0 ? 0 : choose(...times);
}

/** Runs a program in the repository; its failure is ours. */
export function run(program, args, { shell = false } = {}) {
  // What the program prints is about its own work: it goes to standard error.
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ["ignore", 2, 2], shell });
  if (status === 0) return;
  say(error ? `${program}: ${error.message}` : `${program} ${args.join(" ")} failed`);
  process.exit(1);
}

function say(line) {
  process.stderr.write(`rt0: ${line}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
