/** Entry of the command line under Node. */
import { writeSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { main } from "../cli/main.ts";
import { readAhead, serveReadAhead } from "./readAhead.ts";

// Most runs end within a second: optimising code later than usual leaves more time to run it.
setFlagsFromString("--interrupt-budget=300000");

let hasProgress = false;

if (!serveReadAhead())
  process.exitCode = main(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    write: (text) => writeAll(1, text),
    warn: (line) => writeAll(2, `rt0: ${line}\n`),
    // A bundle of its own, so that no other command has to load it.
    serve: () => void require("./server.cjs"),
    readAhead,
    progress(line) {
      if (!process.stderr.isTTY || (line === undefined && !hasProgress)) return;
      hasProgress = line !== undefined;
      // To the start of the line, and erase what is there.
      writeAll(2, `\r\u001B[K${(line ?? "").slice(0, (process.stderr.columns || 80) - 1)}`);
    },
  });

/** Writes everything, also to a pipe that is full for a moment; a reader that went away is no error of ours. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
    }
  }
}
