/** Answers file requests from the disk, synchronously: for the command line. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { Entry, FileAnswer, FileRequest, SyncFiles } from "./fileTask.ts";

export const nodeFiles: SyncFiles = {
  answer(request: FileRequest): FileAnswer {
    try {
      if (request.kind === "read") return { kind: "text", text: readFileSync(request.path, "utf8") };
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
