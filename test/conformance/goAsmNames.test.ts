/**
 * A module of packages whose assembly takes names from go_asm.h, some of which are not there
 * on some targets, is built by a real toolchain for several. rt0 must report a package
 * exactly on the targets where the assembler refuses it.
 */
import { test } from "vitest";
import { goRoots } from "./support/goroots.ts";
import { expectFaults } from "./support/plantedModule.ts";
import { plantHeaderNames } from "./support/plantHeaderNames.ts";

const root = goRoots.at(-1);

test.skipIf(!root)("rt0 reports a name where the assembler does not know it", { timeout: 600_000 }, () => {
  const planted = plantHeaderNames();
  expectFaults(root!, planted, {
    targets: ["linux/amd64", "windows/amd64", "linux/386", "darwin/arm64"],
    rules: "go-asm-name",
    refused({ go }, target) {
      const { stderr } = go(target, "build", "./...");
      return planted.directories.filter((name) => stderr.includes(`# ${planted.path}/${name}\n`));
    },
    atLeast: 100,
  });
});
