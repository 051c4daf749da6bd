import { expect, test } from "vitest";
import { clean, faulty, faultyMessage, rows, runMain, tree } from "./runMain.ts";

test("a clean tree: status 0", () => {
  const result = runMain(tree(clean), ["check", "--target", "linux/amd64"]);
  expect(result).toMatchObject({ status: 0, stderr: [] });
  expect(result.stdout).toMatch(/^No findings; checked 1 package on 1 target in \d\.\d\d s\.\n$/);
});

test("a finding: status 1, the line with the fault underlined, and the targets", () => {
  const result = runMain(tree(faulty), ["check", "--target", "linux/amd64,windows/amd64,linux/arm64"]);
  expect(result).toMatchObject({ status: 1, stderr: [] });
  expect(result.stdout.split("\n").slice(0, 4)).toEqual([
    `add/add_amd64.s:2:7: error: ${faultyMessage} (asmdecl)`,
    "    MOVQ x+8(FP), AX",
    "         ^^^^^^^",
    "  on linux/amd64, windows/amd64",
  ]);
  expect(result.stdout).toContain("\n1 finding in 1 file; checked 1 package on 3 targets in ");
});

test("many targets are told by architecture, none left out", () => {
  const { stdout } = runMain(tree(faulty), ["check"]);
  expect(stdout).toMatch(/^ {2}on amd64 \(android, darwin, .*, windows\)$/m);
});

test("what one target alone has wrong says how many build the file", () => {
  const directory = tree({
    "p/p.go": "package p\n\nfunc f(n uintptr)\n",
    "p/p.s": "TEXT ·f(SB), 0, $0-8\n\tRET\n",
  });
  const { stdout } = runMain(directory, ["check", "--target", "linux/386,linux/amd64,linux/arm64"]);
  expect(stdout).toContain("  on linux/386, of 3 targets that build the file\n");
});

/** What is said of the targets of a function that has assembly under this constraint alone. */
function lastLines(constraint: string, format = "text"): string {
  const code = `//go:build ${constraint}\n\nTEXT ·F(SB), 0, $0-0\n\tRET\n`;
  const directory = tree({ "go.mod": "module m\n", "p/p.go": "package p\n\nfunc F()\n", "p/p.s": code });
  const { stdout } = runMain(directory, ["check", "p", "--rules", "missing-text", "--format", format]);
  return stdout.replace(/^[^]*?\(missing-text\)(\n {4}.*)*\n|\n\n.*\n$/g, "").replace(/\n\n[^]*/, "");
}

test("what holds nearly everywhere is told by the targets on which it does not", () => {
  expect(lastLines("amd64")).toBe("  on all but amd64, of 47 targets that build the file");
  expect(lastLines("amd64 || freebsd && arm64")).toBe(
    "  on all but amd64, freebsd/arm64, of 47 targets that build the file",
  );
  expect(lastLines("amd64 || arm && !linux")).toBe(
    "  on all but amd64, arm (freebsd, netbsd, openbsd, plan9), of 47 targets that build the file",
  );
  expect(lastLines("amd64", "github")).toMatch(/ \(on all but amd64, of 47 targets that build the file\)\n$/);
  // Too many are missing: all that are meant are named, in lines that fit.
  expect(lastLines("amd64 || arm64 || arm || wasm || s390x")).toMatch(
    /^ {2}on 386 \(.{80,90}\),\n {5}mips64 \(linux\), .{70,90},\n {5}.*of 47 targets that build the file$/,
  );
});

test("columns and ranges count bytes from one, as Go does", () => {
  const directory = tree({
    "p/p.go": "package p\n\nfunc f(x int64)\n",
    "p/p_amd64.s": "TEXT ·f(SB), 0, $0-8\n\tMOVQ ·é(SB), y+0(FP)\n\tRET\n",
  });
  const [row] = rows(runMain(directory, ["check", "--target", "linux/amd64", "--format", "json"]).stdout);
  expect(row).toMatchObject({ line: 2, column: 17, endLine: 2, endColumn: 24 });
});

test("Windows line endings change nothing", () => {
  const args = ["check", "--target", "linux/amd64", "--format", "json"];
  const windows = Object.fromEntries(
    Object.entries(faulty).map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]),
  );
  expect(runMain(tree(windows), args)).toEqual(runMain(tree(faulty), args));
});

test("paths with spaces and letters of other scripts", () => {
  const files = Object.fromEntries(
    Object.entries(faulty).map(([name, text]) => [`sp ace/日本/${name}`, text]),
  );
  const directory = tree(files);
  const { status, stdout } = runMain(directory, ["check", "--root", "sp ace/日本", "add"]);
  expect(status).toBe(1);
  expect(stdout).toContain(`sp ace/日本/add/add_amd64.s:2:7: error: ${faultyMessage}`);
});

