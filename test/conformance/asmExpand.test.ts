/**
 * The preprocessor against the assembler's own: for every assembly file of real Go
 * trees, the expanded tokens are those that cmd/asm/internal/lex hands to its
 * parser, and they parse without an error.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { AsmFile } from "../../server/src/core/syntax/asm/ast.ts";
import { isTrivia } from "../../server/src/core/syntax/asm/lexer.ts";
import { parseAsm } from "../../server/src/core/syntax/asm/parser.ts";
import { expandAsm } from "../../server/src/core/syntax/asm/preprocess.ts";
import { tree } from "../cli/runMain.ts";
import { type AsmInput, asmTokens } from "./support/asmTokens.ts";
import { eachRoot } from "./support/eachRoot.ts";

const architectures =
  "386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x wasm".split(" ");
/** Endings of file names that stand for two architectures; either of them will do. */
const families: Readonly<Record<string, string>> = { mipsx: "mips", mips64x: "mips64", ppc64x: "ppc64" };
const systems =
  "aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows".split(
    " ",
  );

/** Every assembly file, each with one target that its name allows. */
function cases(directory: string): AsmInput[] {
  const found: AsmInput[] = [];
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
        macros: [`GOOS_${os}`, `GOARCH_${arch}`, ...(arch === "amd64" ? ["GOAMD64_v1"] : [])],
      });
    }
  }
  return found;
}

/** The expanded tokens in the judge's form, with `·` and `∕` as the linker knows them. */
function expandedTokens(file: AsmFile): string {
  const { text, tokens } = file;
  let found = "";
  for (let i = 0; i < tokens.count; i++) {
    if (isTrivia(tokens.kinds[i]!)) continue;
    const token = text.slice(tokens.starts[i], tokens.starts[i + 1]);
    found += token === "\n" ? token : `${token}\n`;
  }
  return found.replaceAll("·", ".").replaceAll("∕", "/");
}

eachRoot((root) => {
  test("its own assembly is expanded as the assembler does it", { timeout: 120_000 }, () => {
    // Go makes go_asm.h while it builds a package; here it is empty, for both sides.
    const includes = [join(root.dir, "pkg/include"), tree({ "go_asm.h": "" })];
    const all = cases(join(root.dir, "src"));
    const wanted = asmTokens(root, all, includes);
    expect(wanted.length).toBe(all.length);

    const loaded = new Map<string, AsmFile | undefined>();
    const load = (path: string): AsmFile | undefined => {
      if (!loaded.has(path))
        loaded.set(path, existsSync(path) ? parseAsm(readFileSync(path, "utf8")) : undefined);
      return loaded.get(path);
    };
    const problems: string[] = [];
    for (const [i, { path, macros }] of all.entries()) {
      const directories = [dirname(path), ...includes];
      const include = (name: string): AsmFile | undefined => {
        for (const directory of directories) {
          const file = load(join(directory, name));
          if (file !== undefined) return file;
        }
        return undefined;
      };
      const { file, errors } = expandAsm(load(path)!, { predefined: macros, include });
      for (const error of [...errors, ...file.errors]) problems.push(`${path}: ${error.message}`);
      // Up to Go 1.21 a name that starts with a dot got the package's placeholder before it.
      const tokens = wanted[i]!.replaceAll("·", ".").replaceAll("∕", "/").replaceAll('"".', ".");
      if (expandedTokens(file) !== tokens) {
        problems.push(`${path}: tokens differ for ${macros.join(" ")}`);
      }
    }
    expect(problems).toEqual([]);
  });
});
