/**
 * Makes a fresh clone ready to run, and does nothing where nothing has changed:
 * installs when package-lock.json is not the one that was installed, builds when a
 * source has changed since the last build. Needs nothing but Node; must not know
 * what is done with the result.
 *
 *     node tools/setup.mjs
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
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
  // Somebody may have installed by hand; npm leaves a file of its own then.
  const npmLock = newest([join(root, "node_modules", ".package-lock.json")]);
  const isByHand = !existsSync(stamp) && npmLock > newest([join(root, "package-lock.json")]);
  if (!isByHand) {
    say("installing dependencies");
    // Under Windows npm is a script, which only a shell can start.
    run("npm", ["ci", "--loglevel=error"], { shell: process.platform === "win32" });
  }
  writeFileSync(stamp, lock);
}

/** Bundles the sources into dist/, unless none has changed since this Node last did: its compiled code is no other's. */
export function build() {
  const stamp = join(root, "node_modules", ".rt0-built");
  const tools = ["bundle.mjs", "compileAhead.mjs", "renderNotices.mjs"].map((name) => join("tools", name));
  const sources = ["server/src", "client", "esbuild.mjs", ...tools, "package.json", "package-lock.json"];
  const isBuilt =
    existsSync(join(root, "dist")) && existsSync(stamp) && readFileSync(stamp, "utf8") === process.version;
  if (isBuilt && newest(sources.map((path) => join(root, path))) < statSync(stamp).mtimeMs) return;
  say("building");
  // What changes while the build runs is newer than the stamp.
  const started = new Date();
  run(process.execPath, ["esbuild.mjs"]);
  writeFileSync(stamp, process.version);
  utimesSync(stamp, started, started);
}

/** When a file at or below these paths was last written, in milliseconds. */
function newest(paths) {
  const times = paths.map((path) => {
    const status = statSync(path, { throwIfNoEntry: false });
    if (!status) return 0;
    if (!status.isDirectory()) return status.mtimeMs;
    // A directory's own time tells of files that are gone.
    return Math.max(status.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
  });
  return Math.max(0, ...times);
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
