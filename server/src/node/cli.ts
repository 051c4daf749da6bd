/**
 * Starts the command line. To compile the program is a tenth of a short run, so V8 is given the code that it compiled
 * when the program was built (tools/compileAhead.mjs), where it is the very same Node that is running now. Any other
 * passes over that and compiles for itself.
 */
import { readFileSync, statSync } from "node:fs";
import { wrap } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

// Most runs end within two seconds, which compiling takes its share of: functions are optimised later than usual, with
// less of others in them, and none is turned away because many wait; before that, more are compiled plainly at a time.
// Of a flag that it does not have V8 complains on standard error, and it cannot be asked before: they are set in the
// releases that were looked at, those of Node 20, 22, 24, 25 and 26.
const v8 = process.versions.v8.split(".", 2).join(".");
if (v8 === "11.3") setFlagsFromString("--interrupt-budget=160000");
if (["11.3", "12.4", "13.6", "14.1", "14.6"].includes(v8)) {
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
  setFlagsFromString("--concurrent-recompilation-queue-length=32");
  setFlagsFromString("--baseline-batch-compilation-threshold=16384");
}

const filename = join(__dirname, "rt0.cjs");
const program = readProgram();
export const script = new Script(wrap(program.toString()), { filename, cachedData: compiledAhead() });
// With this file's name, so that the program's second thread starts here, too.
(script.runInThisContext() as (...module: unknown[]) => void)(
  exports,
  require,
  module,
  __filename,
  __dirname,
);

function readProgram(): Buffer {
  try {
    return readFileSync(filename);
  } catch (error) {
    process.stderr.write(`rt0: ${(error as Error).message}\n`);
    process.exit(2);
  }
}

/** What dist/rt0.code is to hold once the program has run: the code, and behind it a checksum. */
export function codeToKeep(): Buffer {
  const code = script.createCachedData();
  return Buffer.concat([code, checksum(code)]);
}

function compiledAhead(): Buffer | undefined {
  try {
    const kept = readFileSync(join(__dirname, "rt0.code"));
    const code = kept.subarray(0, -4);
    return checksum(code).equals(kept.subarray(-4)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/**
 * V8 takes code of any program as long as this one for its own, and damaged code for whole. It also takes that of a
 * Node with the same V8 whose built-in functions are others, and crashes: Node 20.20.0 does, given code of 20.20.2.
 */
function checksum(code: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(code, crc32(program, crc32(thisNode()))));
  return sum;
}

/** Distributions build the same release in different ways, so its version does not say which it is. */
function thisNode(): string {
  const { arch, execPath, platform, versions } = process;
  return JSON.stringify([versions, platform, arch, statSync(execPath).size]);
}
