/** Answers file requests from the disk, synchronously: for the command line. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import type { Entry, FileAnswer, FileRequest, SyncFiles } from "./fileTask.ts";

export const nodeFiles: SyncFiles = {
  answer(request: FileRequest): FileAnswer {
    try {
      if (request.kind === "read") return { kind: "text", text: readFileSync(request.path, "utf8") };
      const entries = readdirSync(request.path, { withFileTypes: true }).map((entry): Entry => {
        if (entry.isFile()) return { name: entry.name, kind: "file" };
        if (entry.isDirectory()) return { name: entry.name, kind: "directory" };
        return { name: entry.name, kind: entry.isSymbolicLink() ? linkKind(request.path, entry.name) : "other" };
      });
      return { kind: "entries", entries };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR" ? { kind: "missing" } : { kind: "failed", reason: message };
    }
  },
};

/** Links to files are read as files; links to directories are not followed. */
function linkKind(directory: string, name: string): Entry["kind"] {
  return statSync(`${directory}/${name}`, { throwIfNoEntry: false })?.isFile() ? "file" : "other";
}
