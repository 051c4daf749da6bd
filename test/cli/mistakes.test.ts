import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "../../server/src/cli/args.ts";
import { clean, faulty, runMain, tree } from "./runMain.ts";

/** One line on standard error that names the thing, nothing on standard output, status 2. */
function expectMistake(cwd: string, argv: readonly string[], line: string | RegExp): void {
  const { status, stdout, stderr } = runMain(cwd, argv);
  expect(stderr).toHaveLength(1);
  if (typeof line === "string") expect(stderr[0]).toBe(line);
  else expect(stderr[0]).toMatch(line);
  expect(stderr[0]).not.toContain("\n");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
}

const commandList = `commands are ${Object.keys(commands).join(", ")}`;

test.each<[readonly string[], string]>([
  [["chekc"], `unknown command "chekc"; ${commandList}`],
  [["help", "chekc"], `unknown command "chekc"; ${commandList}`],
  [["--root", "."], `the command comes before its flags; ${commandList}`],
  [["check", "--rot", "."], "check: unknown option '--rot'; see \"rt0 help check\""],
  [["files", "--rules", "asmdecl", "."], "files: unknown option '--rules'; see \"rt0 help files\""],
  [["check", "--format", "xml"], 'check: unknown format "xml"; formats are text, vet, json, sarif, github'],
  [["files", "--format", "vet", "."], 'files: unknown format "vet"; formats are text, json'],
  [["check", "--target", "linux/vax"], 'linux/vax: unknown target; "rt0 targets" lists them'],
  [
    ["check", "--target", "windows"],
    "windows: one system, not a target; its targets are windows/386, windows/amd64, windows/arm64",
  ],
  [
    ["syscalls", "--target", "riscv64"],
    "riscv64: one architecture, not a target; its targets are linux/riscv64, openbsd/riscv64",
  ],
  [["check", "--target", "nacl"], 'nacl: unknown target; "rt0 targets" lists them'],
  [["check", "--target", "linux/amd64,"], ""],
  [["check", "--target", ""], "check: --target needs a value"],
  [["check", "--target", ","], "--target names no target"],
  [["check", "--target", "linux/amd64", "--target", ""], "check: --target needs a value"],
  [["check", "--target", "linux/amd64", "--target", "x/y"], 'x/y: unknown target; "rt0 targets" lists them'],
  [["check", "--root", "nowhere"], "nowhere: no such directory"],
  [["check", "--root", "add/add_amd64.go"], "add/add_amd64.go: not a directory"],
  [["check", "--goroot", "nowhere"], "nowhere: not a GOROOT: it has no src"],
  [["check", "nowhere"], "nowhere: no such package or directory"],
  [["check", "./nowhere/..."], "./nowhere/...: no such package or directory"],
  [["check", "add/add_amd64.s"], "add/add_amd64.s: a file; name its package or directory"],
  [["check", "empty"], "empty: no Go file there"],
  [["check", "./empty/..."], "./empty/...: no Go file in this tree"],
  [["files"], "files: name a package"],
  [["layout", "add", "Nothing"], "Nothing: no such type in add"],
  [["layout", "add", "g.m"], "g.m: no such type in add"],
  [["layout", "add", "Nothing", "m"], "Nothing: no such package; of one package, layout takes one TYPE"],
  [["layout", "add", "./nowhere"], "./nowhere: no such package or directory"],
  [["layout", "nowhere", "g.m"], "nowhere: no such package or directory"],
  [["layout", "--format", "json", "add", "add"], "add: no such type in add"],
  [["layout", "--format", "json", "add", "add", "./add"], ""],
  [["layout", "--against", ".", "add"], "layout: --against takes one PACKAGE and one TYPE, and no --vet"],
  [["layout", "--against", "empty", "add", "T"], "empty: add: no such package or directory"],
  [["threads", "--against", "nowhere"], "nowhere: no such directory"],
  [["signals", "linux/amd64"], 'signals: takes flags alone, not "linux/amd64"'],
  [["lsp", "."], 'lsp: takes flags alone, not "."'],
  [["vdso", "--against", "nowhere", "--format", "json"], "nowhere: no such directory"],
  [["layout", "--against", ".", "--format", "json", "add", "T"], "T: no such type in add"],
  [
    ["layout", "--against", "empty", "--format", "json", "add", "T"],
    "empty: add: no such package or directory",
  ],
  [["targets", "add/sub.go"], "add/sub.go: no such Go or assembly file"],
  [["targets", "a.go", "b.go"], "targets: takes one file"],
])("%j", (argv, line) => {
  const directory = tree(clean);
  mkdirSync(`${directory}/empty`);
  if (line !== "") expectMistake(directory, argv, line);
  else expect(runMain(directory, argv).status).toBe(0);
});

