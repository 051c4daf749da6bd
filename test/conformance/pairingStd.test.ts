/**
 * On Go's own trees the checks that pair symbols, and those of names, calling conventions and frames in assembly, report
 * nothing but what docs/known-findings.md explains, on every target.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { repository, rows, runMain } from "../cli/runMain.ts";
import { toolchains } from "./goToolchain.ts";

const known = readFileSync(`${repository}/docs/known-findings.md`, "utf8").split("\n");

interface Row {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

describe.each(toolchains().map(({ goroot, version }) => ({ goroot, version })))("$version", ({ goroot }) => {
  test("every finding is explained", { timeout: 120_000 }, () => {
    const rules = [
      "missing-text,orphan-text,duplicate-text,go-asm-name,go-asm-width",
      "libc-import,libc-arguments,libc-unused",
      "framepointer,frame-pointer-flow,abi-selector,frame-size,noframe-call,stack-map,blocked-reference",
      "buildtag,directive,never-built,unknown-tag,tag-combination,ignore",
    ].join();
    const { stdout } = runMain(goroot, ["check", "--root", goroot, "--rules", rules, "--format", "json"]);
    const unexplained = rows<Row>(stdout).filter(({ file, code, message }) => {
      const name = /^(\w+) has no body|refers to (\S+)|brings in (\S+)|of (\w+); Go passes/
        .exec(message)
        ?.slice(1)
        .find(Boolean);
      const cells = [`\`${file}\``, code, `\`${name}\``];
      return !known.some((line) => cells.every((cell) => line.includes(cell)));
    });
    expect(unexplained).toEqual([]);
  });
});
