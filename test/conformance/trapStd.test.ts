/** On Go's own trees the checks of system calls report nothing but what docs/known-findings.md explains, on every target. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { repository, rows, runMain } from "../cli/runMain.ts";
import { toolchains } from "./goToolchain.ts";

const known = readFileSync(`${repository}/docs/known-findings.md`, "utf8").split("\n");

interface Row {
  readonly file: string;
  readonly code: string;
  readonly targets: readonly string[];
}

describe.each(toolchains().map(({ goroot, version }) => ({ goroot, version })))("$version", ({ goroot }) => {
  test("every finding is explained", { timeout: 120_000 }, () => {
    const rules = "syscall-number,syscall-comment,trap-form,syscall-arguments,syscall-error";
    const { stdout } = runMain(goroot, ["check", "--root", goroot, "--rules", rules, "--format", "json"]);
    const unexplained = rows<Row>(stdout).filter(({ file, code, targets }) => {
      const cells = [`\`${file}\``, code, targets.join(", ")];
      return !known.some((line) => cells.every((cell) => line.includes(cell)));
    });
    expect(unexplained).toEqual([]);
  });
});