test("control characters of a source do not reach the terminal, and long lines are cut", () => {
  const directory = tree({
    "p/p.go": "package p\n\nfunc f(x int64)\n",
    "p/p_amd64.s": `TEXT ·f(SB), 0, $0-8\n\tMOVQ y+0(FP), AX /* \u001B[31m ${"x".repeat(100_000)} */\n\tRET\n`,
  });
  const { stdout } = runMain(directory, ["check", "--target", "linux/amd64"]);
  expect(stdout).toContain("MOVQ y+0(FP), AX /* \uFFFD[31m xxx");
  expect(stdout).not.toContain("\u001B");
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThan(150);
});

function packagesOf(cwd: string, ...operands: string[]): string[] {
  const { stdout } = runMain(cwd, ["check", "--format", "json", ...operands]);
  return rows<{ package: string }>(stdout).map((row) => row.package);
}

test("a package is named by import path, directory or pattern", () => {
  const directory = tree({
    "go.mod": "module example.org/m\n\ngo 1.24\n",
    ...faulty,
    "add/below/below.go": "package below\n",
  });
  const expected = ["example.org/m/add"];
  expect(packagesOf(directory)).toEqual(expected);
  expect(packagesOf(directory, "add")).toEqual(expected);
  expect(packagesOf(directory, "./add")).toEqual(expected);
  expect(packagesOf(directory, `${directory}/add/`)).toEqual(expected);
  expect(packagesOf(directory, "example.org/m/add")).toEqual(expected);
  expect(packagesOf(directory, "./...")).toEqual(expected);
  expect(packagesOf(directory, "example.org/m/...")).toEqual(expected);
  expect(packagesOf(`${directory}/add`)).toEqual(expected);
  expect(packagesOf(`${directory}/add`, ".")).toEqual(expected);
  expect(packagesOf(`${directory}/add/below`)).toEqual([]);
});

test("a vendored package has its own import path, and is checked where it is named or --vendor is given", () => {
  const files = Object.entries(faulty).map(([name, text]) => [`vendor/example.com/${name}`, text]);
  const directory = tree({ "go.mod": "module example.org/m\n\ngo 1.24\n", ...Object.fromEntries(files) });
  const expected = ["example.com/add"];
  expect(packagesOf(directory, "example.com/add")).toEqual(expected);
  expect(packagesOf(directory, "example.com/...")).toEqual(expected);
  expect(packagesOf(`${directory}/vendor`, "example.com/add")).toEqual(expected);
  expect(packagesOf(`${directory}/vendor`)).toEqual(expected);
  expect(packagesOf(directory, "--vendor")).toEqual(expected);
  expect(packagesOf(directory, "--vendor", "./...")).toEqual(expected);
  expect(packagesOf(directory)).toEqual([]);
  expect(packagesOf(directory, "./...")).toEqual([]);
});

test("a module below another is a module of its own", () => {
  const files = Object.entries(faulty).map(([name, text]) => [`sub/${name}`, text]);
  const own = { "go.mod": "module example.org/m\n", "sub/go.mod": "module example.net/other\n" };
  expect(packagesOf(tree({ ...own, ...Object.fromEntries(files) }))).toEqual(["example.net/other/add"]);
});

test("testdata and hidden directories are left out, unless named", () => {
  const files = ["testdata", ".hidden", "_old"].flatMap((above) =>
    Object.entries(faulty).map(([name, text]) => [`${above}/${name}`, text]),
  );
  const directory = tree({ "p.go": "package p\n", ...Object.fromEntries(files) });
  expect(runMain(directory, ["check"])).toMatchObject({
    status: 0,
    stdout: "No package with assembly; nothing to check.\n",
  });
  expect(runMain(directory, ["check", "testdata/add"]).status).toBe(1);
});

test("--rules asks for some checks only", () => {
  const directory = tree(faulty);
  expect(runMain(directory, ["check", "--rules", "asmdecl"]).status).toBe(1);
  expect(runMain(directory, ["check", "--rules", "whitelist"]).status).toBe(0);
});

test("a comment hides a finding, and the rules that are asked for decide whether it is spoken of", () => {
  const text = faulty["add/add_amd64.s"].replace("\tMOVQ x", "\t// rt0:ignore asmdecl on purpose\n\tMOVQ x");
  const directory = tree({ ...faulty, "add/add_amd64.s": text });
  expect(runMain(directory, ["check"]).status).toBe(0);
  const idle = tree({ ...clean, "add/add_amd64.s": text.replace("x+8", "x+0") });
  expect(runMain(idle, ["check", "--rules", "asmdecl"]).status).toBe(0);
  expect(runMain(idle, ["check"]).stdout).toContain("rt0:ignore hides nothing");
  // Of a comment that may be for another target nothing is known.
  expect(runMain(idle, ["check", "--target", "linux/386"]).status).toBe(0);
});

