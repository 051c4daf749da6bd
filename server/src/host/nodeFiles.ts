/** Answers file requests from the disk, synchronously: for the command line. */
import { isAscii } from "node:buffer";
import { closeSync, lstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import type { Entry, FileAnswer, FileRequest, SyncFiles } from "./fileTask.ts";

export const nodeFiles: SyncFiles = {
  answer(request: FileRequest): FileAnswer {
    try {
      if (request.kind === "read") return read(request.path, request.holding);
      const entries = readdirSync(request.path, { withFileTypes: true }).map((entry): Entry => {
        if (entry.isFile()) return { name: entry.name, kind: "file" };
        if (entry.isDirectory()) return { name: entry.name, kind: "directory" };
        return {
          name: entry.name,
          kind: entry.isSymbolicLink() ? linkKind(request.path, entry.name) : "other",
        };
      });
      return { kind: "entries", entries };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (request.kind === "read" && code === "ENOENT" && isLink(request.path)) {
        return { kind: "failed", reason: "the link leads nowhere" };
      }
      return code === "ENOENT" || code === "ENOTDIR"
        ? { kind: "missing" }
        : { kind: "failed", reason: message };
    }
  },
};

/** Holds one file after the other; as large as the largest so far. */
let bytes = Buffer.alloc(0);

/** The text of a file; where words are given, only of one that holds any: looking in its bytes costs half of making a text. */
function read(path: string, holding: readonly string[] | undefined): FileAnswer {
  const file = openSync(path, "r");
  try {
    let length = 0;
    for (let read = 1; read > 0; length += read) {
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.max(2 * length, 1 << 20));
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    const content = bytes.subarray(0, length);
    if (holding && !holding.some((word) => content.includes(word))) return { kind: "missing" };
    // Most files are ASCII, and to find that out and copy them is faster than to decode them.
    return { kind: "text", text: content.toString(isAscii(content) ? "latin1" : "utf8") };
  } finally {
    closeSync(file);
  }
}

/**
 * Links to files are read as files, links to directories are not followed. What a
 * broken link was meant to be is found out by reading it, which fails and says why.
 */
function linkKind(directory: string, name: string): Entry["kind"] {
  try {
    return statSync(`${directory}/${name}`).isFile() ? "file" : "other";
  } catch {
    return "file";
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
