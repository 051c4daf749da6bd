/**
 * A module of packages that call symbols of C, with the import missing on some targets, is
 * linked by a real toolchain for several. rt0 must report a package exactly on the targets
 * where the linker does not find its symbol.
 */
import { test } from "vitest";
import { goRoots } from "./support/goroots.ts";
import { expectFaults } from "./support/plantedModule.ts";
import { plantImports } from "./support/plantImports.ts";

const root = goRoots.at(-1);

test.skipIf(!root)("rt0 reports a symbol of C where the linker misses it", { timeout: 600_000 }, () => {
  const planted = plantImports();
  expectFaults(root!, planted, {
    targets: ["darwin/amd64", "darwin/arm64", "openbsd/amd64", "openbsd/arm64", "solaris/amd64"],
    rules: "libc-import",
    refused({ go }, target) {
      const { stderr } = go(target, "build", "-o", "bin/", "./mains/...");
      const lost = stderr.matchAll(/^(\S+)\.trampoline: relocation target /gm);
      const paths = new Set(Array.from(lost, ([, path]) => path));
      return planted.directories.filter((directory) => paths.has(`${planted.path}/${directory}`));
    },
    atLeast: 100,
  });
});
