/**
 * Runs the command line once and keeps the code that V8 compiled for it in dist/rt0.code, for server/src/node/cli.ts.
 *
 *     node tools/compileAhead.mjs
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const cli = require.resolve("../dist/cli.cjs");

process.argv.splice(1, Infinity, cli, "check", "--root", join(root, "samples"));
process.on("exit", () => {
  writeFileSync(join(root, "dist", "rt0.code"), require.cache[cli].exports.codeToKeep());
  // There are findings in the samples.
  process.exitCode = 0;
});
require(cli);
