import { describe, expect, test } from "vitest";
import { rows, runMain, tree } from "./runMain.ts";

interface Side {
  readonly title: string;
  readonly targets: readonly string[];
  readonly sections: readonly { readonly key: string }[];
}

const files = {
  VERSION: "go1.24",
  "src/make.bash": "",
  "src/runtime/os.go":
    "package runtime\n\nfunc newosproc() { gettid() }\n\nfunc gettid()\n\nfunc netpollinit() { gettid() }\n",
  "src/runtime/sys_linux_amd64.s": "TEXT ·gettid(SB),4,$0\n\tMOVL $186, AX\n\tSYSCALL\n\tRET\n",
};

describe("threads, netpoll and vdso", () => {
  test("read package runtime of a GOROOT", () => {
    const root = tree(files);
    const { stdout, status } = runMain(root, ["threads", "--root", root, "--target", "linux/amd64"]);
    expect(status).toBe(0);
    expect(stdout).toContain("newosproc starts a thread");
    expect(stdout).toContain("gettid     186");
    expect(runMain(root, ["netpoll", "--root", root, "--target", "linux/amd64"]).stdout).toContain(
      "Start: netpollinit",
    );
    expect(runMain(root, ["vdso", "--root", root, "--target", "linux/amd64"]).stdout).toContain(
      "nothing is looked up",
    );
  });

  test("stand on what is known of Go where there is none", () => {
    const root = tree({ "go.mod": "module m\n" });
    for (const [command, found] of [
      ["threads", "clone"],
      ["netpoll", "epoll"],
      ["vdso", "__vdso_clock_gettime"],
    ] as const) {
      const { stdout, status } = runMain(root, [command, "--root", root, "--target", "linux/amd64"]);
      expect([command, status]).toEqual([command, 0]);
      expect(stdout).toContain(found);
    }
  });

  test("as JSON, an object for each side; targets that share all share one", () => {
    const root = tree({ "go.mod": "module m\n" });
    const args = [
      "threads",
      "--root",
      root,
      "--target",
      "linux/ppc64,linux/ppc64le,darwin/arm64",
      "--format",
      "json",
    ];
    const sides = rows<Side>(runMain(root, args).stdout);
    expect(sides.map(({ targets }) => targets)).toEqual([["linux/ppc64", "linux/ppc64le"], ["darwin/arm64"]]);
    expect(sides[0]!.sections.map(({ key }) => key)).toEqual(["start", "sleep"]);
  });
});