test("a whitelist that was written hides every finding, of whatever check and file", () => {
  const directory = tree({
    ...faulty,
    "go.mod": "module example.com/m\n",
    "add/late.go": "package add\n\n//go:build linxu\n",
    "add/never_linux.go": "//go:build windows && freebsd\n\npackage add\n",
    "add/slip.go": "//go:build linxu\n\npackage add\n",
    "add/missing.go": "package add\n\nfunc Missing()\n",
    "add/tagged.s": "//go:build !noasm\n\nTEXT ·Missing2(SB), 0, $0-0\n\tRET\n",
    "add/missing2.go": "package add\n\nfunc Missing2()\n",
  });
  const found = rows<{ code: string }>(runMain(directory, ["check", "--format", "json"]).stdout);
  expect([...new Set(found.map(({ code }) => code))].toSorted()).toEqual(
    ["asmdecl", "buildtag", "missing-text", "never-built", "tag-combination", "unknown-tag"].toSorted(),
  );
  expect(runMain(directory, ["check", "--write-whitelist", "known"]).status).toBe(0);
  expect(runMain(directory, ["check", "--whitelist", "known"])).toMatchObject({ status: 0 });
  // What a finding says of the targets it holds on depends on which are asked for.
  const few = ["--target", "linux/386,linux/arm64"];
  expect(runMain(directory, ["check", ...few, "--whitelist", "known"])).toMatchObject({ status: 0 });
});

test("hints alone do not fail; --severity says what is shown, --fail-on what fails", () => {
  const hint = clean["add/add_amd64.s"].replace("\tMOVQ x", "#define SUM MOVQ AX, sum+16(FP)\n\tMOVQ x");
  const directory = tree({ ...clean, "add/add_amd64.s": hint });
  const ask = (...flags: string[]) => {
    const { status, stdout } = runMain(directory, ["check", "--format", "json", ...flags]);
    return { status, severities: rows<{ severity: string }>(stdout).map(({ severity }) => severity) };
  };
  expect(ask()).toEqual({ status: 0, severities: ["hint"] });
  expect(ask("--fail-on", "hint")).toEqual({ status: 1, severities: ["hint"] });
  expect(ask("--severity", "warning")).toEqual({ status: 0, severities: [] });
  expect(ask("--rules", "asmdecl")).toEqual({ status: 1, severities: ["error"] });
  expect(runMain(directory, ["check", "--fail-on", "fatal"])).toMatchObject({
    status: 2,
    stderr: [expect.stringContaining("--fail-on fatal: unknown level; levels are error, warning")],
  });
});

/** A Go tree that says it is of this release. */
function goroot(version: string): string {
  return `${tree({ "go/VERSION": version, "go/src/runtime/runtime.go": "package runtime\n", "go/src/make.bash": "" })}/go`;
}

test("a go line never asks for an older vet than that of the Go at hand", () => {
  // Until Go 1.21 vet padded no struct at its end, and asked for a frame of 22 bytes here.
  const files = {
    "go.mod": "module m\n\ngo 1.19\n",
    "p/p.go":
      "package p\n\ntype V struct {\n\tp *byte\n\tu uint64\n\ta, b, c int8\n\td int16\n}\n\nfunc F(m V)\n",
    "p/p_amd64.s": "TEXT ·F(SB), 4, $0-24\n\tMOVQ m_p+0(FP), AX\n\tRET\n",
  };
  const messages = (...flags: string[]) =>
    rows<{ message: string }>(
      runMain(tree(files), [
        "check",
        "--rules",
        "asmdecl",
        "--target",
        "linux/amd64",
        "--format",
        "json",
        ...flags,
      ]).stdout,
    ).map(({ message }) => message);
  const old = ["[amd64] F: wrong argument size 24; expected $...-22"];
  expect(messages()).toEqual([]);
  expect(messages("--goroot", goroot("go1.24.1"))).toEqual([]);
  expect(messages("--goroot", goroot("go1.19.8"))).toEqual(old);
  expect(messages("--goroot", goroot("go1.24.1"), "--vet", "go1.19")).toEqual(old);
});

