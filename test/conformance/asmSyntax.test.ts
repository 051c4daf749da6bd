/**
 * Every assembly file of real Go trees lexes without loss and parses without an error.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LineIndex } from "../../server/src/core/base/lineIndex.ts";
import { parseAsm } from "../../server/src/core/syntax/asm/parser.ts";
import { eachRoot } from "./support/eachRoot.ts";

function assemblyFiles(directory: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "testdata") found.push(...assemblyFiles(path));
    } else if (entry.name.endsWith(".s")) {
      found.push(path);
    }
  }
  return found;
}

eachRoot(({ dir }) => {
  test("its own assembly is understood", { timeout: 120_000 }, () => {
    const problems: string[] = [];
    const files = assemblyFiles(join(dir, "src"));
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) {
      const file = parseAsm(readFileSync(path, "utf8"));
      const { text, tokens } = file;
      let joined = "";
      for (let i = 0; i < tokens.count; i++) joined += text.slice(tokens.starts[i], tokens.starts[i + 1]);
      if (joined !== text) problems.push(`${path}: tokens differ from the text`);
      const lines = new LineIndex(text);
      for (const error of file.errors)
        problems.push(`${path}:${lines.lineAt(error.start) + 1}: ${error.message}`);
      for (const statement of file.statements) {
        if (
          statement.kind === "bad" ||
          ("operands" in statement && statement.operands.some(({ kind }) => kind === "bad"))
        ) {
          problems.push(`${path}:${lines.lineAt(statement.start) + 1}: not understood`);
        }
      }
    }
    expect(problems).toEqual([]);
  });
});
