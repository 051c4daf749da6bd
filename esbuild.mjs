/** Bundles everything that is shipped into dist/. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { repository, version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const address = (repository?.url ?? repository)?.replace(/^git\+/, "").replace(/\.git$/, "");
const checksPage = address && `${address}/blob/main/docs/checks.md`;

const common = { bundle: true, format: "cjs", minify: true, logLevel: "warning", outdir: "dist" };
const node = { ...common, platform: "node", target: "node20", outExtension: { ".js": ".cjs" } };
// A web worker has no `require`: the server's bundle stands alone, the client's gets `vscode` from the editor.
const browser = { ...common, platform: "browser", target: "es2022" };
const server = { define: { checksPage: JSON.stringify(checksPage) ?? "undefined" } };

// The page of previews stands in the client: nothing of it has to be found or loaded when one opens.
const [script, style] = await Promise.all(
  [
    { ...browser, format: "iife", entryPoints: ["client/webview/main.ts"], write: false },
    { ...browser, entryPoints: ["client/webview/preview.css"], write: false },
  ].map(async (options) => (await build(options)).outputFiles[0].text),
);
const client = {
  external: ["vscode"],
  define: { pageScript: JSON.stringify(script), pageStyle: JSON.stringify(style) },
};

await Promise.all([
  build({ ...node, entryPoints: { cli: "server/src/node/cli.ts" }, banner: { js: "#!/usr/bin/env node" } }),
  build({
    ...node,
    define: { version: JSON.stringify(version) },
    entryPoints: { rt0: "server/src/node/rt0.ts" },
    external: ["./server.cjs"],
  }),
  build({ ...node, ...server, entryPoints: { server: "server/src/node/server.ts" } }),
  build({
    ...browser,
    ...server,
    format: "iife",
    entryPoints: { "server.browser": "server/src/browser/server.ts" },
  }),
  build({ ...node, ...client, entryPoints: { client: "client/src/node/main.ts" } }),
  build({ ...browser, ...client, entryPoints: { "client.browser": "client/src/browser/main.ts" } }),
]);

const { status } = spawnSync(process.execPath, ["tools/compileAhead.mjs"], {
  cwd: new URL(".", import.meta.url),
  stdio: ["ignore", "ignore", "inherit"],
});
process.exitCode = status ?? 1;
