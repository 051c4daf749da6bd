/**
 * `npm test`: everything that must hold, in the order in which a failure tells
 * most: types, lint, format, then all tests. The first failing step ends the run.
 * Tests that need a Go toolchain look for one themselves; with CI set, not finding it is a failure.
 */
import { spawnSync } from "node:child_process";
import { setup } from "./setup.mjs";

const steps = [
  ["types", "tsc", ["-b"]],
  ["lint", "oxlint", ["--quiet"]],
  ["format", "prettier", ["--check", "--log-level", "warn", "."]],
  ["tests", "vitest", ["run", ...process.argv.slice(2)]],
];

await setup();
for (const [name, program, args] of steps) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [`node_modules/.bin/${program}`, ...args], {
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(`\n${name} failed`);
    process.exit(status ?? 1);
  }
}
