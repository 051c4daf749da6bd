/**
 * A name that rt0 takes for a type of a package is one for go/types too, and few of
 * those that go/types knows are missed.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GoFile } from "../../server/src/core/syntax/go/ast.ts";
import { parseGo } from "../../server/src/core/syntax/go/parseGo.ts";
import { typeMentionAt } from "../../server/src/core/syntax/go/typeMention.ts";
import { buildJudge, goEnvironment, goRoots } from "./support/goroots.ts";

const packages = ["runtime", "syscall", "internal/poll", "math/big", "reflect", "os", "net"];

describe.skipIf(goRoots.length === 0)("go/types agrees", () => {
  test.each(goRoots)("$version", { timeout: 300_000 }, (root) => {
    const judge = buildJudge(root, "typeUses");
    const env = goEnvironment(root);
    const lines = execFileSync(judge, [root.dir, ...packages], { encoding: "utf8", maxBuffer: 1 << 28, env })
      .trimEnd()
      .split("\n");
    const wrong: string[] = [];
    let [types, found] = [0, 0];
    let source: { readonly path: string; readonly bytes: Buffer; readonly file: GoFile } | undefined;
    for (const line of lines) {
      const [path, at, kind, qualifier] = line.split("\t") as [string, string, string, string];
      if (source?.path !== path) {
        const bytes = readFileSync(path);
        source = { path, bytes, file: parseGo(bytes.toString()) };
      }
      const mention = typeMentionAt(source.file, source.bytes.subarray(0, Number(at)).toString().length);
      const isMention = mention !== undefined && (mention.qualifier ?? "") === qualifier;
      if (kind === "type") types++;
      if (kind === "type" && isMention) found++;
      // Whether what stands before a dot is an import at all is told by the imports.
      if (kind === "value" && isMention && (qualifier === "" || isImport(source.file, qualifier)))
        wrong.push(line);
    }
    expect(wrong).toEqual([]);
    expect(types).toBeGreaterThan(5000);
    // What is missed is mostly `T(x)`, which no struct needs.
    expect(found / types).toBeGreaterThan(0.9);
  });
});

function isImport({ summary }: GoFile, name: string): boolean {
  return summary.imports.some((spec) => (spec.name || spec.path.split("/").at(-1)) === name);
}
