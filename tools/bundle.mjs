/**
 * Bundles everything that is shipped; `esbuild.mjs` has it written into dist/. It must not know where the bundles go
 * from there.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { repository, version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
const address = (repository?.url ?? repository)?.replace(/^git\+/, "").replace(/\.git$/, "");
const checksPage = address && `${address}/blob/main/docs/checks.md`;

/** What esbuild says of each bundle that went into dist/, or would have without `write`. */
export async function bundle({ write = true } = {}) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: "cjs",
    minify: true,
    logLevel: "warning",
    outdir: "dist",
    metafile: true,
    write,
  };
  const node = { ...common, platform: "node", target: "node20", outExtension: { ".js": ".cjs" } };
  // A web worker has no `require`: the server's bundle stands alone, the client's gets `vscode` from the editor.
  const browser = { ...common, platform: "browser", target: "es2022" };
  const server = {
    define: { checksPage: JSON.stringify(checksPage) ?? "undefined", version: JSON.stringify(version) },
  };

  // The page of previews stands in the client: nothing of it has to be found or loaded when one opens.
  const page = await Promise.all([
    build({ ...browser, format: "iife", entryPoints: ["client/webview/main.ts"], write: false }),
    build({ ...browser, entryPoints: ["client/webview/preview.css"], write: false }),
  ]);
  const [pageScript, pageStyle] = page.map(({ outputFiles }) => JSON.stringify(outputFiles[0].text));
  const client = { external: ["vscode"], define: { pageScript, pageStyle } };

  const bundles = await Promise.all([
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
  return [...page, ...bundles].map(({ metafile }) => metafile);
}
