/**
 * Answers file requests from the disk, synchronously. Whatever lies there (a pipe, a device, a file without end, one
 * that grows while it is read), the answer comes at once, takes no more memory than the largest source, and says why
 * it is not the text.
 */
import { isAscii } from "node:buffer";
import { closeSync, constants, lstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { badName, hasControl, largestFile, tooLarge } from "./fileLimit.ts";
import type { Entry, FileAnswer, FileRequest, SyncFiles } from "./fileTask.ts";

export const nodeFiles: SyncFiles = {
  answer(request: FileRequest): FileAnswer {
    if (hasControl(basename(request.path))) return { kind: "failed", reason: badName };
    try {
      if (request.kind === "read") return read(request.path, request.holding);
      const entries = readdirSync(request.path, { withFileTypes: true }).map((entry): Entry => {
        if (entry.isFile()) return { name: entry.name, kind: "file" };
        if (entry.isDirectory()) return { name: entry.name, kind: "directory" };
        // A pipe or a device is read like a file, which fails and says why.
        return {
          name: entry.name,
          kind: entry.isSymbolicLink() ? linkKind(request.path, entry.name) : "file",
        };
      });
      return { kind: "entries", entries };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" && code !== "ENOTDIR") return { kind: "failed", reason: message };
      // Node writes this where it cannot decode a name, and then finds nothing by it.
      if (request.path.includes("\uFFFD")) return { kind: "failed", reason: "its name is not UTF-8" };
      if (request.kind === "read" && code === "ENOENT" && isLink(request.path))
        return { kind: "failed", reason: "the link leads nowhere" };
      return { kind: "missing" };
    }
  },
};

/** Holds one file after the other; as large as the largest so far, and at most one byte larger than any may be. */
let bytes = Buffer.alloc(1 << 20);

/** To open what has become a pipe in the meantime would wait for whoever writes into it; Windows has no such flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The text of a file; where words are given, only of one that holds any: looking in its bytes costs half of making a text. */
function read(path: string, holding: readonly string[] | undefined): FileAnswer {
  // Before it is opened: to open a device may do something.
  const status = statSync(path);
  // As for the go command, a directory by the name of a go.mod is none.
  if (status.isDirectory()) return { kind: "missing" };
  if (!status.isFile()) return { kind: "failed", reason: "not a regular file" };
  if (status.size > largestFile) return { kind: "failed", reason: tooLarge(status.size) };
  const file = openSync(path, flags);
  try {
    let length = 0;
    // Until nothing comes: what it said of its size may be of another moment, and files of the system say 0.
    for (let read = 1; read > 0; length += read) {
      if (length > largestFile) return { kind: "failed", reason: tooLarge() };
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, largestFile + 1));
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
 * Links to directories are not followed, all others are read as files: what a broken
 * link was meant to be is found out by reading it, which fails and says why.
 */
function linkKind(directory: string, name: string): Entry["kind"] {
  try {
    return statSync(`${directory}/${name}`).isDirectory() ? "other" : "file";
  } catch {
    return "file";
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
