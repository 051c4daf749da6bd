import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseGoMod } from "../../../server/src/core/syntax/mod/goMod.ts";

test("every statement rt0 needs", () => {
  const mod = parseGoMod(`// Text.
module "example.com/m" // Deprecated: text

go 1.24.0
toolchain go1.24.4

require example.com/a v1.0.0
require (
	example.com/b v1.2.3 // indirect
	"example.com/c" v0.0.0-20200101000000-000000000000 // indirect; why
)
exclude example.com/a v1.1.0
replace (
	example.com/a => ../a
	example.com/b v1.2.3 => \`example.com/d\` v1.0.0
)
retract [v1.0.0, v1.1.0]
tool example.com/a/cmd
`);
  const { require, replace, exclude, ...rest } = mod;
  expect(rest).toEqual({ module: "example.com/m", go: "1.24.0", toolchain: "go1.24.4", errors: [] });
  expect(require.map(({ path, version, indirect }) => [path, version, indirect])).toEqual([
    ["example.com/a", "v1.0.0", false],
    ["example.com/b", "v1.2.3", true],
    ["example.com/c", "v0.0.0-20200101000000-000000000000", true],
  ]);
  expect(exclude.map(({ path, version }) => [path, version])).toEqual([["example.com/a", "v1.1.0"]]);
  expect(
    replace.map(({ path, version, newPath, newVersion }) => [path, version, newPath, newVersion]),
  ).toEqual([
    ["example.com/a", "", "../a", ""],
    ["example.com/b", "v1.2.3", "example.com/d", "v1.0.0"],
  ]);
});

test("spans are those of the lines", () => {
  const text = "module m\nrequire (\n\ta v1 // indirect\n)\n";
  const { span } = parseGoMod(text).require[0]!;
  expect(text.slice(span.start, span.end)).toBe("a v1");
});

test.each([
  ["module", "module takes one word"],
  ["module a b", "module takes one word"],
  ['module "a', "unterminated string"],
  ["require a", "want: require path version"],
  ["replace a b", "want: replace path [version] => path [version]"],
  ["replace a => ", "want: replace path [version] => path [version]"],
  ["require (\na v1", "missing ) after block"],
  [")", "unexpected )"],
  ["require (\n) a", "unexpected text after )"],
])("%j is an error", (text, message) => {
  expect(parseGoMod(text).errors.map((error) => error.message)).toEqual([message]);
});

test("what follows a broken line is read", () => {
  expect(parseGoMod('require "a\nmodule m\r\n').module).toBe("m");
});

test("no text is too strange", () => {
  const pieces = fc.constantFrom(
    "module ",
    "require",
    " (",
    ")",
    "\n",
    '"',
    "`",
    "\\",
    "=>",
    "replace ",
    "//",
    "a",
    "\0",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((list) => list.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const { span } of [...parseGoMod(text).errors, ...parseGoMod(text).require]) {
        expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
      }
    }),
  );
});
