/**
 * On random constraint lines and random file headers, rt0 and Go agree:
 * go/build/constraint on the expression and the error, go/build on whether the file
 * is selected.
 */
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headerOptions, selectingTargets } from "../../server/src/core/model/targets/selectFile.ts";
import { buildContext, targetOf } from "../../server/src/core/model/targets/target.ts";
import { formatConstraint } from "../../server/src/core/syntax/build/constraint.ts";
import { findBuildHeader } from "../../server/src/core/syntax/build/header.ts";
import { buildJudge, goEnvironment, type GoRoot, goRoots } from "./support/goroots.ts";

const root = goRoots.at(-1);

/** Pieces that mean something to the parsers, and some that do not. */
const pieces = {
  goBuild: [
    "linux",
    "386",
    "a.b_c",
    "é",
    "!",
    "&&",
    "||",
    "(",
    ")",
    " ",
    " ",
    "\t",
    "&",
    "|",
    "-",
    "\u00a0",
    "😀",
  ],
  plusBuild: ["linux", "386", "é", "!", "!!", ",", " ", " ", "\t", "-", "\u0085", "\ufeff", "a.b"],
  header: [
    "//go:build linux\n",
    "//go:build windows\n",
    "//go:build linux &&\n",
    " //go:build\tlinux \r\n",
    "//go:build\n",
    "//go:builder x\n",
    "// +build linux\n",
    "// +build windows\n",
    "//+build amd64,!cgo arm\n",
    "//\t+build !linux\r\n",
    "// +builder x\n",
    "//",
    "/*",
    "*/",
    "/* */",
    "\n",
    "\n",
    " \n",
    "\t",
    "x\n",
    ";",
    "package p\n",
    "TEXT ·f(SB), $0\n",
  ],
};

function randomTexts(list: readonly string[], seed: number): string[] {
  const texts = fc.array(fc.constantFrom(...list), { maxLength: 9 }).map((words) => words.join(""));
  return fc.sample(texts, { numRuns: 4000, seed });
}

describe.skipIf(!root)("agreement with Go", () => {
  test("on constraint lines", { timeout: 300_000 }, () => {
    const lines = [
      ...randomTexts(pieces.goBuild, 1).map((text) => `//go:build ${text}`),
      ...randomTexts(pieces.plusBuild, 2).map((text) => `// +build ${text}`),
      `//go:build ${"(".repeat(999)}x${")".repeat(999)}`,
      `//go:build ${"(".repeat(1001)}x${")".repeat(1001)}`,
      `//go:build ${"!(".repeat(500)}x`,
      `//go:build a${" || a".repeat(999)}`,
      `//go:build a${" || a".repeat(1000)}`,
      `// +build a${" a".repeat(100)}`,
      `// +build a${",a".repeat(101)}`,
    ];
    const want = judge<{ Expr: string; Error: string }[]>(root!, "constraint", lines);
    const differences = lines.flatMap((line, i) => {
      const got = verdict(line);
      const { Expr, Error } = want[i]!;
      return got.Expr === Expr && got.Error === Error ? [] : [{ line, want: want[i], got }];
    });
    expect(differences).toEqual([]);
  });

  test.each(["x.go", "x.s"])("on headers of %s", { timeout: 300_000 }, (name) => {
    const texts = fc.sample(
      fc.array(fc.constantFrom(...pieces.header), { maxLength: 8 }).map((lines) => lines.join("")),
      { numRuns: 20000, seed: 3 },
    );
    const files = texts
      // go/build takes an assembly file whose leading comment never ends for one without constraints.
      .filter((text) => name.endsWith(".go") || !breaksReader(text))
      .map((text) => ({ Name: name, Text: name.endsWith(".go") ? `${text}\npackage p\n` : text }));
    const want = judge<boolean[]>(root!, "matchFile", files);
    const context = buildContext(root!.release);
    const config = { targets: [targetOf("linux", "amd64")], context };
    const differences = files.flatMap(({ Text: text }, i) => {
      const header = findBuildHeader(text, headerOptions(name, context));
      const got = selectingTargets(config, { name, header, packageName: "p", importsC: false }).has(0);
      return got === want[i] ? [] : [{ text, want: want[i], got }];
    });
    expect(differences).toEqual([]);
  });
});

/** A lone slash or an open block comment before any code. */
function breaksReader(text: string): boolean {
  const rest = text.replace(/^(?:[\s;]|\/\/.*(?:\n|$)|\/\*[^]*?\*\/)*/, "");
  return rest.startsWith("/");
}

function verdict(line: string): { Expr: string; Error: string } {
  const { expr, error } = findBuildHeader(`${line}\n\n`, { language: "go", goBuild: true }).lines[0]!.parsed;
  return { Expr: expr === undefined ? "" : formatConstraint(expr), Error: error?.message ?? "" };
}

function judge<T>(root: GoRoot, name: string, input: unknown): T {
  const output = execFileSync(buildJudge(root, name), {
    env: goEnvironment(root, "linux/amd64"),
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(output) as T;
}
