/** What the linker's index makes of directories that are read while it is being asked. */
import { describe, expect, it } from "vitest";
import { memoryProject } from "../../support/memoryProject.ts";
import { linksOf } from "../../../server/src/core/index.ts";

const texts = new Map([
  ["/m/go.mod", "module m\n\ngo 1.24\n"],
  ["/m/p/p.go", "package p\n\nfunc f()\n"],
  ["/m/p/p.s", "TEXT ·g(SB), 4, $0\n\tRET\n"],
  ["/m/q/q.go", "package q\n"],
  ["/m/q/q_test.go", "package q\n\n//go:linkname g m/p.g\nfunc g()\n"],
  ["/goroot/VERSION", "go1.24\n"],
  ["/goroot/src/runtime/r.go", "package runtime\n"],
  ["/goroot/src/runtime/r.s", "TEXT m∕p·f(SB), 4, $0\n\tRET\n"],
]);

describe("a directory that is read at once", () => {
  it("counts for the linker from then on, though its tree was not read", () => {
    const { project } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"], true);
    const { snapshot } = project.workspace;
    const links = linksOf(snapshot);
    const { stamp } = links;
    expect(links.foreignTexts.get("m/p.f")).toBeUndefined();
    expect(snapshot.packageNamed("runtime", "/m/p")).toMatchObject({ path: "runtime" });
    expect(links.foreignTexts.get("m/p.f")?.map(({ directory }) => directory)).toEqual([
      "/goroot/src/runtime",
    ]);
    expect(links.withAssembly.map(({ path }) => path)).toEqual(["m/p", "runtime"]);
    expect(links.stamp).not.toBe(stamp);
    expect([...snapshot.unresolved]).toEqual([]);
  });

  it("makes an answer that rests on less be given again", () => {
    const { project, ask } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"], true);
    const answers: boolean[] = [];
    const answer = ask((snapshot) => {
      answers.push(linksOf(snapshot).foreignTexts.has("m/p.f"));
      snapshot.packageNamed("runtime", "/m/p");
      return answers.at(-1);
    });
    expect(answers).toEqual([false, true]);
    expect(answer).toBe(true);
    expect(linksOf(project.workspace.snapshot).outdated).toBe(1);
  });

  it("is told to the next snapshot, though nobody asked", () => {
    const { project } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"], true);
    const { stamp } = linksOf(project.workspace.snapshot);
    project.workspace.snapshot.packageNamed("runtime", "/m/p");
    expect(linksOf(project.workspace.apply({ outlying: new Map() })).stamp).not.toBe(stamp);
  });

  it("tells the next snapshot what the rest of the trees did not tell of it", () => {
    const { project, ask } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"], true);
    ask((snapshot) => linksOf(snapshot).isComplete());
    const { snapshot } = project.workspace;
    const { stamp } = linksOf(snapshot);
    expect(linksOf(snapshot).linknames.has("m/p.g")).toBe(false);
    snapshot.packageNamed("m/q", "/m/p");
    expect(linksOf(snapshot).linknames.has("m/p.g")).toBe(false);
    const links = linksOf(project.workspace.apply({}));
    expect(links.linknames.has("m/p.g")).toBe(true);
    expect(links.stamp).not.toBe(stamp);
  });

  it("is no news where the rest of the trees told of it", () => {
    const { project, ask } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"], true);
    ask((snapshot) => linksOf(snapshot).isComplete());
    const { snapshot } = project.workspace;
    const { stamp } = linksOf(snapshot);
    expect(snapshot.packageNamed("m/q", "/m/p")).toMatchObject({ path: "m/q" });
    expect(linksOf(snapshot).stamp).toBe(stamp);
  });

  it("is known not to be there, where it is not", () => {
    const { project } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"], true);
    const { snapshot } = project.workspace;
    expect(snapshot.packageNamed("m/none", "/m/p")).toBe("unknown");
    expect(snapshot.directories.has("/m/none")).toBe(true);
    expect([...snapshot.unresolved]).toEqual([]);
  });
});
