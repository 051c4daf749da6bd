/**
 * A module of trampolines into C is linked by a real toolchain for several targets, and what
 * is in the program is asked of `go tool nm`. rt0 must report a trampoline exactly where the
 * linker drops it.
 */
import { test } from "vitest";
import { goRoots } from "./support/goroots.ts";
import { expectFaults } from "./support/plantedModule.ts";
import { plantTrampolines } from "./support/plantTrampolines.ts";

const root = goRoots.at(-1);

test.skipIf(!root)("rt0 reports a trampoline where the linker drops it", { timeout: 600_000 }, () => {
  const planted = plantTrampolines();
  expectFaults(root!, planted, {
    targets: ["darwin/amd64", "darwin/arm64", "openbsd/amd64", "openbsd/arm64"],
    rules: "libc-trampoline",
    refused({ go }, target) {
      const built = go(target, "build", "-o", "program", "./main");
      if (built.status !== 0) throw new Error(built.stderr);
      const { stdout } = go(target, "tool", "nm", "program");
      const kept = new Set(
        Array.from(stdout.matchAll(/(p\d+)\.f_trampoline(?:_addr)?$/gm), ([, name]) => name!),
      );
      return planted.directories.filter((directory) => !kept.has(directory));
    },
    atLeast: 40,
  });
});
