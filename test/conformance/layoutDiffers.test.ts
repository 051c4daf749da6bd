/**
 * On Go's own trees the check of kernel structs reports nothing but what
 * docs/known-findings.md explains, on every target.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { repository, rows, runMain } from "../cli/runMain.ts";
import { toolchains } from "./goToolchain.ts";

const known = readFileSync(`${repository}/docs/known-findings.md`, "utf8").split("\n");

interface Row {
  readonly file: string;
  readonly message: string;
}

describe.each(toolchains().map(({ goroot, version }) => ({ goroot, version })))("$version", ({ goroot }) => {
  test("every finding is explained", { timeout: 120_000 }, () => {
    const rules = ["--rules", "layout-differs", "--format", "json"];
    const { stdout } = runMain(goroot, ["check", "--root", goroot, ...rules]);
    const unexplained = rows<Row>(stdout).filter(({ file, message }) => {
      const [name] = /^\S+/.exec(message) ?? [];
      const cells = [`\`${file}\``, `\`${name}\``];
      return !known.some((line) => cells.every((cell) => line.includes(cell)));
    });
    expect(unexplained).toEqual([]);
  });
});
