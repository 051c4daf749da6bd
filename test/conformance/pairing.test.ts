/**
 * A module of small packages, each with a fault planted in how Go and assembly are
 * paired (a TEXT removed, renamed, doubled, a build constraint changed, a directive
 * that comes or goes), is built and linked by a real toolchain for several targets.
 * rt0 must report a package exactly on the targets where its build or link fails.
 */
import { expect, test } from "vitest";
import { goRoots } from "./support/goroots.ts";
import { plantPairing } from "./support/plantPairing.ts";
import { expectFaults } from "./support/plantedModule.ts";

const root = goRoots.at(-1);

test.skipIf(!root)("rt0 reports a pairing fault where the toolchain fails", { timeout: 600_000 }, () => {
  const planted = plantPairing();
  expect(planted.directories.length).toBeGreaterThanOrEqual(200);
  expectFaults(root!, planted, {
    targets: ["linux/amd64", "linux/386", "darwin/arm64", "windows/amd64"],
    rules: "missing-text,duplicate-text",
    refused({ go }, target) {
      const compiled = go(target, "build", "./...").stderr;
      // Several packages are compiled and not linked, unless a directory is named to put programs into.
      const linked = go(target, "build", "-o", "bin/", "./mains/...").stderr;
      return planted.faultyIn(compiled + linked);
    },
    atLeast: 200,
  });
});
