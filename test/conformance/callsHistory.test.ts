/**
 * Names of go_asm.h and trampolines that were wrong in Go's history are reported on the tree
 * before the change that put them right and not on the tree with it. RT0_GO_HISTORY names a
 * git directory with Go's commits; without it the tests are skipped, in CI too.
 */
import { describe, expect, test } from "vitest";
import { runRows } from "../cli/runMain.ts";
import { history, treeAt } from "./support/history.ts";
import type { Finding } from "./support/rows.ts";

const fixes = [
  {
    // For 24 days the runtime could not be assembled for windows/arm.
    commit: "4d048194cd",
    subject: "runtime: support new callbackasm1 calling convention on windows/arm",
    rule: "go-asm-name",
    reported: ["windows/arm wincallbackcontext_argsize", "windows/arm wincallbackcontext_gobody"],
  },
  {
    // Two fields of four bytes were written with eight; the second wrote behind the last field.
    commit: "1fd1408203",
    subject: "runtime: fix data sizes for res_search results",
    rule: "libc-arguments",
    reported: ["darwin/amd64 retErr", "darwin/amd64 retSize"],
  },
];

const paths = ["src/runtime", "src/syscall", "src/internal", "src/unsafe", "src/cmd/dist", "src/go/build"];

describe.skipIf(history === "").each(fixes)("$subject", ({ commit, rule, reported }) => {
  test("what was wrong is reported before, and nothing of it after", { timeout: 120_000 }, () => {
    const [before, after] = [findings(`${commit}^`, rule), findings(commit, rule)];
    // What is wrong in both is another mistake, which this commit leaves as it is.
    expect([...before].filter((finding) => !after.has(finding)).sort()).toEqual(reported);
    expect([...after].filter((finding) => !before.has(finding))).toEqual([]);
  });
});

/** As "windows/arm queue_head". */
function findings(commit: string, rule: string): ReadonlySet<string> {
  const { dir } = treeAt(commit, paths);
  // Old trees name no release, and the newest has not all of their targets.
  const flags = ["--target", "windows/arm,darwin/amd64", "--per-target"];
  const found = runRows<Finding>(dir, ["check", "--root", dir, "--rules", rule, ...flags, "runtime"]);
  const name = /has no (\w+)|of (\w+);/;
  return new Set(
    found.map(({ target, message }) => `${target} ${name.exec(message)?.slice(1).find(Boolean)}`),
  );
}
