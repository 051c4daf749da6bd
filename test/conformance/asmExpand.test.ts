/**
 * The preprocessor against the assembler's own: for every assembly file of real Go
 * trees, the expanded tokens are those that cmd/asm/internal/lex hands to its
 * parser, and they parse without an error. The judge is a small program built into
 * the tree by an overlay, which leaves the tree itself alone.
 *
 * RT0_GOROOTS lists the trees, separated by colons; without it the test is
 * skipped, except in CI, where a missing tree is a failure.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { AsmFile } from "../../server/src/core/syntax/asm/ast.ts";
import { isTrivia } from "../../server/src/core/syntax/asm/lexer.ts";
import { parseAsm } from "../../server/src/core/syntax/asm/parser.ts";
import { expandAsm } from "../../server/src/core/syntax/asm/preprocess.ts";

const roots = (process.env["RT0_GOROOTS"] ?? "").split(":").filter((root) => root !== "");

/** Reads lines of a file, its -D and its -I flags; prints each file's tokens, one a line. */
const judgeSource = String.raw`package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"text/scanner"

	"cmd/asm/internal/flags"
	"cmd/asm/internal/lex"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		fields := strings.Split(in.Text(), "\t")
		flags.D = strings.Split(fields[1], ",")
		flags.I = strings.Split(fields[2], ",")
		fmt.Fprintf(out, "\f")
		for l := lex.NewLexer(fields[0]); ; {
			tok := l.Next()
			if tok == scanner.EOF {
				break
			}
			if tok == '\n' {
				fmt.Fprintln(out)
			} else if tok != '#' && tok != lex.BuildComment {
				fmt.Fprintf(out, " %s", lex.Make(tok, l.Text()))
			}
		}
	}
}
`;

const architectures =
  "386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x wasm".split(" ");
/** Endings of file names that stand for two architectures; either of them will do. */
const families: Readonly<Record<string, string>> = { mipsx: "mips", mips64x: "mips64", ppc64x: "ppc64" };
const systems =
  "aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows".split(
    " ",
  );

interface Case {
  readonly path: string;
  readonly predefined: readonly string[];
}

/** Every assembly file, each with one target that its name allows. */
function cases(directory: string): Case[] {
  const found: Case[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "testdata") found.push(...cases(path));
    } else if (entry.name.endsWith(".s")) {
      const words = entry.name
        .slice(0, -2)
        .split("_")
        .slice(1)
        .map((word) => families[word] ?? word);
      const arch = words.findLast((word) => architectures.includes(word)) ?? "amd64";
      const os = words.findLast((word) => systems.includes(word)) ?? "linux";
      found.push({
        path,
        predefined: [`GOOS_${os}`, `GOARCH_${arch}`, ...(arch === "amd64" ? ["GOAMD64_v1"] : [])],
      });
    }
  }
  return found;
}

/** The expanded tokens in the judge's form: blanks between them, `·` and `∕` as the linker knows them. */
function expandedTokens(file: AsmFile): string {
  const { text, tokens } = file;
  let found = "";
  for (let i = 0; i < tokens.count; i++) {
    if (isTrivia(tokens.kinds[i]!)) continue;
    const token = text.slice(tokens.starts[i], tokens.starts[i + 1]);
    found += token === "\n" ? token : ` ${token}`;
  }
  return found.replaceAll("·", ".").replaceAll("∕", "/");
}

describe.skipIf(roots.length === 0 && !process.env["CI"])("expansion of Go's own assembly", () => {
  const work = mkdtempSync(join(tmpdir(), "rt0-expand-"));
  afterAll(() => rmSync(work, { recursive: true }));

  test("there are Go trees to test with", () => {
    expect(roots).not.toEqual([]);
  });

  test.each(roots)("%s", { timeout: 120_000 }, (root) => {
    const overlay = join(work, "overlay.json");
    const program = join(work, "main.go");
    const judge = join(work, "judge");
    writeFileSync(program, judgeSource);
    writeFileSync(
      overlay,
      JSON.stringify({ Replace: { [join(root, "src/cmd/asm/internal/rt0judge/main.go")]: program } }),
    );
    execFileSync(
      join(root, "bin/go"),
      ["build", `-overlay=${overlay}`, "-o", judge, "./asm/internal/rt0judge"],
      {
        cwd: join(root, "src/cmd"),
        env: { ...process.env, GOROOT: root, GOFLAGS: "", GOWORK: "off", GOTOOLCHAIN: "local" },
      },
    );
    // Go makes go_asm.h while it builds a package; here it is empty, for both sides.
    writeFileSync(join(work, "go_asm.h"), "");
    const includes = [join(root, "pkg/include"), work];

    const all = cases(join(root, "src"));
    const input = all
      .map(({ path, predefined }) => `${path}\t${predefined.join(",")}\t${includes.join(",")}\n`)
      .join("");
    const output = execFileSync(judge, { input, encoding: "utf8", maxBuffer: 1 << 30 });
    const wanted = output.split("\f").slice(1);
    expect(wanted.length).toBe(all.length);

    const loaded = new Map<string, AsmFile | undefined>();
    const load = (path: string): AsmFile | undefined => {
      if (!loaded.has(path))
        loaded.set(path, existsSync(path) ? parseAsm(readFileSync(path, "utf8")) : undefined);
      return loaded.get(path);
    };
    const problems: string[] = [];
    for (const [i, { path, predefined }] of all.entries()) {
      const directories = [dirname(path), ...includes];
      const include = (name: string): AsmFile | undefined => {
        for (const directory of directories) {
          const file = load(join(directory, name));
          if (file !== undefined) return file;
        }
        return undefined;
      };
      const { file, errors } = expandAsm(load(path)!, { predefined, include });
      for (const error of [...errors, ...file.errors]) problems.push(`${path}: ${error.message}`);
      // Up to Go 1.21 a name that starts with a dot got the package's placeholder before it.
      const tokens = wanted[i]!.replaceAll("·", ".").replaceAll("∕", "/").replaceAll(' "".', " .");
      if (expandedTokens(file) !== tokens) {
        problems.push(`${path}: tokens differ for ${predefined.join(" ")}`);
      }
    }
    expect(problems).toEqual([]);
  });
});
