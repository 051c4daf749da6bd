/** `node tools/facts/main.mjs`: renders data/*.json into server/src/core/facts/generated. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const generated = fileURLToPath(new URL("../../server/src/core/facts/generated", import.meta.url));
const bundle = await build({
  entryPoints: [`${here}/renderFacts.ts`],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const { renderFacts } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0]?.contents ?? "").toString("base64")}`
);
let files;
try {
  files = renderFacts((file) => JSON.parse(readFileSync(`${here}/data/${file}.json`, "utf8")));
} catch (error) {
  // A trace would only repeat the bundle.
  console.error(error.message);
  process.exit(1);
}
mkdirSync(generated, { recursive: true });
for (const [name, text] of files) writeFileSync(`${generated}/${name}`, text);
