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
import { eachRoot } from "./support/eachRoot.ts";
import { asmTokens } from "./support/asmTokens.ts";
import { cacheDir, experimentsOf, vetProfile, type GoRoot } from "./support/goroots.ts";
import { buildOracle, hash, oracleFindings } from "./support/oracle.ts";
import { randomFor } from "./support/random.ts";
import { rt0Rows } from "./support/rt0.ts";

const packages = ["math", "reflect", "runtime", "internal/bytealg", "internal/syscall/unix"];
const targets = [
  ..."linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips64 linux/ppc64le linux/riscv64 linux/s390x".split(
    " ",
  ),
  "windows/amd64",
  "darwin/arm64",
];

eachRoot((root) => {
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
    const includes = emptyHeaders(root, work);
    const files = [...texts.keys()];
    const problems: string[] = [];
    for (const target of targets) {
      const macros = macrosOf(root, target);
      const inputs = files.map((file) => ({ path: join(written, "src", file), macros }));
      const outputs = asmTokens(root, inputs, includes).map(statements);
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

/** Empties the headers that say more than numbers, to vet too; returns where included files are found. */
function emptyHeaders(root: GoRoot, work: string): readonly string[] {
  for (const name of ["go_asm.h", "textflag.h", "funcdata.h", "go_tls.h"]) {
    writeFileSync(join(work, name), "");
    const ofRuntime = join(work, "written/src/runtime", name);
    if (existsSync(ofRuntime)) replace(ofRuntime, "");
  }
  return [work, join(root.dir, "pkg/include"), join(root.dir, "src/runtime")];
}

/** What the go command defines for the assembler. */
function macrosOf(root: GoRoot, target: string): readonly string[] {
  const [os, arch] = target.split("/");
  const experiments = experimentsOf(root, target).map((name) => `GOEXPERIMENT_${name}`);
  return [`GOOS_${os}`, `GOARCH_${arch}`, ...experiments, ...(arch === "amd64" ? ["GOAMD64_v1"] : [])];
}

/** A file's tokens as vet wants to see them: a statement a line, without labels and data. */
function statements(tokens: string): string {
  let text = "";
  let line = "";
  let words = 0;
  for (const token of tokens.split("\n")) {
    if (token === "" || token === ";") {
      if (!/^(?:DATA|GLOBL) /.test(line)) text += `${withMiddleDot(line)}\n`;
      [line, words] = ["", 0];
    } else if (token === ":" && words === 1) {
      [line, words] = ["", 0];
    } else if (token === ",") {
      line += ", ";
    } else {
      const endsMnemonic = words === 1 && token !== "." && token !== "(" && !line.endsWith(".");
      if (endsMnemonic) line += " ";
      if (words === 0 || endsMnemonic) words++;
      line += token.replaceAll('"".', ".");
    }
  }
  return text;
}

/** Writes the symbol of a TEXT directive as it is written in a file. */
function withMiddleDot(line: string): string {
  return line.replace(
    /^(TEXT [^(]*)\.(?=[^.(]*\(SB\))/,
    (_, path: string) => `${path.replaceAll("/", "∕")}·`,
  );
}
