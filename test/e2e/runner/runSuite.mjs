/**
 * Runs a test suite inside the editor's extension host and says truthfully how it went. The suite is
 * a bundle made by `bundleSuite`; what it tests is not known here.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { openEditor } from "./openEditor.mjs";
import { startServer } from "./startServer.mjs";

/**
 * @typedef {object} SuiteOptions
 * @property {string} suitePath bundle that exports `run`
 * @property {string} folder the workspace, which the suite may change
 * @property {string} [openFile]
 * @property {string} [extensionPath] folder of the extension under test; or
 * @property {readonly string[]} [vsix] packages to install instead
 * @property {boolean} [web] in the web-worker host instead of Node's
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string} [screenshots] where pictures go; default `out/screenshots`
 * @property {number} [limitSeconds] for the whole suite; default 120
 */

/** @typedef {{ passes: number, failures: number, pending: number }} Counts */

/**
 * Bundles mocha test files and `suite.ts` into one script that runs in Node and in a web worker.
 * @param {readonly string[]} tests paths of the files; they use mocha's global `describe` and `it`
 * @param {string} outfile
 */
export async function bundleSuite(tests, outfile) {
  const runMocha = fileURLToPath(new URL("suite.ts", import.meta.url));
  const loads = tests.map((path) => `await import(${JSON.stringify(resolve(path))});`);
  const contents = `import { runMocha } from ${JSON.stringify(runMocha)};
    export const run = () => runMocha(async () => { ${loads.join("\n")} });`;
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    outfile,
    bundle: true,
    format: "iife",
    globalName: "suite",
    // Mocha's browser build takes `module.exports` for itself, so the suite claims it last.
    footer: { js: "module.exports = suite;" },
    platform: "browser",
    target: "es2022",
    external: ["vscode"],
    banner: { js: "var suite;" },
    sourcemap: "inline",
    logLevel: "warning",
    logOverride: { "commonjs-variable-in-esm": "silent" },
  });
}

/**
 * Resolves with the counts if every test passed, and rejects for anything else: a failure, no test
 * at all, an extension host that died (its exit code is 0), a crash, a suite that does not end. Then
 * `failure.png` shows the editor.
 * @param {SuiteOptions} options
 * @returns {Promise<Counts>}
 */
export async function runSuite(options) {
  const screenshots = resolve(options.screenshots ?? "out/screenshots");
  mkdirSync(screenshots, { recursive: true });
  for (const name of ["failure.png", "failure.log"]) rmSync(join(screenshots, name), { force: true });
  const limit = options.limitSeconds ?? 120;
  const server = await startServer(options);
  /** @type {import("./openEditor.mjs").OpenEditor | undefined} */
  let editor;
  /** @type {Counts | undefined} */
  let counts;
  // The editor's own console, of interest only after a failure.
  let log = "";
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    /** @type {(code: number) => void} */
    let end = () => undefined;
    /** @type {(error: Error) => void} */
    let fail = () => undefined;
    /** @type {Promise<number>} */
    const ended = new Promise((resolveEnd, rejectEnd) => {
      end = resolveEnd;
      fail = rejectEnd;
    });
    // An early failure must not count as unhandled before it is awaited below.
    ended.catch(() => undefined);
    timer = setTimeout(() => fail(new Error(`the suite did not end within ${limit} s`)), limit * 1000);
    void server.stopped.then((output) => fail(new Error(`the editor's server ended:\n${output}`)));

    /** @type {import("./openEditor.mjs").Prepare} */
    const listen = async (page) => {
      page.on("crash", () => fail(new Error("the browser's page crashed")));
      await page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => end(code));
      await page.exposeFunction("codeAutomationLog", (/** @type {string} */ _, /** @type {unknown[]} */ args) => {
        const line = args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))).join(" ");
        const [, marker, value = ""] = /^rt0:(line|result|screenshot) (.*)$/s.exec(line) ?? [];
        if (marker === "result") counts = JSON.parse(value);
        else if (marker === "screenshot") takeScreenshot(page, JSON.parse(value)).catch(fail);
        else if (marker === "line") stdout.write(`${value}\n`);
        else log += `${line}\n`;
      });
    };
    /**
     * @param {import("playwright-core").Page} page
     * @param {import("./suite.ts").Screenshot} wanted
     */
    const takeScreenshot = async (page, { name, selector }) => {
      if (selector !== undefined) await page.locator(selector).first().waitFor({ timeout: limit * 1000 });
      await page.screenshot({ path: join(screenshots, `${name}.png`), animations: "disabled" });
      // The suite waits for this file, and removes it.
      writeFileSync(join(options.folder, `${name}.taken`), "");
    };

    editor = await openEditor(server.authority, options, listen);
    const code = await ended;
    if (counts === undefined) throw new Error(`the extension host ended (code ${code}) without a result`);
    const { passes, failures } = counts;
    if (failures > 0 || code !== 0) throw new Error(`${failures} failing (code ${code})`);
    if (passes === 0) throw new Error("no test ran");
    return counts;
  } catch (error) {
    const path = join(screenshots, "failure.png");
    const shown = await editor?.page.screenshot({ path, timeout: 5000 }).then(
      () => true,
      () => false,
    );
    writeFileSync(join(screenshots, "failure.log"), log);
    if (shown && error instanceof Error) error.message += `\nthe editor then: ${path}, and failure.log`;
    throw error;
  } finally {
    clearTimeout(timer);
    await editor?.close();
    server.stop();
  }
}
