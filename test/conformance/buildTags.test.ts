/**
 * A module of files with random heads, sound and broken, is given to the real
 * `go vet`: rt0's findings of buildtag and directive must be vet's, word for word
 * and line for line.
 */
import { expect, test } from "vitest";
import { eachRoot } from "./support/eachRoot.ts";
import { tryGo, vetProfile } from "./support/goroots.ts";
import { plantBuildLines } from "./support/plantBuildLines.ts";
import { writeModule } from "./support/plantedModule.ts";
import { differences, noDifferences } from "./support/rows.ts";

eachRoot((root) => {
  test("rt0 reports of build lines and directives what vet reports", { timeout: 300_000 }, () => {
    const module = writeModule(root, plantBuildLines("build lines"));
    const go = (...args: readonly string[]) =>
      // With its index of files older than two seconds the go command stumbles over heads it would not read otherwise.
      tryGo(root, args, { cwd: module.directory, target: "linux/amd64", env: { GODEBUG: "goindex=0" } });
    // Those in which the go command can read all constraints: it runs vet on no other.
    const directories = go("list", "-e", "-f", "{{if not .Error}}{{.ImportPath}}{{end}}", "./...")
      .stdout.split("\n")
      .flatMap((line) => (line === "" ? [] : [`./${line.split("/").at(-1)}`]));
    // Go 1.21 brought the directive analyzer.
    const names = root.release >= 21 ? ["buildtag", "directive"] : ["buildtag"];

    const { stderr } = go("vet", ...names.map((name) => `-${name}`), ...directories);
    const judged = Array.from(
      stderr.matchAll(/^(?:vet: )?(?:\.\/)?(\w+\/\w+\.\w+):(\d+):\d+: (.*)$/gm),
      ([, file, line, message]) => `${file}:${line}: ${message}`,
    );
    const flags = ["--vet", vetProfile(root.release), ...directories];
    const reported = module
      .findings(["linux/amd64"], names.join(), flags)
      .map(({ file, line, message }) => `${file}:${line}: ${message}`);
    expect(differences(judged, reported)).toEqual(noDifferences);
    // Neither side may agree by saying nothing.
    expect(new Set(judged).size).toBeGreaterThan(400);
    expect(directories.length).toBeGreaterThan(20);
  });
});