test("an entry for what vet misreads hides vet's finding and the hint in its place", () => {
  const misread = clean["add/add_amd64.s"].replace("\tMOVQ x", "#define SUM MOVQ AX, sum+16(FP)\n\tMOVQ x");
  const directory = tree({ ...clean, "add/add_amd64.s": misread });
  const asked = [
    ["--fail-on", "hint"],
    ["--rules", "asmdecl"],
    ["--format", "vet"],
  ];
  expect(asked.map((flags) => runMain(directory, ["check", ...flags]).status)).toEqual([1, 1, 1]);
  for (const [i, noted] of asked.entries()) {
    expect(runMain(directory, ["check", ...noted, "--write-whitelist", `known${i}`]).status).toBe(0);
    for (const flags of asked)
      expect(runMain(directory, ["check", ...flags, "--whitelist", `known${i}`]).status).toBe(0);
  }
});

test("an entry that matches nothing is told of in every package, that of the root and those that are gone too", () => {
  const { "add/add_amd64.go": go, "add/add_amd64.s": code } = clean;
  const entries = [
    "a_amd64.s",
    "add/add_amd64.s",
    "gone/a_amd64.s",
    "go/a_amd64.s",
    "testdata/a_amd64.s",
  ].map((file) => `${file}: [amd64] add: gone\n`);
  const directory = tree({
    ...clean,
    "a_amd64.go": go,
    "a_amd64.s": code,
    "go/a_amd64.go": "package a\n",
    "go.mod": "module example.com/m\n",
    "testdata/a_amd64.s": code,
    "known/all.txt": entries.join(""),
  });
  const linesFrom = (cwd: string, ...argv: string[]) => {
    const flags = ["--whitelist", `${directory}/known`, "--format", "json"];
    return rows<{ line: number }>(runMain(cwd, ["check", ...flags, ...argv]).stdout).map(({ line }) => line);
  };
  expect(linesFrom(directory, "./...")).toEqual([1, 2, 4]);
  expect(linesFrom(directory, "add")).toEqual([2]);
  // Without a name all are meant, and those that are gone; what is left out unless named is still there.
  expect(linesFrom(directory)).toEqual([1, 2, 3, 4]);
  expect(linesFrom(`${directory}/add`)).toEqual([2]);
});

test("a whitelist written for all targets hides a trampoline that some leave unused", () => {
  const directory = tree({
    "go.mod": "module m\n",
    "p/p.go":
      'package p\n\n//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"\n\nfunc open_trampoline()\n',
    "p/p_arm64.go": "package p\n\nvar open = abi.FuncPCABI0(open_trampoline)\n",
    "p/p_darwin.s": "TEXT ·open_trampoline(SB), 4, $0-0\n\tJMP libc_open(SB)\n",
  });
  const check = ["check", "--rules", "libc-trampoline"];
  expect(runMain(directory, check).stdout).toContain("address of open_trampoline on darwin/amd64, ");
  expect(runMain(directory, [...check, "--write-whitelist", "known"]).status).toBe(0);
  const few = [...check, "--target", "darwin/amd64"];
  expect(runMain(directory, few).stdout).toContain("open_trampoline");
  expect(runMain(directory, [...few, "--whitelist", "known"]).stdout).not.toContain("open_trampoline");
});

test("--vet chooses whose findings", () => {
  // Vet of Go 1.11 takes no ABI selector in a TEXT line.
  const directory = tree({
    "p/p.go": "package p\n\nfunc f()\n",
    "p/p_amd64.s": "TEXT ·f<ABIInternal>(SB), 0, $0-0\n\tRET\n",
  });
  const findings = (vet: string) =>
    runMain(directory, ["check", "--rules", "asmdecl", "--vet", vet, "--format", "vet"]).stdout;
  expect(findings("go1.24")).toBe("");
  expect(findings("go1.11")).toContain("f<ABIInternal> missing Go declaration");
  // Any release will do, the profile that held then counts; "go" may be left out.
  expect(findings("1.24")).toBe("");
  for (const release of ["go1.30", "go1.26.1", "1.12"]) expect(findings(release)).toBe("");
  for (const release of ["1.11", "go1.10"]) expect(findings(release)).toBe(findings("go1.11"));
});

test("the same call prints the same, in the order of files and lines", () => {
  const many = Object.fromEntries(
    ["z", "a", "a/b", "a-b", "M"].flatMap((above) =>
      Object.entries(faulty).map(([name, text]) => [name.replace("add/", `${above}/`), text]),
    ),
  );
  const directory = tree(many);
  const once = runMain(directory, ["check", "--format", "json"]);
  expect(runMain(directory, ["check", "--format", "json"])).toEqual(once);
  const files = rows<{ file: string }>(once.stdout).map(({ file }) => file);
  expect(files).toEqual([...files].sort());
  expect(files).toHaveLength(5);
});
