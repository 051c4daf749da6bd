/**
 * Judges the TextMate grammar with VS Code's own tokenizer: the scope assertions in the `.s` files
 * beside this one, and every assembly file of the Go trees at hand, in which no token may be left
 * without a scope. It knows nothing of rt0's own lexer; the two are independent readings.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type * as Oniguruma from "vscode-oniguruma";
import type * as TextMate from "vscode-textmate";
import { eachRoot } from "../conformance/support/eachRoot.ts";

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const grammarPath = join(here, "../../syntaxes/go-asm.tmLanguage.json");

// Both come with vscode-tmgrammar-test, as CommonJS bundles whose names an import cannot see.
const oniguruma: typeof Oniguruma = require("vscode-oniguruma");
const textmate: typeof TextMate = require("vscode-textmate");

let grammar: TextMate.IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(new Uint8Array(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () =>
      Promise.resolve(textmate.parseRawGrammar(readFileSync(grammarPath, "utf8"), grammarPath)),
  });
  const loaded = await registry.loadGrammar("source.go-asm");
  if (loaded === null) throw new Error("the grammar does not load");
  grammar = loaded;
});

test.each(readdirSync(here).filter((name) => name.endsWith(".s")))("scopes of %s", (name) => {
  const program = require.resolve("vscode-tmgrammar-test/dist/unit.js");
  execFileSync(process.execPath, [program, "-g", grammarPath, join(here, name)], { stdio: "pipe" });
});

test("a line of any shape takes linear time", () => {
  // Each would take minutes if a pattern were quadratic in the line's length.
  const words = [
    "a",
    "a ",
    "a+",
    "a·",
    "A_",
    "0x1",
    "1.",
    "(",
    "<>",
    "$",
    "'",
    '"',
    "/*",
    "#define ",
    "\\",
    "B.",
    "é",
  ];
  for (const word of words) {
    const line = word.repeat(20_000);
    expect(grammar.tokenizeLine(line, textmate.INITIAL).tokens.length).toBeGreaterThan(0);
  }
});

/** Texts already read: most of the assembly is the same in neighbouring releases. */
const seen = new Set<string>();

eachRoot(({ dir }) => {
  test("every token of its assembly has a scope", { timeout: 60_000 }, () => {
    const unscoped: string[] = [];
    const files = readdirSync(join(dir, "src"), { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".s") && !path.split("/").includes("testdata"),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) {
      const text = readFileSync(join(dir, "src", path), "utf8");
      if (seen.has(text)) continue;
      seen.add(text);
      let state = textmate.INITIAL;
      for (const [index, line] of text.split("\n").entries()) {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        for (const { startIndex, endIndex, scopes } of result.tokens) {
          const token = line.slice(startIndex, endIndex);
          // A meta scope says where a token stands, not what it is.
          const meant = scopes.some((scope) => !/^(source|meta)\./.test(scope));
          if (token.trim() !== "" && !meant) unscoped.push(`${path}:${index + 1}: ${token}`);
        }
      }
    }
    expect(unscoped).toEqual([]);
  });
});
