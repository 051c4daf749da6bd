/**
 * Names and texts of a tree that mean to be obeyed: by a terminal, by a CI system that looks for commands in what a
 * program prints, or by a reader to whom text is shown in another order. Every format, and standard error.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { safeText } from "../../server/src/cli/safeText.ts";
import { attack, bundled, tree } from "./support/attack.ts";

bundled();

const escape = "\u001B[31m\u001B]0;title\u0007\u009B2J";
const turned = "\u202Eabc\u2066def\u2069\u061C";
const declared = "package p\n\nfunc add(x, y int64) int64\n";
const wrong = (comment: string) =>
  `TEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ ${comment} x+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n`;

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/;

/** A tree whose names and texts hold what harms. */
function hostile(): string {
  const comment = `/*${escape}${turned}*/`;
  const names = [`::error file=x,line=1::forged`, `##[error]forged`, `${turned}dir`, `a%0A::error::forged`];
  return tree({
    "go.mod": "module m\n",
    ...Object.fromEntries(
      names.flatMap((name) => [
        [`${name}/a_amd64.go`, declared],
        [`${name}/a_amd64.s`, wrong(comment)],
      ]),
    ),
    "p/a_amd64.go": `${declared}\n//go:linkname ${escape} ${turned}\n`,
    "p/a_amd64.s": `${wrong(comment)}\n\t::error::forged+8(FP)\n\t/* */ ::error::x+99(FP)\n\tMOVQ ${turned}+8(FP), AX\n`,
  });
}

/** What a line that is a command of GitHub's looks like to its runner. */
const command = /^\s*::|##\[/m;

test.each([
  ["check"],
  ["check", "--format", "vet"],
  ["check", "--format", "json"],
  ["check", "--format", "sarif"],
  ["check", "--format", "github"],
  ["files", "./..."],
  ["files", "./...", "--format", "json"],
])("%s %s %s %s", (...argv) => {
  const { status, stdout, stderr } = attack(hostile(), argv);
  expect(status).toBe(argv[0] === "check" ? 1 : 0);
  expect(stderr).toBe("");
  expect(stdout).not.toMatch(unsafe);
  if (argv.includes("github")) {
    // Its own commands, each of them about a file of the tree.
    for (const line of stdout.trimEnd().split("\n")) expect(line).toMatch(/^::error file=[^:,]+,line=/);
    expect(stdout).not.toContain("##[");
  } else expect(stdout).not.toMatch(command);
});

test("a name with a newline is not read, and told in one line", () => {
  const directory = hostile();
  const name = "x\n::error::forged";
  mkdirSync(join(directory, name));
  writeFileSync(join(directory, name, "a.go"), "package a\n");
  writeFileSync(join(directory, `p/b${escape}\n_amd64.s`), "\n");
  const { status, stdout, stderr } = attack(directory, ["check", "--format", "vet"]);
  expect(status).toBe(1);
  expect(stderr).not.toMatch(unsafe);
  expect(stderr).not.toMatch(command);
  expect(stderr.trimEnd().split("\n")).toEqual([
    "rt0: x\uFFFD::error::forged: cannot read: its name has control characters",
    expect.stringMatching(/^rt0: p\/b.*_amd64\.s: cannot read: its name has control characters$/),
    "rt0: findings that rest on what cannot be read are left out",
  ]);
  expect(stdout).toContain("invalid offset x+8(FP); expected x+0(FP)");
});

test.each([
  ["check", `no\nwhere${escape}`],
  ["check", "--target", `linux/\u001B[2J`],
  ["check", `--\u001B[2J`],
  ["layout", "p", `T\n::error::forged`],
  [`\u001B[2J`],
])("a mistake in the call is told in one line: %j", (...argv) => {
  const { status, stdout, stderr } = attack(hostile(), argv);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).not.toMatch(unsafe);
  expect(stderr).toMatch(/^rt0: .*\n$/);
});

test("JSON says what it said", () => {
  const value = { name: `${escape}${turned}\n\t"\\ ##[error] ::error::` };
  const printed = safeText(JSON.stringify(value), "json");
  expect(printed).not.toMatch(unsafe);
  expect(printed).not.toContain("##[");
  expect(JSON.parse(printed)).toEqual(value);
});
