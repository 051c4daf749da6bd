/**
 * System calls that were wrong in Go, at the commit before each was put right and at that commit:
 * docs/syscall-traps.md tells of them. Without RT0_GO_HISTORY the tests are skipped, in CI too.
 */
import { describe, expect, test } from "vitest";
import { runRows } from "../cli/runMain.ts";
import { history, treeAt } from "./support/history.ts";

const rules = "syscall-number,syscall-comment,trap-form,syscall-arguments,syscall-error";

interface Row {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** A commit that put a defect right, the target, and what is reported before it and not from it on. */
const repaired: readonly (readonly [commit: string, target: string, findings: readonly string[]])[] = [
  [
    "5374ded1f3",
    "netbsd/amd64",
    ["syscall-comment: the comment says sigaltstack, which is 53; 288 is fktrace"],
  ],
  [
    "0b7bcb84e3",
    "netbsd/386",
    ["syscall-comment: the comment says sched_yield, which is 350; 298 is compat_30_fhopen"],
  ],
  [
    "ff86d222be",
    "freebsd/386",
    [
      "syscall-number: no system call has the number 269",
      "syscall-number: no system call has the number 270",
    ],
  ],
  ["eff2b2620d", "dragonfly/amd64", ["syscall-number: no system call has the number 431"]],
  ["e01e917687", "linux/mips64", ["syscall-number: SYS_fcntl is 5070, not 5080, which is rename"]],
  [
    "9fde86b012",
    "darwin/arm64",
    ["syscall-arguments: gettimeofday reads mach_absolute_time in R2, which nothing has been loaded into"],
  ],
];

/** Defects that stayed until their code went. */
const stayed: readonly (readonly [commit: string, target: string, finding: string])[] = [
  ["a38a917aee^", "nacl/arm", "syscall-arguments: open gets name as pathname in R0 and again as flags in R1"],
  [
    "84152d5769",
    "netbsd/arm64",
    "syscall-arguments: pipe2 reads flags in R1, which nothing has been loaded into",
  ],
];

describe.skipIf(history === "")("a defect", () => {
  test.each(repaired)("put right in %s on %s", { timeout: 300_000 }, (commit, target, findings) => {
    const before = findingsAt(`${commit}^`, target);
    const after = findingsAt(commit, target);
    expect(findings.filter((finding) => !before.includes(finding))).toEqual([]);
    expect(findings.filter((finding) => after.includes(finding))).toEqual([]);
  });

  test.each(stayed)("still there in %s on %s", { timeout: 300_000 }, (commit, target, finding) => {
    expect(findingsAt(commit, target)).toContain(finding);
  });
});

describe.skipIf(history === "")("7ca5a0d323, of 2008, corrects an argument register", () => {
  // The runtime had no Go files then, which the checks want to see; the list of traps does not.
  test("bsdthread_create's flags are loaded from then on", { timeout: 300_000 }, () => {
    expect(flagsAt("7ca5a0d323^")).toEqual(["not loaded"]);
    expect(flagsAt("7ca5a0d323")).toEqual(["$0"]);
  });
});

const runtimes = ["src/runtime", "src/pkg/runtime", "src/syscall", "src/pkg/syscall"];

function findingsAt(commit: string, target: string): readonly string[] {
  const { dir } = treeAt(commit, runtimes);
  const args = ["check", "--root", dir, "--target", target, "--rules", rules];
  return runRows<Row>(dir, args).map(({ code, message }) => `${code}: ${message}`);
}

function flagsAt(commit: string): readonly string[] | undefined {
  const { dir } = treeAt(commit, runtimes);
  const args = ["traps", "--root", dir, "--target", "darwin/amd64", `${dir}/src/runtime`];
  const found = runRows<{
    readonly name?: string;
    readonly arguments: readonly { readonly name: string; readonly values: readonly string[] }[];
  }>(dir, args).find(({ name }) => name === "bsdthread_create");
  return found?.arguments.find(({ name }) => name === "flags")?.values;
}
