/**
 * What lies in a tree and is no source: endless, huge, gone, or not to be read. It is told, it holds nothing up, and
 * the findings in all other files are those that they were; only what may be wrong without it is left out.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attack, bundled, faulty, faultyMessage, pipe, tree } from "./support/attack.ts";

bundled();

const leftOut = "rt0: findings that rest on what cannot be read are left out\n";

/** A file of so many bytes, none of which takes any room. */
function holes(path: string, bytes: number): void {
  const file = openSync(path, "w");
  ftruncateSync(file, bytes);
  closeSync(file);
}

/** The ways to be no file that can be read, and what is said of each. */
const ways: readonly [string, (path: string) => void, string][] = [
  ["a device without end", (path) => symlinkSync("/dev/zero", path), "not a regular file"],
  ["a pipe", pipe, "not a regular file"],
  ["2 GiB", (path) => holes(path, 2 ** 31), "larger than 16 MiB: 2147483648 bytes"],
  ["5 GiB", (path) => holes(path, 5 * 2 ** 30), "larger than 16 MiB: 5368709120 bytes"],
  ["a link that leads nowhere", (path) => symlinkSync("nowhere", path), "the link leads nowhere"],
  ["a link to itself", (path) => symlinkSync(path, path), "ELOOP: too many symbolic links encountered"],
];

describe.each(ways)("%s", (_, put, reason) => {
  test.each(["a/a_amd64.s", "a/a.go", "a/a.h", "zz_amd64.s", "faulty/zz.h"])("by the name of %s", (name) => {
    const directory = tree({ ...faulty, "a/b.go": "package a\n", "a/c_amd64.s": "TEXT ·f(SB), 7, $0\n" });
    put(join(directory, name));
    const { status, stdout, stderr } = attack(directory, ["check", "--format", "vet"]);
    expect(stdout).toContain(faultyMessage);
    expect(status).toBe(1);
    expect(stderr).toContain(`rt0: ${name}: cannot read: ${reason}\n`);
  });

  test.each(["go.work", "nested/go.mod", "go.mod"])("by the name of %s", (name) => {
    const { "go.mod": module, ...files } = faulty;
    const directory = tree(name === "go.mod" ? files : { ...files, "go.mod": module });
    mkdirSync(join(directory, "nested"));
    put(join(directory, name));
    const { status, stdout, stderr } = attack(directory, ["check", "--format", "vet", "./..."]);
    expect(stdout).toContain(faultyMessage);
    expect(status).toBe(1);
    expect(stderr).toBe(`rt0: ${name}: cannot read: ${reason}\n${leftOut}`);
  });

  test("alone", () => {
    const directory = tree({ "a/a.go": "package a\n", "a/b_amd64.s": "// nothing\n" });
    put(join(directory, "a/a_amd64.s"));
    expect(attack(directory, ["check", "--format", "vet"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: `rt0: a/a_amd64.s: cannot read: ${reason}\n${leftOut}`,
    });
  });
});

test("a directory by the name of a file is none, as for Go", () => {
  const directory = tree({ ...faulty, "zz_amd64.s/x.txt": "", "go.work/x.txt": "" });
  const { status, stderr } = attack(directory, ["check"]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
});

test("a file as large as may be is read, with all others after it", () => {
  const directory = tree({ ...faulty, "a/a.go": "package a\n", "a/a_amd64.s": "" });
  writeFileSync(join(directory, "a/a_amd64.s"), "// a line\n".repeat((16 << 20) / 10));
  const { status, stdout, stderr } = attack(directory, ["check", "--format", "vet"], 16);
  expect(stdout).toContain(faultyMessage);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
});

test("where assembly cannot be read, nothing is said to be defined nowhere", () => {
  const files = {
    "go.mod": "module m\n",
    "a/a.go": "package a\n\nfunc F()\nfunc G(x int8)\n",
    "a/a_amd64.s": "TEXT ·G(SB), 7, $0-1\n\tMOVQ x+0(FP), AX\n\tRET\n",
  };
  const read = attack(tree(files), ["check", "--target", "linux/amd64"]);
  expect(read.stdout).toContain("F has no body, and nothing provides it");
  const directory = tree(files);
  symlinkSync("nowhere", join(directory, "a/f_amd64.s"));
  const { stdout } = attack(directory, ["check", "--target", "linux/amd64"]);
  expect(stdout).not.toContain("has no body");
  expect(stdout).toContain("invalid MOVQ of x+0(FP); int8 is 1-byte value");
});

test("where a Go file cannot be read, assembly is not held against what may stand there", () => {
  const files = {
    "go.mod": "module m\n",
    "a/a.go": "package a\n\ntype T int8\n",
    "a/a_amd64.s": "TEXT ·G(SB), 7, $0-1\n\tMOVQ x+0(FP), AX\n\tRET\n",
  };
  const read = attack(tree(files), ["check", "--target", "linux/amd64"]);
  expect(read.stdout).toContain("function G missing Go declaration");
  const directory = tree(files);
  pipe(join(directory, "a/g.go"));
  expect(attack(directory, ["check", "--target", "linux/amd64", "--format", "vet"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: `rt0: a/g.go: cannot read: not a regular file\n${leftOut}`,
  });
});

test("the link that an editor leaves beside an open file means nothing", () => {
  const directory = tree(faulty);
  symlinkSync("someone@there.1234", join(directory, "faulty/.#add_amd64.s"));
  const { status, stderr } = attack(directory, ["check"]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
});

test("a whitelist that cannot be read", () => {
  const directory = tree({ ...faulty, "list/all.txt": "" });
  pipe(join(directory, "list/more.txt"));
  expect(attack(directory, ["check", "--whitelist", "list"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "rt0: list/more.txt: cannot read: not a regular file\n",
  });
});

test("names that are not UTF-8 are told", () => {
  const directory = tree(faulty);
  const name = (text: string) => Buffer.concat([Buffer.from(`${directory}/`), Buffer.from(text, "latin1")]);
  writeFileSync(name("faulty/\xE9_amd64.s"), "TEXT ·f(SB), 7, $0\n");
  mkdirSync(name("d\xE9"));
  writeFileSync(name("d\xE9/a.go"), "package a\n");
  const { status, stdout, stderr } = attack(directory, ["check", "--format", "vet"]);
  expect(stdout).toContain(faultyMessage);
  expect(status).toBe(1);
  expect(stderr).toBe(
    `rt0: d\uFFFD: cannot read: its name is not UTF-8\nrt0: faulty/\uFFFD_amd64.s: cannot read: its name is not UTF-8\n${leftOut}`,
  );
});
