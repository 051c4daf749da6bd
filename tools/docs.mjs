/** `npm run docs`: writes docs/checks.md and the generated settings in package.json from the registry of checks. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = await build({
  entryPoints: [`${root}/tools/renderDocs.ts`],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const { renderChecks, renderManifest } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0]?.contents ?? "").toString("base64")}`
);
mkdirSync(`${root}/docs`, { recursive: true });
writeFileSync(`${root}/docs/checks.md`, renderChecks());
writeFileSync(`${root}/package.json`, renderManifest(readFileSync(`${root}/package.json`, "utf8")));
execFileSync("npx", ["prettier", "--write", "--log-level", "warn", "package.json"], { cwd: root });
