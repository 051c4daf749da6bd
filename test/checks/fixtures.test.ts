/**
 * Runs every fixture of the checks. One with a line `check: …` is a tree, which is asked in three ways (checkTree.ts);
 * one without is a package of which asmdecl is asked (asmdecl/checkFiles.ts). UPDATE=1 writes what was found into them.
 */
import { readdirSync } from "node:fs";
import { it } from "vitest";
import { checkFixture, setting } from "../support/annotations.ts";
import { checkFiles } from "./asmdecl/checkFiles.ts";
import { checkTree } from "./checkTree.ts";

const directory = new URL(".", import.meta.url);
const fixtures = readdirSync(directory, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".txtar"))
  .sort();

it.each(fixtures)("%s", (path) => {
  checkFixture(new URL(path, directory), (fixture) =>
    setting(fixture, "check") === undefined ? checkFiles(fixture) : checkTree(fixture),
  );
});
