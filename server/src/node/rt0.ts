/** The command line under Node, in one file; cli.ts starts it faster. */
import { writeSync } from "node:fs";
import { main } from "../cli/main.ts";
import { readAhead, serveReadAhead } from "./readAhead.ts";

/** That of package.json; esbuild fills it in. */
declare const version: string;

let hasProgress = false;
let isServing = false;

if (!serveReadAhead()) {
  const status = main(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    version,
    write: (text) => writeAll(1, text),
    warn: (line) => writeAll(2, `rt0: ${line}\n`),
    // A bundle of its own, so that no other command has to load it.
    serve() {
      isServing = true;
      void require("./server.cjs");
    },
    readAhead,
    progress(line) {
      if ((line === undefined && !hasProgress) || !process.stderr.isTTY) return;
      hasProgress = line !== undefined;
      // To the start of the line, and erase what is there.
      writeAll(2, `\r\u001B[K${(line ?? "").slice(0, (process.stderr.columns || 80) - 1)}`);
    },
  });
  // All is written: what is in memory need not be taken apart.
  if (!isServing) process.exit(status);
}

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
