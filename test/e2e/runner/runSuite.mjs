/**
 * Runs a test suite inside the editor's extension host and says truthfully how it went. The suite is
 * a script made by `bundleSuite`; what it tests is not known here.
 */
import { EventEmitter, once } from "node:events";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stdout } from "node:process";
import { openEditor } from "./openEditor.mjs";
import { startServer } from "./startServer.mjs";

/**
 * @typedef {object} SuiteOptions
 * @property {string} suitePath script that exports `run`
 * @property {string} folder the workspace, which the suite may change
 * @property {string} [openFile] a file to open at the start
 * @property {string} extensionPath folder of the extension under test
 * @property {readonly string[]} [vsix] packages to install beside it
 * @property {boolean} [web] in the web-worker host instead of Node's
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string} [screenshots] where pictures go; default `out/screenshots`
 * @property {number} [limitSeconds] for the whole suite; default 120
 */

/** @typedef {{ passes: number, failures: number, pending: number }} Counts */

/**
 * Resolves with the counts if every test passed, and rejects for anything else: a failure, no test
 * at all, an extension host that died (its exit code is 0), a crash, a suite that does not end. Then
 * `failure.png` shows the editor, and `failure.log` is its console.
 * @param {SuiteOptions} options
 * @returns {Promise<Counts>}
 */
export async function runSuite(options) {
  const screenshots = resolve(options.screenshots ?? "out/screenshots");
  const failure = { picture: join(screenshots, "failure.png"), log: join(screenshots, "failure.log") };
  mkdirSync(screenshots, { recursive: true });
  for (const path of Object.values(failure)) rmSync(path, { force: true });

  // "end" comes with the extension host's exit code; the first "error" fails the run, later ones are
  // its consequences.
  const events = new EventEmitter().on("error", () => undefined);
  const fail = (/** @type {string} */ reason) => events.emit("error", new Error(reason));
  const ended = once(events, "end");
  ended.catch(() => undefined);
  /** @type {Counts | undefined} */
  let counts;
  let log = "";

  /** @param {import("playwright-core").Page} page */
  const listen = async (page) => {
    page.on("crash", () => fail("the browser's page crashed"));
    // VS Code's own test driver calls these two on the page, if they are there.
    await page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => events.emit("end", code));
    await page.exposeFunction(
      "codeAutomationLog",
      (/** @type {string} */ _, /** @type {unknown[]} */ args) => {
        const text = args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))).join(" ");
        const [, mark, value = ""] = /^rt0:(line|result|screenshot|page) (.*)$/s.exec(text) ?? [];
        if (mark === "line") stdout.write(`${value}\n`);
        else if (mark === "result") counts = JSON.parse(value);
        else if (mark === "screenshot") takeScreenshot(page, JSON.parse(value)).catch((e) => fail(String(e)));
        else if (mark === "page") doStep(page, JSON.parse(value)).catch((e) => fail(String(e)));
        else log += `${text}\n`;
      },
    );
  };
  /**
   * @param {import("playwright-core").Page} page
   * @param {import("./suite.ts").Screenshot} wanted
   */
  const takeScreenshot = async (page, { name, selector, size }) => {
    if (size) await page.setViewportSize(size);
    if (selector !== undefined) await page.locator(selector).first().waitFor({ timeout: 100_000 });
    await page.screenshot({ path: join(screenshots, `${name}.png`), animations: "disabled" });
    answer(name, "");
  };
  /**
   * The suite waits for this file, and removes it.
   * @param {string} name
   * @param {string} text
   */
  const answer = (name, text) => {
    // A name of its own until all of it is there.
    const path = join(options.folder, `${name}.taken`);
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  /**
   * @param {import("playwright-core").Page} page
   * @param {import("./suite.ts").PageStep & { name: string }} step
   */
  const doStep = async (page, step) => {
    const find = (/** @type {string} */ selector, /** @type {boolean | undefined} */ inPreview) =>
      (inPreview ? page.frameLocator("iframe.webview.ready").frameLocator("#active-frame") : page)
        .locator(selector)
        .first();
    let text = "";
    if (step.kind === "press") await page.keyboard.press(step.key);
    else if (step.kind === "type") await page.keyboard.type(step.text);
    else if (step.kind === "click") await find(step.selector, step.inPreview).click();
    else if (step.kind === "select") await find(step.selector, step.inPreview).selectOption(step.value);
    else text = (await find(step.selector, step.inPreview).textContent()) ?? "";
    answer(step.name, text);
  };

  const limit = options.limitSeconds ?? 300;
  const server = await startServer(options);
  const timer = setTimeout(() => fail(`the suite did not end within ${limit} s`), limit * 1000);
  void server.stopped.then((output) => fail(`the editor's server ended:\n${output}`));
  /** @type {import("./openEditor.mjs").OpenEditor | undefined} */
  let editor;
  try {
    editor = await openEditor(server.authority, options, listen);
    const [code] = await ended;
    if (counts === undefined) throw new Error(`the extension host ended (code ${code}) without a result`);
    const { passes, failures } = counts;
    if (failures > 0 || code !== 0) throw new Error(`${failures} failing (code ${code})`);
    if (passes === 0) throw new Error("no test ran");
    return counts;
  } catch (error) {
    writeFileSync(failure.log, log);
    await editor?.page.screenshot({ path: failure.picture, timeout: 5000 }).catch(() => undefined);
    if (error instanceof Error) error.message += `\nsee ${screenshots}/failure.*`;
    throw error;
  } finally {
    clearTimeout(timer);
    await editor?.close();
    server.stop();
  }
}
