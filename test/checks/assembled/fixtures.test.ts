import { readdirSync } from "node:fs";
import { test } from "vitest";
import { checkFixture } from "../../support/annotations.ts";
import { checkTree } from "../pairing/checkTree.ts";

const fixtures = new URL("fixtures/", import.meta.url);

test.each(readdirSync(fixtures))("%s", (name) => {
  checkFixture(new URL(name, fixtures), checkTree);
});
