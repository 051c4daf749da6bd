import { expect, test } from "vitest";
import { clean, rows, runMain, tree } from "./runMain.ts";

const sizes = {
  "p/p.go": "package p\n\ntype pair struct {\n\tword uintptr\n\tflag bool\n}\n\nconst limit = 1 << 4\n",
  "p/p_linux.go": 'package p\n\nconst system = "linux"\n',
  "p/p_arm64.s": "TEXT ·f(SB), 0, $0\n\tRET\n",
};
const three = ["--target", "linux/386,linux/arm64,windows/arm64"];

test("files: what each target selects", () => {
  const directory = tree(sizes);
  expect(rows(runMain(directory, ["files", "--format", "json", ...three, "p"]).stdout)).toEqual([
    { target: "linux/386", package: "p", go: ["p.go", "p_linux.go"], s: [] },
    { target: "linux/arm64", package: "p", go: ["p.go", "p_linux.go"], s: ["p_arm64.s"] },
    { target: "windows/arm64", package: "p", go: ["p.go"], s: ["p_arm64.s"] },
  ]);
});

function fieldsOfPair(word: number) {
  return [
    { name: "word", offset: 0, size: word },
    { name: "flag", offset: word, size: 1 },
  ];
}

test("layout: sizes of each target; a person reads one table for all that share it", () => {
  const directory = tree(sizes);
  const [on386, onArm64] = rows(
    runMain(directory, ["layout", "--format", "json", ...three, "p", "pair"]).stdout,
  );
  expect(on386).toEqual({
    target: "linux/386",
    package: "p",
    type: "pair",
    size: 8,
    align: 4,
    fields: fieldsOfPair(4),
  });
  expect(onArm64).toEqual({
    target: "linux/arm64",
    package: "p",
    type: "pair",
    size: 16,
    align: 8,
    fields: fieldsOfPair(8),
  });
  expect(runMain(directory, ["layout", ...three, "p"]).stdout).toBe(
    [
      "p on linux/386",
      "  pair: 8 bytes, aligned to 4",
      "       0      4  word",
      "       4      1  flag",
      "",
      "p on linux/arm64, windows/arm64",
      "  pair: 16 bytes, aligned to 8",
      "       0      8  word",
      "       8      1  flag",
      "",
      "",
    ].join("\n"),
  );
});

test("layout of one type: padding and its cost, for all targets that share it", () => {
  const directory = tree(sizes);
  expect(runMain(directory, ["layout", ...three, "p", "pair"]).stdout).toBe(
    [
      "p.pair",
      "",
      "on linux/386",
      "",
      "  pair: 8 bytes, aligned to 4",
      "    offset  size  field      type",
      "         0     4  word       uintptr",
      "         4     1  flag       bool",
      "         5     3  (padding)",
      "",
      "  Waste",
      "    3 bytes of padding",
      "",
      "on linux/arm64, windows/arm64",
      "",
      "  pair: 16 bytes, aligned to 8",
      "    offset  size  field      type",
      "         0     8  word       uintptr",
      "         8     1  flag       bool",
      "         9     7  (padding)",
      "",
      "  Waste",
      "    7 bytes of padding",
      "",
    ].join("\n"),
  );
});

test("layout of one type against that of another checkout, as a diff", () => {
  const directory = tree(sizes);
  const other = tree({ ...sizes, "p/p.go": sizes["p/p.go"].replace("flag bool", "flag int16") });
  const { status, stdout } = runMain(directory, ["layout", ...three, "--against", other, "p", "pair"]);
  expect(status).toBe(0);
  expect(stdout.split("\n").slice(0, 14)).toEqual([
    "p.pair",
    `--- ${other}`,
    `+++ ${directory}`,
    "",
    "on linux/386",
    "",
    "  pair: 8 bytes, aligned to 4",
    "    offset  size  field      type",
    "         0     4  word       uintptr",
    "-        4     2  flag       int16",
    "+        4     1  flag       bool",
    "-        6     2  (padding)",
    "+        5     3  (padding)",
    "",
  ]);
  const same = runMain(directory, ["layout", ...three, "--against", directory, "p", "pair"]);
  expect(same.stdout).toContain("the same on linux/386\n\nthe same on linux/arm64, windows/arm64\n");
});

function layoutRows(root: string, against: string, type: string) {
  const options = ["--target", "linux/386", "--format", "json", "--against", against];
  return rows(runMain(root, ["layout", ...options, "p", type]).stdout);
}

