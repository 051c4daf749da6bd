import { readdirSync } from "node:fs";
import { describe, it } from "vitest";
import { checkFixture } from "../../support/annotations.ts";
import { checkTree } from "../pairing/checkTree.ts";

const directory = new URL("fixtures/", import.meta.url);

describe("fixtures of the checks of instructions", () => {
  for (const name of readdirSync(directory)) {
    it(name, () => checkFixture(new URL(name, directory), checkTree));
  }
});
