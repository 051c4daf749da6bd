/**
 * Starts the command line. To compile the program is a tenth of a short run, so V8 is given the code that it compiled
 * when the program was built (tools/compileAhead.mjs). Another version of Node passes over that and compiles for itself.
 */
import { readFileSync } from "node:fs";
import { wrap } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

// Most runs end within a second: optimising code later than usual leaves more time to run it.
setFlagsFromString("--interrupt-budget=300000");

const filename = join(__dirname, "rt0.cjs");

export const script = new Script(wrap(program()), { filename, cachedData: compiledAhead() });
// With this file's name, so that the program's second thread starts here, too.
(script.runInThisContext() as (...module: unknown[]) => void)(
  exports,
  require,
  module,
  __filename,
  __dirname,
);

function program(): string {
  try {
    return readFileSync(filename, "utf8");
  } catch (error) {
    process.stderr.write(`rt0: ${(error as Error).message}\n`);
    process.exit(2);
  }
}

function compiledAhead(): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, "rt0.code"));
  } catch {
    return undefined;
  }
}