test("layout of one type against that of another checkout, as rows", () => {
  const directory = tree(sizes);
  const other = tree({
    ...sizes,
    "p/p.go": sizes["p/p.go"]
      .replace("flag bool", "flag int16")
      .replace("type pair", "type other int\n\ntype pair"),
  });
  const word = { name: "word", offset: 0, size: 4 };
  const pair = (size: number) => ({ size: 8, align: 4, fields: [word, { name: "flag", offset: 4, size }] });
  const row = { target: "linux/386", package: "p", type: "pair" };
  expect(layoutRows(directory, other, "pair")).toEqual([
    { ...row, same: false, here: pair(1), there: pair(2) },
  ]);
  expect(layoutRows(directory, directory, "pair")).toEqual([
    { ...row, same: true, here: pair(1), there: pair(1) },
  ]);
  const only = { ...row, type: "other", same: false };
  expect(layoutRows(directory, other, "other")).toEqual([
    { ...only, here: null, there: { size: 4, align: 4 } },
  ]);
  expect(layoutRows(other, directory, "other")).toEqual([
    { ...only, here: { size: 4, align: 4 }, there: null },
  ]);
  // Without the other checkout a row says the same of the one at hand.
  const [alone] = rows(
    runMain(directory, ["layout", "--target", "linux/386", "--format", "json", "p", "pair"]).stdout,
  );
  expect(alone).toEqual({ ...row, ...pair(1) });
});

test.each(["1.19", "1.24"])("generic types without an end are given up, in Go %s", (release) => {
  const directory = tree({
    "go.mod": `module example.org/m\ngo ${release}\n`,
    "p/p.go": [
      "package p",
      "type grow[T any] struct { more grow[[1]T] }",
      "type fork[T any] struct { a fork[[2]T]; b fork[[3]T]; c fork[[4]T] }",
      "type node[T any] struct { val T; next node[T] }",
      "type pair[A, B any] struct { a A; b B }",
      "type holder struct { n int; x grow[int]; y fork[int8]; z node[pair[int, fork[int]]] }",
      "type sound struct { a int32; p pair[pair[int8, pair[int8, int16]], pair[int8, int8]]; b int8 }",
      "func f(a grow[int], b fork[int8], c holder) int64",
    ].join("\n"),
    "p/p_amd64.s": "TEXT ·f(SB), 4, $0-8\n\tMOVQ a+0(FP), AX\n\tRET\n",
  });
  expect(runMain(directory, ["check", "--rules", "asmdecl"]).stderr).toEqual([]);
  const { stdout } = runMain(directory, ["layout", "p", "holder"]);
  expect(stdout).toContain("a type that contains itself has no layout");
  const one = ["--target", "linux/amd64", "p"];
  const types = rows<{ type: string; size: number }>(
    runMain(directory, ["layout", "--format", "json", ...one]).stdout,
  );
  expect(types.map(({ type, size }) => [type, size])).toEqual([["sound", 16]]);
});

test("signals: what is known of Go's own where no Go tree is at hand", () => {
  const { stdout } = runMain(tree(clean), ["signals", "--target", "linux/386"]);
  const lines = stdout.split("\n");
  expect(lines.slice(0, 3)).toEqual(["Signal setup", "", "on linux/386"]);
  expect(lines).toContain("    SA_RESTORER   0x4000000");
  expect(lines).toContain("        11  SIGSEGV    Panic Unblock       handler");
  const json = runMain(tree(clean), ["signals", "--target", "linux/386", "--format", "json"]).stdout;
  expect(rows(json)).toMatchObject([{ title: "Signal setup", targets: ["linux/386"] }]);
});

test("consts: values of each target", () => {
  const directory = tree(sizes);
  const found = rows<{ target: string; name: string; value: string }>(
    runMain(directory, ["consts", "--format", "json", ...three, "p"]).stdout,
  );
  expect(found.find(({ name, target }) => name === "limit" && target === "windows/arm64")?.value).toBe("16");
});

