/**
 * Code as it is assembled, with the assembler and vet as judges: each assembly file is
 * replaced by what cmd/asm's own preprocessor makes of it on a target, one statement a line, and
 * the release's asmdecl analyzer looks at that. On the files as written, rt0 must find the same. Mistakes are
 * planted first, in macros and outside, since there are few in Go.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachRootWithOracle } from "./support/eachRoot.ts";
import { cacheDir, experimentsOf, vetProfile, type GoRoot } from "./support/goroots.ts";
import { buildOracle, hash, oracleFindings } from "./support/oracle.ts";
import { randomFor } from "./support/random.ts";
import { rt0Rows } from "./support/rt0.ts";

/** Reads lines of a file, its -D and its -I flags; prints each file's statements as vet wants to see them. */
const judge = String.raw`package main

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
		line := ""
		words := 0
		flush := func() {
			if strings.HasPrefix(line, "TEXT ") {
				name, rest, _ := strings.Cut(line[5:], "(SB)")
				if dot := strings.LastIndex(name, "."); dot >= 0 {
					name = strings.ReplaceAll(name[:dot], "/", "∕") + "·" + name[dot+1:]
				}
				line = "TEXT " + name + "(SB)" + rest
			}
			if !strings.HasPrefix(line, "DATA ") && !strings.HasPrefix(line, "GLOBL ") {
				fmt.Fprintln(out, line)
			}
			line, words = "", 0
		}
		for l := lex.NewLexer(fields[0]); ; {
			tok := l.Next()
			if tok == scanner.EOF {
				break
			}
			switch {
			case tok == '#' || tok == lex.BuildComment:
			case tok == '\n' || tok == ';':
				flush()
			case tok == ':' && words == 1:
				line, words = "", 0
			case tok == ',':
				line += ", "
			default:
				if words == 1 && tok != '.' && tok != '(' && !strings.HasSuffix(line, ".") {
					line += " "
					words++
				} else if words == 0 {
					words++
				}
				line += strings.ReplaceAll(lex.Make(tok, l.Text()).String(), "\"\".", ".")
			}
		}
		flush()
	}
}
`;

const packages = ["math", "reflect", "runtime", "internal/bytealg", "internal/syscall/unix"];
const targets = [
  ..."linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips64 linux/ppc64le linux/riscv64 linux/s390x".split(
    " ",
  ),
  "windows/amd64",
  "darwin/arm64",
];

eachRootWithOracle((root) => {
  test("vet says the same of what the assembler reads", { timeout: 900_000 }, async () => {
    const work = join(cacheDir, "assembled", root.version);
    const [written, expanded] = [join(work, "written"), join(work, "expanded")];
    for (const tree of [written, expanded]) linkTree(root.dir, tree);
    const texts = plant(root, written);
    const profile = vetProfile(root.release);
    const oracle = buildOracle(root);
    const rules = "asmdecl,asmdecl-misread,asmdecl-expanded";
    const options = { root: written, targets, profile, packages };
    const actual = new Map<string, Set<string>>(targets.map((target) => [target, new Set()]));
    let expandedOnly = 0;
    let planted = 0;
    for await (const row of rt0Rows("check", options, ["--rules", rules, "--per-target"])) {
      const { target, file, code, message } = row as Record<"target" | "file" | "code" | "message", string>;
      if (code !== "asmdecl-misread") actual.get(target)!.add(`${file}: ${message}`);
      if (code === "asmdecl-expanded") expandedOnly++;
    }
    const preprocess = buildJudge(root, work);
    const problems: string[] = [];
    for (const target of targets) {
      const files = [...texts.keys()];
      const outputs = preprocess(
        files.map((file) => join(written, "src", file)),
        target,
      );
      files.forEach((file, i) =>
        replace(join(expanded, "src", file), header(texts.get(file)!) + outputs[i]!),
      );
      const tree = { dir: expanded, id: hash([root.version, ...outputs]) };
      const expected = new Set<string>();
      for await (const { file, message } of oracleFindings(oracle, { tree, targets: [target], packages })) {
        // The registers in which riscv64 returns are unknown to vet before Go 1.21.
        if (root.release < 21 && /^\[riscv64\].* result register$/.test(message)) continue;
        // What a macro calls an argument is its own affair.
        if (!/unknown variable \w+; offset (\d+) is \w+\+\1\(FP\)/.test(message))
          expected.add(`${file}: ${message}`);
      }
      planted += expected.size;
      const found = actual.get(target)!;
      for (const row of expected) if (!found.has(row)) problems.push(`${target} missing ${row}`);
      for (const row of found)
        if (!expected.has(row) && !row.includes("unknown variable"))
          problems.push(`${target} too much ${row}`);
    }
    expect(problems).toEqual([]);
    expect(planted).toBeGreaterThan(500);
    expect(expandedOnly).toBeGreaterThan(30);
  });
});

