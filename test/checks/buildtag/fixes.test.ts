/** The fix of a tag that is no tag of Go's changes it in both forms of a constraint. */
import { expect, test } from "vitest";
import { checkDirectory, type Finding } from "../../../server/src/core/index.ts";
import { memoryProject } from "../../support/memoryProject.ts";

const codes = new Set(["buildtag", "unknown-tag"]);

/** The findings of a file beside one that every target builds. */
function findingsOf(text: string): Finding[] {
  const texts = new Map([
    ["/m/go.mod", "module example.com/m\n"],
    ["/m/p/p.go", text],
    ["/m/p/q.go", "package p\n"],
  ]);
  const { project, ask } = memoryProject(texts, "/m", ["/m/p"], ["linux/386"]);
  return ask((snapshot) => checkDirectory(snapshot, "/m/p", project.profile, codes));
}

test.each([
  ["//go:build linux && i386\n\npackage p\n", "//go:build linux && 386\n\npackage p\n"],
  [
    "//go:build i386 || amd64\n// +build i386 amd64\n\npackage p\n",
    "//go:build 386 || amd64\n// +build 386 amd64\n\npackage p\n",
  ],
  ["// +build i386 amd64\n\npackage p\n", "// +build 386 amd64\n\npackage p\n"],
])("%j", (before, after) => {
  const [finding, ...others] = findingsOf(before);
  expect(others).toEqual([]);
  const fixed = finding?.fix?.edits.reduceRight(
    (text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end),
    before,
  );
  expect(fixed).toBe(after);
  expect(findingsOf(after)).toEqual([]);
});
