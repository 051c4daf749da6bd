/**
 * Runs a check over a fixture, which is a module or a GOROOT: every directory of it is
 * a package. The fixture's comment names `targets: …` (default linux/amd64, "all" for
 * those of the newest release) and the checks that it is about, `check: …`. Files of a path from the top, `/goroot/…`, are the
 * standard library that a module imports from. All of it known beforehand or read while it is being checked, the
 * findings have to be the same.
 */
import { expect } from "vitest";
import { checkDirectory, selectingTargetsOf, targetsOf } from "../../server/src/core/index.ts";
import { type Fixture, type FixtureFinding, setting, targetNames } from "../support/annotations.ts";
import { type MemoryProject, memoryProject } from "../support/memoryProject.ts";
import { linksOf } from "../../server/src/core/index.ts";

export function checkTree(fixture: Fixture): FixtureFinding[] {
  const root = "/m";
  const texts = new Map(
    fixture.files.map(({ path, text }) => [path.startsWith("/") ? path : `${root}/${path}`, text]),
  );
  const own = [...texts.keys()].filter((path) => path.startsWith(`${root}/`));
  const directories = [...new Set(own.map((path) => path.slice(0, path.lastIndexOf("/"))))];
  // What only links is found without being asked for.
  const asked = directories.filter((directory) => directory !== root && !directory.endsWith("/outlying"));
  const named = setting(fixture, "targets") ?? "linux/amd64";
  const targets = named === "all" ? targetsOf().map(({ name }) => name) : named.split(", ");
  const codes = new Set(setting(fixture, "check")!.split(", "));
  const check = ({ project, ask }: MemoryProject, directories: readonly string[]): FixtureFinding[] =>
    ask((snapshot) =>
      directories.flatMap((directory) =>
        checkDirectory(snapshot, directory, project.profile, codes).map((finding) => ({
          path: `${directory}/${finding.file}`.slice(root.length + 1),
          start: finding.span.start,
          end: finding.span.end,
          severity: finding.severity,
          code: finding.code,
          message: finding.message,
          targets: targetNames(
            finding.targets,
            selectingTargetsOf(snapshot, directory, finding.file),
            project.targets,
          ),
        })),
      ),
    );
  const found = check(memoryProject(texts, root, asked, targets), asked);
  // The command line reads what it needs while it is at it, and asks one directory after the other, before and after
  // it has the rest of the trees.
  for (const isComplete of [false, true]) {
    const one = memoryProject(texts, root, isComplete ? asked : [], targets, true);
    if (isComplete) one.ask((snapshot) => linksOf(snapshot).isComplete());
    const foundOneByOne = asked.flatMap((directory) => {
      if (!isComplete) one.load([directory]);
      return check(one, [directory]);
    });
    expect(foundOneByOne).toEqual(found);
  }
  return found;
}
