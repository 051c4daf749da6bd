/**
 * On Go's own trees the checks of code as it is assembled report nothing but what
 * docs/known-findings.md explains, on every target.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { repository, rows, runMain } from "../cli/runMain.ts";
import { maySkip, toolchains } from "./goToolchain.ts";

const known = readFileSync(`${repository}/docs/known-findings.md`, "utf8").split("\n");

interface Row {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

describe.skipIf(maySkip)("code as it is assembled", () => {
  test.each(toolchains())("on $version every finding is explained", { timeout: 120_000 }, ({ goroot }) => {
    const rules = "asmdecl-expanded,asmdecl-misread,argument-width,result-unwritten";
    const { stdout } = runMain(goroot, ["check", "--root", goroot, "--rules", rules, "--format", "json"]);
    const found = rows<Row>(stdout);
    expect(found.length).toBeGreaterThan(10);
    const unexplained = found.filter(({ file, code, message }) => {
      const name = /^\[\w+\] (\w+):/.exec(message)?.[1]?.replace(/^call\d+$/, "call*");
      const cells = [`\`${file}\``, code, `\`${name}\``];
      return !known.some((line) => cells.every((cell) => line.includes(cell)));
    });
    expect(unexplained).toEqual([]);
  });
});
