import { expect, test } from "vitest";
import { parseGoWork } from "../../../server/src/core/syntax/mod/goWork.ts";

test("modules in use and replacements", () => {
  const work = parseGoWork(`go 1.24
use ./a // text
use (
	.
	"../b c"
)
replace example.com/d => ./d
`);
  expect(work.go).toBe("1.24");
  expect(work.use.map(({ path }) => path)).toEqual(["./a", ".", "../b c"]);
  expect(work.replace.map(({ path, newPath }) => [path, newPath])).toEqual([["example.com/d", "./d"]]);
  expect(work.errors).toEqual([]);
});

test.each([
  ["use", "use takes one word"],
  ["use a b", "use takes one word"],
  ["replace a", "want: replace path [version] => path [version]"],
])("%j is an error", (text, message) => {
  expect(parseGoWork(text).errors.map((error) => error.message)).toEqual([message]);
});
