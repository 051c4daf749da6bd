/** The files that the documents for contributors name are there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const sources = ["server", "client", "test", "tools", "docs", "samples"].flatMap((directory) =>
  readdirSync(join(root, directory), { recursive: true, encoding: "utf8" }).map(
    (path) => `/${directory}/${path.replaceAll("\\", "/")}`,
  ),
);

test.each(["architecture.md", "contributing.md", "testing.md"])("docs/%s", (document) => {
  const text = readFileSync(join(root, "docs", document), "utf8");
  const named = [...text.matchAll(/`([\w/.-]+\.(?:ts|mjs|sh|md|json))`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(0);
  // A recipe's own file, which its reader is to write.
  const toBeWritten = /\b(x|your)[A-Z]\w+\.ts$/;
  const atTheTop = readdirSync(root);
  const missing = named.filter(
    (path) =>
      !toBeWritten.test(path) &&
      !atTheTop.includes(path) &&
      !sources.some((source) => source.endsWith(`/${path}`)),
  );
  expect(missing).toEqual([]);
});
