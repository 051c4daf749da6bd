/**
 * The scan that finds TEXT symbols without a parse finds, in every assembly file of
 * Go's own trees, what the full preprocessor and parser find on each target.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expandAsm } from "../../server/src/core/syntax/asm/preprocess.ts";
import { outlineAsm } from "../../server/src/core/syntax/asm/outline.ts";
import { parseAsm } from "../../server/src/core/syntax/asm/parser.ts";
import { eachRoot } from "./support/eachRoot.ts";

const macros = [
  ["GOOS_linux", "GOARCH_amd64", "GOAMD64_v1"],
  ["GOOS_windows", "GOARCH_arm64"],
  ["GOOS_aix", "GOARCH_ppc64", "GOPPC64_power8"],
];

eachRoot(({ dir }) => {
  test("the outline has the symbols of the expanded file", { timeout: 300_000 }, () => {
    const source = join(dir, "src");
    const names = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".s"),
    );
    const wrong: string[] = [];
    let compared = 0;
    for (const name of names) {
      const text = readFileSync(join(source, name), "utf8");
      const outline = outlineAsm(text);
      if (outline.isConditional) continue;
      const written = outline.texts.map(({ name, isStatic, abi }) => `${name} ${isStatic} ${abi}`);
      const tree = parseAsm(text);
      for (const predefined of macros) {
        const { file } = expandAsm(tree, { predefined, include: () => undefined });
        const expanded = file.statements.flatMap((statement) =>
          statement.kind === "text" && statement.symbol !== undefined
            ? [`${statement.symbol.name} ${statement.symbol.isStatic} ${statement.symbol.abi}`]
            : [],
        );
        compared += expanded.length;
        if (expanded.join("\n") !== written.join("\n")) wrong.push(name);
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(1000);
  });
});
