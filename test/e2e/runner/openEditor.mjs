/**
 * Opens a folder in the editor inside a browser without a window. What runs there, a test suite or
 * a script that drives the page, is the caller's business.
 */
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { basename, dirname, extname, join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./installEditor.mjs";

/**
 * @typedef {object} View
 * @property {string} folder the workspace
 * @property {string} [openFile] a file to open at the start
 * @property {string} [extensionPath] folder of an extension under development
 * @property {string} [suitePath] script that exports `run`, started in the extension host
 * @property {boolean} [web] run extension and suite in a web worker instead of Node
 */

/** @typedef {(page: import("playwright-core").Page) => Promise<void>} Prepare */

/**
 * @typedef {object} OpenEditor
 * @property {import("playwright-core").Page} page
 * @property {() => Promise<void>} close
 */

/**
 * The address that shows a folder, and loads an extension under development in the Node host.
 * @param {string} authority host and port of the server
 * @param {View} view
 */
export function editorUrl(authority, { folder, openFile, extensionPath, suitePath, web }) {
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://${authority}${resolve(path).split("/").map(encodeURIComponent).join("/")}`;
  const payload = [["skipWelcome", "true"]];
  if (openFile !== undefined) payload.push(["openFile", remote(openFile)]);
  if (extensionPath !== undefined && !web) payload.push(["extensionDevelopmentPath", remote(extensionPath)]);
  if (suitePath !== undefined && !web) payload.push(["extensionTestsPath", remote(suitePath)]);
  const query = new URLSearchParams({ folder: resolve(folder), payload: JSON.stringify(payload) });
  return `http://${authority}/?${query}`;
}

/**
 * Shows the view in a new browser.
 * @param {string} authority host and port of the server
 * @param {View} view
 * @param {Prepare} [prepare] called before the page loads, to listen to it
 * @returns {Promise<OpenEditor>}
 */
export async function openEditor(authority, view, prepare) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // The editor is all on this machine; nothing may depend on a network or wait for one.
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
    ],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const closeFiles = view.web ? await serveToWorker(page, authority, view) : () => undefined;
    browser.once("disconnected", closeFiles);
    await prepare?.(page);
    // On a busy machine the first page takes its time.
    await page.goto(editorUrl(authority, view), { timeout: 100_000 });
    return { page, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Lets the web-worker host load extension and suite, as vscode.dev does: over HTTP from the page's own
 * origin (the server forwards /proxy/PORT/), named in the configuration that the page carries.
 * @param {import("playwright-core").Page} page
 * @param {string} authority
 * @param {View} view
 * @returns {Promise<() => void>} closes the file server
 */
async function serveToWorker(page, authority, { extensionPath, suitePath }) {
  /** @type {Record<string, string>} */
  const types = { ".js": "text/javascript", ".cjs": "text/javascript", ".json": "application/json" };

  // A suite runs in the host of the extension it lies in, so the suite is served as if it did.
  const suiteFolder = "/extension/.suite/";
  const files = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    let file = "";
    if (path.startsWith(suiteFolder)) file = join(dirname(suitePath ?? ""), path.slice(suiteFolder.length));
    else if (path.startsWith("/extension/"))
      file = join(extensionPath ?? "", path.slice("/extension/".length));
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => void files.listen(0, "127.0.0.1", () => done(undefined)));
  const address = files.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const uri = (/** @type {string} */ path) => ({ scheme: "http", authority, path: `/proxy/${port}${path}` });

  const development = {
    extensions: extensionPath === undefined ? [] : [uri("/extension")],
    extensionTestsPath: suitePath === undefined ? undefined : uri(`${suiteFolder}${basename(suitePath)}`),
  };
  // Rewriting the page itself would close its sockets; the element is changed as soon as it is parsed.
  await page.addInitScript((options) => {
    const observer = new MutationObserver(() => {
      const element = document.getElementById("vscode-workbench-web-configuration");
      const settings = element?.dataset["settings"];
      if (!element || settings === undefined) return;
      observer.disconnect();
      element.dataset["settings"] = JSON.stringify({ ...JSON.parse(settings), developmentOptions: options });
    });
    observer.observe(document, { childList: true, subtree: true });
  }, development);
  return () => {
    files.close();
    files.closeAllConnections();
  };
}
