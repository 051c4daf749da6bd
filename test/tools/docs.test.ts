import { readFileSync } from "node:fs";
import { format } from "prettier";
import { expect, test } from "vitest";
import { renderChecks, renderManifest } from "../../tools/renderDocs.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const howTo = "out of date: run `npm run docs`";

test("docs/checks.md is what the registry says", () => {
  expect(read("docs/checks.md"), howTo).toBe(renderChecks());
});

test("the settings in package.json are what the registry says", async () => {
  const text = read("package.json");
  expect(text, howTo).toBe(await format(renderManifest(text), { filepath: "package.json", printWidth: 110 }));
});