test("a type without a layout is not called missing", () => {
  const types = "type g[T any] struct{ x T }\n\ntype e struct{ e }\n\ntype w struct{ x gone.T }\n";
  const directory = tree({ "p/p.go": `package p\n\nimport "gone"\n\n${types}` });
  const flags = ["--target", "linux/386"];
  for (const format of ["text", "json"])
    expectMistake(
      directory,
      ["layout", ...flags, "p", "g", "--format", format],
      "g: a generic type has no layout without type arguments",
    );
  const revised = ["layout", ...flags, "p", "g", "--against", ".", "--format", "json"];
  expectMistake(directory, revised, "g: a generic type has no layout without type arguments");
  const rows = [...flags, "--format", "json"];
  expectMistake(directory, ["layout", ...rows, "p", "e"], "e: a type that contains itself has no layout");
  expectMistake(directory, ["layout", ...rows, "p", "w"], /^w: a part of this type is of a package that/);
});

test("lists of names are in the messages", () => {
  const directory = tree(clean);
  expectMistake(directory, ["check", "--rules", "asmdelc"], /^asmdelc: unknown check; checks are asmdecl/);
  expectMistake(
    directory,
    ["check", "--vet", "gopher"],
    /^gopher: unknown vet profile; name a release of Go; profiles are go1\.25, .*go1\.11$/,
  );
});

test("a list may be given in pieces", () => {
  const directory = tree(clean);
  const inPieces = ["targets", "--target", "linux/386", "--target", "linux/arm,linux/amd64"];
  expect(runMain(directory, inPieces).stdout).toBe("linux/386\nlinux/arm\nlinux/amd64\n");
});

test("a tree without a Go file", () => {
  const directory = tree({ README: "nothing here\n" });
  expectMistake(directory, ["check"], `${directory}: no Go file in this tree`);
});

test("no command prints the usage, as a mistake; help prints it as an answer", () => {
  expect(runMain("/", [])).toMatchObject({ status: 2, stderr: [] });
  const help = runMain("/", ["help"]);
  expect(help).toMatchObject({ status: 0, stderr: [] });
  expect(runMain("/", ["--help"])).toEqual(help);
  expect(runMain("/", ["check", "--help"])).toEqual(runMain("/", ["help", "check"]));
  expect(runMain("/", ["check", "-h"])).toEqual(runMain("/", ["help", "check"]));
});

test("--version", () => {
  expect(runMain("/", ["--version"])).toEqual({ status: 0, stdout: "rt0 1.2.3\n", stderr: [] });
});

test("what cannot be read among other files is a warning", () => {
  const directory = tree(faulty);
  symlinkSync("loop_amd64.s", `${directory}/add/loop_amd64.s`);
  symlinkSync("nowhere", `${directory}/add/broken_amd64.s`);
  symlinkSync("..", `${directory}/add/up`);
  mkdirSync(`${directory}/add/directory.s`);
  const { status, stdout, stderr } = runMain(directory, ["check"]);
  expect(status).toBe(1);
  expect(stdout).toContain("1 finding in 1 file");
  expect(stderr).toEqual([
    "add/broken_amd64.s: cannot read: the link leads nowhere",
    expect.stringMatching(/^add\/loop_amd64\.s: cannot read: ELOOP: [a-z ]+$/),
    "findings that rest on what cannot be read are left out",
  ]);
});

test("where nothing can be read of what was named, that is a mistake", () => {
  const directory = tree(clean);
  mkdirSync(`${directory}/broken`);
  symlinkSync("nowhere", `${directory}/broken/p_amd64.s`);
  expectMistake(directory, ["check", "broken"], "broken/p_amd64.s: cannot read: the link leads nowhere");
  expectMistake(directory, ["files", "broken"], "broken/p_amd64.s: cannot read: the link leads nowhere");
});

test("bytes of any kind in a source are no error of rt0", () => {
  const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)).toString(
    "latin1",
  );
  const directory = tree({ ...clean, "add/noise_amd64.s": bytes, "add/zero.s": "\0".repeat(100_000) });
  expect(runMain(directory, ["check"]).stderr).toEqual([]);
});
