/**
 * Starts the editor's server on localhost with a profile of its own, and ends it with everything it
 * started. It knows the server's options and nothing about browsers or tests.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process, { env } from "node:process";
import { setTimeout } from "node:timers/promises";
import { installEditor } from "./installEditor.mjs";

/**
 * @typedef {object} ServerOptions
 * @property {Record<string, unknown>} [settings] user settings, on top of ones that keep the editor quiet
 * @property {readonly string[]} [vsix] packages to install first, as a user would
 * @property {number} [port] a free one unless given
 */

/**
 * @typedef {object} Server
 * @property {string} authority host and port, as in `127.0.0.1:8080`
 * @property {Promise<string>} stopped settles with the last output when the server ends for any reason
 * @property {() => void} stop ends the server and removes its profile; may be called twice
 */

/** No welcome page, no assistant, no prompt: nothing on the screen that a test did not ask for. */
const quiet = {
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

const flags = [
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-workspace-trust",
  "--disable-getting-started-override",
  "--ignore-last-opened",
  // Without it a built VS Code ignores the paths of an extension or suite under development.
  "--vscode-option",
  "enable-smoke-test-driver",
];

const interrupted = () => process.exit(130);

/**
 * Resolves when the server answers; rejects with its output if it ends before that.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const editor = installEditor();
  const profile = mkdtempSync(join(tmpdir(), "rt0-editor-"));
  const data = join(profile, "data");
  mkdirSync(join(data, "User"), { recursive: true });
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify({ ...quiet, ...options.settings }));

  // The user's own editor must not show through: neither its home, nor the variables that a
  // terminal inside VS Code sets. An empty gallery keeps the server from looking for one.
  const own = Object.entries(env).filter(([name]) => !/^(VSCODE_|XDG_|ELECTRON_|PORT$|PASSWORD$)/.test(name));
  const environment = { ...Object.fromEntries(own), HOME: profile, EXTENSIONS_GALLERY: "{}" };

  const directories = ["--user-data-dir", data, "--extensions-dir", join(profile, "extensions")];
  const program = [editor.entry, "--config", join(profile, "config.yaml"), ...directories];
  for (const path of options.vsix ?? []) {
    execFileSync(editor.node, [...program, "--install-extension", path], { env: environment, stdio: "pipe" });
  }

  const address = ["--bind-addr", `127.0.0.1:${options.port ?? 0}`, "--auth", "none"];
  const server = spawn(editor.node, [...program, ...address, ...flags], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that extension hosts and language servers end with it.
    detached: true,
  });

  const stop = () => {
    try {
      if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
    } catch {
      // The whole group has ended already.
    }
    process.off("exit", stop).off("SIGINT", interrupted).off("SIGTERM", interrupted);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  // Its own group hears no Ctrl+C; only this process can pass it on.
  process.on("exit", stop).on("SIGINT", interrupted).on("SIGTERM", interrupted);

  let output = "";
  /** @type {Promise<string>} */
  const listening = new Promise((resolve) => {
    const read = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-4000);
      const found = /HTTP server listening on http:\/\/([\d.:]+)/.exec(output);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
  });
  const stopped = once(server, "exit").then(() => output);
  const failed = stopped.then((last) => {
    throw new Error(`the editor's server ended:\n${last}`);
  });
  const late = setTimeout(60_000, undefined, { ref: false }).then(() => {
    throw new Error(`the editor's server does not answer:\n${output}`);
  });
  try {
    return { authority: await Promise.race([listening, failed, late]), stopped, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
