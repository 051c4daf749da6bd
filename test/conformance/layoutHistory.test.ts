/**
 * Layouts that were wrong in Go's history are reported on the tree before the fix and not on the
 * tree with it. What was wrong is known from the commits' messages and changes. RT0_GO_HISTORY names a git
 * directory with Go's commits; without it the tests are skipped, in CI too.
 */
import { describe, expect, test } from "vitest";
import { runRows } from "../cli/runMain.ts";
import { history, treeAt } from "./support/history.ts";
import type { Finding } from "./support/rows.ts";

const fixes = [
  {
    commit: "44f80f6d49",
    subject: "syscall: fix epoll_event struct for ppc64le/ppc64",
    reported: ["linux/ppc64 EpollEvent.Fd", "linux/ppc64le EpollEvent.Fd"],
  },
  {
    commit: "5f3eb43288",
    subject: "syscall: add a padding field to EpollEvent on s390x",
    reported: ["linux/s390x EpollEvent.Fd"],
  },
  {
    commit: "8419c85eaa",
    subject: "runtime, cmd/link: fix netbsd/arm EABI support",
    reported: ["netbsd/arm itimerval.it_value", "netbsd/arm ucontextt.uc_mcontext"],
  },
  {
    commit: "47a71d9d77",
    subject: "runtime: revise openbsd/arm runtime defs",
    reported: ["openbsd/arm itimerval.it_value", "openbsd/arm keventt.data"],
  },
  {
    commit: "405a2f2161",
    subject: "syscall: fix epoll_event padding on linux/arm64",
    reported: ["android/arm64 EpollEvent.Fd", "linux/arm64 EpollEvent.Fd"],
  },
  {
    commit: "dd8bbc76c5",
    subject: "syscall: fix EpollEvent padding on mips64{,le}",
    reported: ["linux/mips64 EpollEvent.Fd", "linux/mips64le EpollEvent.Fd"],
  },
];

const paths = ["src/runtime", "src/syscall", "src/internal", "src/unsafe", "src/cmd/dist", "src/go/build"];

describe.skipIf(history === "").each(fixes)("$subject", ({ commit, reported }) => {
  test("what was wrong is reported before, and nothing of it after", { timeout: 120_000 }, () => {
    const [before, after] = [findings(`${commit}^`), findings(commit)];
    // What is wrong in both is another mistake, which this commit leaves as it is.
    expect([...before].filter((finding) => !after.has(finding)).sort()).toEqual(reported);
    expect([...after].filter((finding) => !before.has(finding))).toEqual([]);
  });
});

/** As "linux/arm64 EpollEvent.Fd". */
function findings(commit: string): ReadonlySet<string> {
  const { dir } = treeAt(commit, paths);
  const options = ["--root", dir, "--rules", "layout-differs", "--per-target"];
  const found = runRows<Finding>(dir, ["check", ...options, "runtime", "syscall"]);
  return new Set(found.map(({ target, message }) => `${target} ${message.split(" ", 1)[0]}`));
}
