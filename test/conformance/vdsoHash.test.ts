/**
 * On Go's own trees vdso-hash reports the hashes that were wrong until Go 1.22, and nothing else; and
 * each number of the tables, planted wrong, is found at its place with the number that stood there.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkDirectory, parseTarget, targetsOf } from "../../server/src/core/index.ts";
import { runRows } from "../cli/runMain.ts";
import { memoryProject } from "../support/memoryProject.ts";
import { eachRoot } from "./support/eachRoot.ts";

eachRoot(({ dir, release }) => {
  test("the two wrong hashes are reported", { timeout: 60_000 }, () => {
    const found = runRows<{ file: string }>(dir, ["check", "--root", dir, "--rules", "vdso-hash"]);
    const wrong = "runtime/vdso_linux_arm64.go";
    expect(found.map(({ file }) => file)).toEqual(release < 22 ? [wrong, wrong] : []);
  });

  test("every planted mistake is found", { timeout: 60_000 }, () => {
    const runtime = `${dir}/src/runtime`;
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
