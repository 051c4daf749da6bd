/**
 * Runs the examples that the documents show: one with a fault is reported by its check, and where it is put right rt0
 * has nothing to say, by any check. They are archives of a module's files, checked for all targets; `$GOROOT/` begins
 * the paths of the standard library, and a go.mod is given where there is none.
 */
import { describe, expect, it } from "vitest";
import { checkDirectory, checks, type Finding } from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";
import { parseTxtar } from "../support/txtar.ts";

const root = "/m";

function findingsIn(example: string): readonly Finding[] {
  const texts = new Map([[`${root}/go.mod`, "module example.com/m\n\ngo 1.24\n"]]);
  for (const { path, text } of parseTxtar(example).files)
    texts.set(path.startsWith("$GOROOT/") ? path.replace("$GOROOT", "/goroot") : `${root}/${path}`, text);
  const sources = [...texts.keys()].filter((path) => path.startsWith(`${root}/`) && !path.endsWith("go.mod"));
  const directories = [...new Set(sources.map((path) => path.slice(0, path.lastIndexOf("/"))))];
  const { project, ask } = memoryProject(texts, root, directories);
  return ask((snapshot) =>
    directories.flatMap((directory) => checkDirectory(snapshot, directory, project.profile)),
  );
}

// An entry of a whitelist is in no file of a package: whitelist.test.ts has those.
const inFiles = checks.filter(({ code }) => code !== "whitelist");

describe.each(inFiles)("the examples of $code", ({ code, bad, good }) => {
  it("reports the fault", () => {
    expect(findingsIn(bad).map((finding) => finding.code)).toContain(code);
  });

  it("says nothing where it is put right", () => {
    expect(findingsIn(good).map((finding) => `${finding.code}: ${finding.message}`)).toEqual([]);
  });
});
