import { describe, expect, test } from "vitest";
import { rows, runMain, tree } from "./runMain.ts";

interface Side {
  readonly title: string;
  readonly targets: readonly string[];
  readonly sections: readonly { readonly key: string }[];
}

interface Compared {
  readonly targets: readonly string[];
  readonly same: boolean;
  readonly changes: readonly { readonly section: string; readonly onlyHere: readonly string[] }[];
  readonly here: Pick<Side, "sections"> | null;
  readonly there: Pick<Side, "sections"> | null;
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

  test("beside another checkout as JSON: what differs, by the keys of sections and rows", () => {
    const there = tree(files);
    const os =
      files["src/runtime/os.go"].replace("{ gettid() }", "{ gettid(); futex(1) }") +
      "\nfunc futex(op int32)\n";
    const sys = files["src/runtime/sys_linux_amd64.s"];
    const here = tree({
      ...files,
      "src/runtime/os.go": os,
      "src/runtime/sys_linux_amd64.s": `${sys}\nTEXT ·futex(SB),4,$0-4\n\tMOVL $202, AX\n\tMOVL op+0(FP), DI\n\tSYSCALL\n\tRET\n`,
    });
    const targets = ["--target", "linux/amd64,linux/arm64", "--format", "json"];
    const [changed, same, ...more] = rows<Compared>(
      runMain(here, ["threads", "--root", here, ...targets, "--against", there]).stdout,
    );
    expect(more).toEqual([]);
    expect(changed).toMatchObject({ targets: ["linux/amd64"], same: false });
    const [start, ...others] = changed!.changes;
    expect(others).toEqual([]);
    expect(start).toMatchObject({ section: "start", state: "changed", changed: [], onlyThere: [] });
    expect(start!.onlyHere).toHaveLength(1);
    expect(start!.onlyHere[0]).toContain("futex");
    // Both sides stand in the row as they do without the other checkout.
    for (const [root, side] of [
      [here, changed!.here],
      [there, changed!.there],
    ] as const) {
      const alone = rows<Side>(runMain(root, ["threads", "--root", root, ...targets]).stdout);
      expect(side?.sections).toEqual(alone.find((row) => row.targets.includes("linux/amd64"))!.sections);
    }
    expect(same).toMatchObject({ targets: ["linux/arm64"], same: true, changes: [] });
    expect(same!.here).toEqual(same!.there);
  });

  test.each(["signals", "netpoll", "vdso"])("%s beside itself as JSON: nothing differs", (command) => {
    const root = tree(files);
    const found = rows<Compared>(
      runMain(root, [command, "--root", root, "--against", root, "--format", "json"]).stdout,
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ same, changes }) => !same || changes.length > 0)).toEqual([]);
  });
});
