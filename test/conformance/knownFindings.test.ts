/**
 * On Go's own trees, on every target, the checks beside asmdecl report nothing but what
 * docs/known-findings.md explains.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { repository, runRows } from "../cli/runMain.ts";
import { eachRoot } from "./support/eachRoot.ts";

const page = readFileSync(`${repository}/docs/known-findings.md`, "utf8").split("\n");

interface Found {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly targets: readonly string[];
}

interface Group {
  readonly about: string;
  readonly rules: string;
  /** How many findings each tree has at least; with fewer, nothing would have been looked at. */
  readonly atLeast: number;
  /** What the page's row on a finding has in it, besides the file. */
  cells(finding: Found): readonly string[];
}

const groups: readonly Group[] = [
  {
    about: "symbols, names, calling conventions, frames and build lines",
    rules: [
      "missing-text,orphan-text,duplicate-text,go-asm-name,go-asm-width,vdso-hash",
      "libc-import,libc-arguments,libc-unused,libc-trampoline",
      "framepointer,frame-pointer-flow,abi-selector,frame-size,noframe-call,stack-map,blocked-reference",
      "buildtag,directive,late-build-line,never-built,unknown-tag,tag-combination,ignore",
    ].join(),
    atLeast: 14,
    cells({ code, message }) {
      const name = /^(\w+) has no body|refers to (\S+)|brings in (\S+)|of (\w+); Go passes|hash of "(\w+)"/;
      return [code, `\`${name.exec(message)?.slice(1).find(Boolean)}\``];
    },
  },
  {
    about: "structs of the kernel",
    rules: "layout-differs",
    atLeast: 3,
    cells: ({ message }) => [`\`${message.split(" ", 1)[0]}\``],
  },
  {
    about: "code as it is assembled",
    rules: "asmdecl-expanded,asmdecl-misread,argument-width,result-unwritten",
    atLeast: 11,
    cells: ({ code, message }) => [
      code,
      `\`${/^\[[\w, ]+\] (\w+):/.exec(message)?.[1]?.replace(/^call\d+$/, "call*")}\``,
    ],
  },
  {
    about: "system calls",
    rules: "syscall-number,syscall-comment,trap-form,syscall-arguments,syscall-error",
    atLeast: 1,
    cells: ({ code, targets }) => [code, targets.join(", ")],
  },
];

eachRoot(({ dir }) => {
  describe.each(groups)("of $about", ({ rules, atLeast, cells }) => {
    test("every finding is explained", { timeout: 120_000 }, () => {
      const found = runRows<Found>(dir, ["check", "--root", dir, "--rules", rules]);
      const unexplained = found.filter((finding) => {
        const wanted = [`\`${finding.file}\``, ...cells(finding)];
        return !page.some((line) => wanted.every((cell) => line.includes(cell)));
      });
      expect(unexplained).toEqual([]);
      expect(found.length).toBeGreaterThanOrEqual(atLeast);
    });
  });
});
