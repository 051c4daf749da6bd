/**
 * Makes one script of a test suite, for `runSuite` here and for @vscode/test-electron alike. It knows
 * how mocha has to be bundled, and nothing about the tests.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Bundles test files into a script that exports `run` and works in Node and in a web worker.
 * @param {readonly string[]} tests their paths; they use mocha's global `describe` and `it`
 * @param {string} outfile
 */
export async function bundleSuite(tests, outfile) {
  const loads = tests.map((path) => `await import(${JSON.stringify(resolve(path))});`);
  const contents = `import { runMocha } from "./suite.ts";
    export const run = () => runMocha(async () => { ${loads.join(" ")} });`;
  await build({
    stdin: { contents, resolveDir: here, loader: "ts" },
    outfile,
    bundle: true,
    platform: "browser",
    target: "es2022",
    external: ["vscode"],
    // Mocha's build for browsers takes `module.exports` for itself, so the suite claims it last.
    format: "iife",
    globalName: "suite",
    footer: { js: "module.exports = suite;" },
    logOverride: { "commonjs-variable-in-esm": "silent" },
    logLevel: "warning",
  });
}
