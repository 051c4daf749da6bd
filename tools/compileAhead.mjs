/**
 * Runs the command line of a built folder once, and keeps there, as rt0.code, the code that V8 compiled for it, for
 * server/src/node/cli.ts. Only the Node that ran this will take it.
 *
 *     node tools/compileAhead.mjs [DIST]
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = resolve(process.argv[2] ?? join(root, "dist"));
const require = createRequire(import.meta.url);
const cli = require.resolve(join(dist, "cli.cjs"));

process.argv.splice(1, Infinity, cli, "check", "--root", join(root, "samples"));
process.on("exit", () => {
  writeFileSync(join(dist, "rt0.code"), require.cache[cli].exports.codeToKeep());
  // There are findings in the samples.
  process.exitCode = 0;
});
require(cli);
