import { readdirSync } from "node:fs";
import { describe, it } from "vitest";
import { checkFixture } from "../../support/annotations.ts";
import { checkTree } from "./checkTree.ts";

const directory = new URL("fixtures/", import.meta.url);

describe("fixtures of the checks that pair symbols", () => {
  for (const name of readdirSync(directory)) {
    it(name, () => checkFixture(new URL(name, directory), checkTree));
  }
});