/** A tree of links, in which files can be replaced. */
function linkTree(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  execFileSync("cp", ["-rl", join(from, "src"), join(from, "VERSION"), to]);
}

function replace(file: string, text: string): void {
  rmSync(file);
  writeFileSync(file, text);
}

/** The comments in which a file says where it is built. */
function header(text: string): string {
  return (
    text
      .match(/^\/\/(?:go:build| ?\+build).*\n/gm)
      ?.join("")
      .concat("\n") ?? ""
  );
}

/** Shifts offsets and argument sizes, here and there; returns the texts of all assembly files. */
function plant(root: GoRoot, tree: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const random = randomFor("assembled");
  for (const path of packages) {
    for (const name of readdirSync(join(tree, "src", path)).filter((name) => name.endsWith(".s"))) {
      const file = join(path, name);
      const original = readFileSync(join(root.dir, "src", file), "utf8");
      const text = original
        .replace(/(\w\+)([0-9]+)(?=\(FP\))/g, (whole, before: string, offset: string) =>
          random.chance(0.1) ? before + (Number(offset) + 4) : whole,
        )
        .replace(/(TEXT.*\$\w+-)([0-9]+)/g, (whole, before: string, size: string) =>
          random.chance(0.05) ? before + (Number(size) + 8) : whole,
        );
      texts.set(file, text);
      replace(join(tree, "src", file), text);
    }
  }
  return texts;
}

/** Builds the assembler's preprocessor; what it returns expands files for a target. */
function buildJudge(root: GoRoot, work: string): (files: readonly string[], target: string) => string[] {
  const [program, overlay, binary] = ["main.go", "overlay.json", "judge"].map((name) => join(work, name));
  writeFileSync(program!, judge);
  const at = join(root.dir, "src/cmd/asm/internal/rt0judge/main.go");
  writeFileSync(overlay!, JSON.stringify({ Replace: { [at]: program } }));
  const env = { ...process.env, GOROOT: root.dir, GOFLAGS: "", GOWORK: "off", GOTOOLCHAIN: "local" };
  const build = ["build", `-overlay=${overlay}`, "-o", binary!, "./asm/internal/rt0judge"];
  execFileSync(join(root.dir, "bin/go"), build, { cwd: join(root.dir, "src/cmd"), env });
  // The names in these say more than their numbers, to vet too.
  for (const name of ["go_asm.h", "textflag.h", "funcdata.h", "go_tls.h"]) {
    writeFileSync(join(work, name), "");
    const ofRuntime = join(work, "written/src/runtime", name);
    if (existsSync(ofRuntime)) replace(ofRuntime, "");
  }
  return (files, target) => {
    const [os, arch] = target.split("/") as [string, string];
    const experiments = experimentsOf(root, target).map((name) => `GOEXPERIMENT_${name}`);
    const macros = [
      `GOOS_${os}`,
      `GOARCH_${arch}`,
      ...experiments,
      ...(arch === "amd64" ? ["GOAMD64_v1"] : []),
    ].join();
    const includes = [work, join(root.dir, "pkg/include"), join(root.dir, "src/runtime")].join();
    const input = files.map((file) => `${file}\t${macros}\t${includes}\n`).join("");
    return execFileSync(binary!, { input, encoding: "utf8", maxBuffer: 1 << 30 })
      .split("\f")
      .slice(1);
  };
}
