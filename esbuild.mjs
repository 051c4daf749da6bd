/** Bundles everything that is shipped into dist/. */
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { repository } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const address = (repository?.url ?? repository)?.replace(/^git\+/, "").replace(/\.git$/, "");
const checksPage = address && `${address}/blob/main/docs/checks.md`;

const common = { bundle: true, format: "cjs", minify: true, logLevel: "warning", outdir: "dist" };
const node = { ...common, platform: "node", target: "node20", outExtension: { ".js": ".cjs" } };
// A web worker has no `require`: the server's bundle stands alone, the client's gets `vscode` from the editor.
const browser = { ...common, platform: "browser", target: "es2022" };
const server = { define: { checksPage: JSON.stringify(checksPage) ?? "undefined" } };
const client = { external: ["vscode"] };

await Promise.all([
  build({
    ...node,
    entryPoints: { cli: "server/src/node/cli.ts" },
    external: ["./server.cjs"],
    banner: { js: "#!/usr/bin/env node" },
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
  build({ ...browser, format: "iife", entryPoints: { webview: "client/webview/main.ts" } }),
  build({ ...browser, entryPoints: { webview: "client/webview/preview.css" } }),
]);
