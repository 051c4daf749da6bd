/**
 * On Go's own trees vdso-hash reports the hashes that were wrong until Go 1.22, and nothing else; and
 * each number of the tables, planted wrong, is found at its place with the number that stood there.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkDirectory, parseTarget, targetsOf } from "../../server/src/core/index.ts";
import { repository, rows, runMain } from "../cli/runMain.ts";
import { memoryProject } from "../support/memoryProject.ts";
import { toolchains } from "./goToolchain.ts";

const known = readFileSync(`${repository}/docs/known-findings.md`, "utf8").split("\n");

interface Row {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

describe.each(toolchains())("$version", ({ goroot, release }) => {
  test("every finding is explained", { timeout: 60_000 }, () => {
    const { stdout } = runMain(goroot, [
      "check",
      "--root",
      goroot,
      "--rules",
      "vdso-hash",
      "--format",
      "json",
    ]);
    const found = rows<Row>(stdout);
    expect(found).toHaveLength(release < 22 ? 2 : 0);
    const unexplained = found.filter(({ file, code, message }) => {
      const name = /"(\w+)"/.exec(message)?.[1];
      const cells = [`\`${file}\``, code, `\`${name}\``];
      return !known.some((line) => cells.every((cell) => line.includes(cell)));
    });
    expect(unexplained).toEqual([]);
  });

  test("every planted mistake is found", { timeout: 60_000 }, () => {
    const runtime = `${goroot}/src/runtime`;
    const names = readdirSync(runtime).filter((name) => /^vdso_linux(?:_(?!test)\w+)?\.go$/.test(name));
    const texts = new Map(names.map((name) => [name, readFileSync(`${runtime}/${name}`, "utf8")]));
    const targets = targetsOf()
      .filter(({ goos }) => goos === "linux")
      .map(({ name }) => name);
    expect(targets.every((name) => parseTarget(name))).toBe(true);
    let planted = 0;
    for (const [name, text] of texts) {
      for (const { 0: number, index } of text.matchAll(/\b0x[0-9a-f]{6,}\b(?=[},])/g)) {
        const last = number.endsWith("7") ? "8" : "7";
        const wrong = text.slice(0, index) + number.slice(0, -1) + last + text.slice(index + number.length);
        const tree = new Map(
          [...texts, [name, wrong] as const].map(([file, text]) => [`/m/p/${file}`, text]),
        );
        tree.set("/m/go.mod", "module m\n");
        const { project, ask } = memoryProject(tree, "/m", ["/m/p"], targets);
        const codes = new Set(["vdso-hash"]);
        const findings = ask((snapshot) => checkDirectory(snapshot, "/m/p", project.profile, codes));
        const here = findings.filter(({ file, span }) => file === name && span.start === index);
        expect(here).toHaveLength(1);
        // The two numbers that really were wrong are not the right ones.
        if (release >= 22 || !here[0]!.message.includes("__kernel_clock_gettime"))
          expect(here[0]!.message).toContain(`is ${number}, not ${number.slice(0, -1)}${last}`);
        planted++;
      }
    }
    expect(planted).toBeGreaterThan(15);
  });
});
