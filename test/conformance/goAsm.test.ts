/**
 * The names that rt0 finds in a package's go_asm.h, and their values, are those in the header
 * that the real compiler writes, all of them, for every package with assembly that the runtime
 * and others like it need.
 */
import { expect, test } from "vitest";
import { goAsmHeader, parseTarget } from "../../server/src/core/index.ts";
import { runSync } from "../../server/src/host/fileTask.ts";
import { nodeFiles } from "../../server/src/host/nodeFiles.ts";
import { openTree } from "../../server/src/host/openTree.ts";
import { createProject, load, settle } from "../../server/src/host/project.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { goAsmHeaders } from "./support/goAsmHeaders.ts";

const targets = ["linux/amd64", "linux/386", "darwin/arm64", "windows/arm64", "openbsd/arm", "aix/ppc64"];

eachRoot((root) => {
  test.each(targets)("%s", { timeout: 600_000 }, (name) => {
    const expected = goAsmHeaders(root, name, ["runtime", "reflect", "hash/crc32", "math/big"]);
    const opened = runSync(
      openTree(root.dir, { goroots: [], gopaths: [], moduleCache: "" }, { asRoot: true }),
      nodeFiles,
    );
    const project = createProject(opened, {
      targets: [parseTarget(name)!],
      context: { cgo: false, tags: [] },
      vetRelease: undefined,
      tests: false,
      sizes: "compiler",
    });
    const directories = Object.keys(expected).map((path) => `${opened.base}/${path}`);
    runSync(load(project, directories), nodeFiles);
    const actual = runSync(
      settle(project, (snapshot) =>
        Object.fromEntries(
          Object.keys(expected).map((path) => [
            path,
            goAsmHeader(snapshot, `${opened.base}/${path}`, 0)
              .map(({ name, value }) => `${name} ${value}`)
              .sort(),
          ]),
        ),
      ),
      nodeFiles,
    );
    expect(Object.keys(expected).length).toBeGreaterThan(5);
    for (const [path, lines] of Object.entries(expected)) {
      const mine = new Set(actual[path]);
      const theirs = new Set(lines);
      expect({
        path,
        missing: lines.filter((line) => !mine.has(line) && !isGeneric(path, line)),
        invented: actual[path]!.filter((line) => !theirs.has(line)),
      }).toEqual({ path, missing: [], invented: [] });
    }
  });
});

/** Compilers before 1.20 wrote sync/atomic's one generic type too. */
function isGeneric(path: string, line: string): boolean {
  return path === "sync/atomic" && line.startsWith("Pointer_");
}
