/**
 * Trees with other texts in place of some of their files: what a preview is
 * compared with. The client says where each text is, and reads it.
 */
import type { Connection } from "vscode-languageserver";
import type { Snapshot } from "../core/index.ts";
import { baseName, directoryOf, filePathOf } from "./filePath.ts";
import type { OpenProject } from "./projects.ts";
import { filesMethod, type FilesParams, type FilesResult, type PreviewRevision } from "./protocol.ts";

export interface Revision {
  /** The tree as it is now but for the files of the revision. Rejects where a text cannot be read. */
  readonly revise: (open: OpenProject) => Promise<Snapshot>;
  /** Where the text of a file is; undefined of a file that is the same. */
  sourceOf(site: string, directory: string, file: string): string | undefined;
}

export interface Revisions {
  of(revision: PreviewRevision): Revision;
}

/** By source; undefined where there is none. */
type Texts = Map<string, string | undefined>;

/** More revisions than this nobody compares at a time. */
const mostKept = 4;

export function createRevisions(connection: Connection): Revisions {
  const kept = new Map<string, Texts>();

  const textsOf = (id: string): Texts => {
    const texts = kept.get(id) ?? new Map<string, string | undefined>();
    // The one asked for last goes last.
    kept.delete(id);
    kept.set(id, texts);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return texts;
  };

  const read = async (sources: readonly string[], texts: Texts): Promise<void> => {
    const requests = sources.map((uri) => ({ kind: "read" as const, uri }));
    const answers = await connection.sendRequest<FilesResult>(filesMethod, {
      requests,
    } satisfies FilesParams);
    for (const [i, answer] of answers.entries()) {
      if (answer.kind === "failed") throw new Error(answer.reason);
      // Some editors give an empty text for a file that a revision does not have. In Go source the two are alike.
      texts.set(sources[i]!, answer.kind === "text" && answer.text !== "" ? answer.text : undefined);
    }
  };

  return {
    of({ id, files }) {
      const texts = textsOf(id);
      const replaced = files.flatMap(({ uri, source }) => {
        const path = filePathOf(uri);
        return path ? [{ ...path, source }] : [];
      });
      const sources = new Map(replaced.map(({ site, path, source }) => [site + path, source]));
      return {
        async revise({ site, project: { workspace } }) {
          // What nobody has asked of so far need not be read, large as a revision may be.
          const known = replaced.filter(
            (file) => file.site === site && workspace.snapshot.directories.has(directoryOf(file.path)),
          );
          const unread = known.flatMap(({ source }) => (texts.has(source) ? [] : [source]));
          if (unread.length > 0) await read(unread, texts);
          return workspace.fork().apply({
            files: known.map(({ path, source }) => ({
              directory: directoryOf(path),
              name: baseName(path),
              text: texts.get(source),
            })),
          });
        },
        sourceOf: (site, directory, file) => sources.get(`${site}${directory}/${file}`),
      };
    },
  };
}
