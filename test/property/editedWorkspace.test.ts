/**
 * After any sequence of edits, a workspace answers as one that never saw anything but the last texts. What
 * snapshots hand on to each other may save work, never change an answer.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkDirectory, packageConstants, structLayouts } from "../../server/src/core/index.ts";
import { type MemoryProject, memoryProject } from "../support/memoryProject.ts";
import { smallProject, spliced, splices } from "../support/smallProject.ts";

const directories = ["/m/p", "/m/q"];

/** Everything the workspace says, as plain data; target sets as lists. */
function answers({ project, ask }: MemoryProject): unknown {
  const targets = [0, 20, project.targets.findIndex(({ name }) => name === "linux/amd64")];
  return ask((snapshot) =>
    directories.map((directory) => [
      checkDirectory(snapshot, directory, project.profile).map((finding) => ({
        ...finding,
        targets: [...finding.targets],
      })),
      targets.map((target) => [
        packageConstants(snapshot, directory, target),
        structLayouts(snapshot, directory, target),
      ]),
    ]),
  );
}

test("an edited workspace answers as a fresh one", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(splices, { minLength: 1, maxLength: 12 }), (edits) => {
      const texts = new Map(Object.entries(smallProject).map(([name, text]) => [`/m/${name}`, text]));
      const edited = memoryProject(texts, "/m", directories);
      for (const edit of edits) {
        const path = `/m/${edit.file}`;
        const { text } = spliced(texts.get(path)!, edit);
        texts.set(path, text);
        const slash = path.lastIndexOf("/");
        const file = { directory: path.slice(0, slash), name: path.slice(slash + 1), text };
        edited.project.workspace.apply({ files: [file] });
        // Asked after every edit, so that there is something to hand on.
        expect(answers(edited)).toEqual(answers(memoryProject(texts, "/m", directories)));
      }
    }),
    { numRuns: Number(process.env["RT0_RUNS"] ?? 60) },
  );
});
