import { readdirSync } from "node:fs";
import { describe, it } from "vitest";
import { checkFixture } from "../../support/annotations.ts";
import { checkFiles } from "./checkFiles.ts";

const directory = new URL("fixtures/", import.meta.url);

describe("asmdecl fixtures", () => {
  for (const name of readdirSync(directory)) {
    it(name, () => checkFixture(new URL(name, directory), checkFiles));
  }
});