test("targets: all, those asked for, or those that select a file", () => {
  const directory = tree(sizes);
  const names = (...argv: string[]) =>
    runMain(directory, ["targets", ...argv])
      .stdout.trim()
      .split("\n");
  expect(names()).toContain("wasip1/wasm");
  expect(names(...three)).toEqual(["linux/386", "linux/arm64", "windows/arm64"]);
  expect(names(...three, "p/p_arm64.s")).toEqual(["linux/arm64", "windows/arm64"]);
  expect(names("p/p_linux.go").every((name) => /^(linux|android)\//.test(name))).toBe(true);
  const json = runMain(directory, ["targets", "--format", "json", ...three, "p/p_arm64.s"]).stdout;
  expect(rows(json)).toEqual([{ target: "linux/arm64" }, { target: "windows/arm64" }]);
});

test("a package that a target does not build is left out of what people read", () => {
  const directory = tree({ "p/p_windows.go": "package p\n" });
  expect(runMain(directory, ["files", "--target", "linux/amd64,windows/amd64", "p"]).stdout).toBe(
    "p on windows/amd64\n  p_windows.go\n\n",
  );
});

test("host is this machine's target, and naming a target twice is naming it once", () => {
  const [host, ...more] = runMain(tree(clean), ["targets", "--target", "host,host"])
    .stdout.trim()
    .split("\n");
  expect(host).toMatch(/^[a-z0-9]+\/[a-z0-9]+$/);
  expect(more).toEqual([]);
});

test("targets --symbol: what a function is on each target", () => {
  const directory = tree({
    "go.mod": "module example.org/m\n",
    "p/p_linux.go": "package p\n\nfunc f()\n",
    "p/p_windows.go": "package p\n\nfunc f() {}\n",
    "p/p_arm64.s": "TEXT ·f(SB), 0, $0\n\tRET\n",
    "q/q.s": "TEXT example·org∕m∕p·f<ABIInternal>(SB), 0, $0\n\tRET\n",
    "q/q_386.go": "package q\n",
  });
  const matrix = (...more: string[]) =>
    runMain(directory, ["targets", "--symbol", "example.org/m/p.f", ...three, ...more]).stdout;
  expect(matrix()).toBe(
    [
      "target         declaration                 TEXT",
      "linux/386      p_linux.go                  q/q.s",
      "linux/arm64    p_linux.go                  p_arm64.s, q/q.s <ABIInternal>",
      "windows/arm64  p_windows.go (with a body)  p_arm64.s, q/q.s <ABIInternal>",
      "",
    ].join("\n"),
  );
  expect(rows(matrix("--format", "json"))[0]).toEqual({
    target: "linux/386",
    declaration: { file: "p_linux.go", hasBody: false },
    texts: [{ file: "q/q.s", abi: "ABI0" }],
    missing: false,
  });
  expect(runMain(directory, ["targets", "--symbol", "example.org/m/p.g"])).toMatchObject({
    status: 2,
    stderr: ["example.org/m/p.g: no function and no assembly of that name"],
  });
  expect(runMain(directory, ["targets", "--symbol", "f"]).status).toBe(2);
});

test("targets --symbol: where the link would fail", () => {
  const directory = tree({
    "go.mod": "module example.org/m\n",
    "p/p.go": "package p\n\nfunc f()\n\nvar use = f\n",
    "p/p_arm64.s": "TEXT ·f(SB), 0, $0\n\tRET\n",
  });
  const { stdout } = runMain(directory, ["targets", "--symbol", "example.org/m/p.f", ...three]);
  expect(stdout).toContain("linux/386      p.go         missing\n");
  expect(stdout).toContain("linux/arm64    p.go         p_arm64.s\n");
});

test("where there is nothing to print, a line on standard error says so", () => {
  const directory = tree({ "p/p.go": "package p\n", "p/p_amd64.s": "TEXT ·f(SB), 0, $0\n\tRET\n" });
  const empty = { status: 0, stdout: "" };
  for (const format of ["text", "json"]) {
    const ran = (command: string, ...operands: string[]) =>
      runMain(directory, [command, "--format", format, ...operands]);
    expect(ran("traps", "p")).toEqual({ ...empty, stderr: ["p: no system call there"] });
    expect(ran("consts", "p", "./p")).toEqual({ ...empty, stderr: ["p, ./p: no constant there"] });
    expect(ran("layout", "p")).toEqual({ ...empty, stderr: ["p: no type with a layout there"] });
    expect(ran("files", "p").stderr).toEqual([]);
  }
  expect(runMain(directory, ["layout", "--format", "json", "p", "T"])).toMatchObject({
    status: 2,
    stderr: ["T: no such type in p"],
  });
});
