/**
 * Assembly files with `//go:build ignore` in every sort of place are listed by the go command
 * of each tree. rt0 must report the line in exactly those files that are built in spite of it.
 */
import { expect, test } from "vitest";
import { eachRootOf } from "./support/eachRoot.ts";
import { writeModule } from "./support/plantedModule.ts";
import { differences, noDifferences } from "./support/rows.ts";

const line = "//go:build ignore";
const before = [
  "",
  "\n",
  "// A comment.\n",
  "// A comment.\n\n",
  "/* A comment. */\n",
  "/* A comment,\n   and more */\n\n",
  "/* A comment. */ ",
  "/* A comment,\n   and more */ ",
  '#include "textflag.h"\n',
  "#define NOTHING\n\n",
  "TEXT ·f(SB), 4, $0-0\n\tRET\n",
  "TEXT ·f(SB), 4, $0-0\n\tRET ",
  ";\n",
  "\t\n",
  "// A comment.\n\n/* one */ /* two */\n// More.\n\n",
  "/* a */ ; // b\n",
];
const indents = ["", "\t", "  "];
const after = [
  "",
  "\n",
  "\n\n",
  "\r\n\r\n",
  '\n#include "textflag.h"\n',
  "\n\nTEXT ·g(SB), 4, $0-0\n\tRET\n",
  "\n/* Not code. */\n",
];

eachRootOf({ where: ({ release }) => release >= 17 }, (root) => {
  test(
    "rt0 reports a constraint where the go command builds the file in spite of it",
    { timeout: 60_000 },
    () => {
      const texts = before.flatMap((head) =>
        indents.flatMap((indent) => after.map((tail) => head + indent + line + tail)),
      );
      const files = new Map(texts.map((text, n) => [`p/f${n}.s`, text]));
      const module = writeModule(root, [
        ["go.mod", "module example.com/m\n"],
        ["p/p.go", "package p\n"],
        ...files,
      ]);

      const { stdout } = module.go("linux/amd64", "list", "-f", '{{join .SFiles "\\n"}}', "./p");
      const built = stdout
        .trim()
        .split("\n")
        .map((name) => `p/${name}`);
      const reported = module.findings(["linux/amd64"], "late-build-line").map(({ file }) => file);
      expect(differences(built, reported)).toEqual(noDifferences);
      // Neither side may agree by saying nothing, or everything.
      expect(built.length).toBeGreaterThan(100);
      expect(texts.length - built.length).toBeGreaterThan(100);
    },
  );
});
