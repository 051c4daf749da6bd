/** Answers file requests from a map of path to text: for tests, and for files only an editor knows. */
import type { Entry, FileAnswer, FileRequest, SyncFiles } from "./fileTask.ts";

export function memoryFiles(texts: ReadonlyMap<string, string>): SyncFiles {
  return {
    answer(request: FileRequest): FileAnswer {
      if (request.kind === "read") {
        const text = texts.get(request.path);
        return text === undefined ? { kind: "missing" } : { kind: "text", text };
      }
      const entries = new Map<string, Entry>();
      const prefix = request.path + "/";
      for (const path of texts.keys()) {
        if (!path.startsWith(prefix)) continue;
        const [name, ...below] = path.slice(prefix.length).split("/");
        entries.set(name!, { name: name!, kind: below.length > 0 ? "directory" : "file" });
      }
      return entries.size === 0 ? { kind: "missing" } : { kind: "entries", entries: [...entries.values()] };
    },
  };
}
