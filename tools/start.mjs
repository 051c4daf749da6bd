/**
 * `npm start`: sets everything up, then checks samples/ and prints the findings as
 * a user sees them. The findings are planted, so they are no failure here.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, setup } from "./setup.mjs";

setup();
const command = ["check", "--root", "samples"];
process.stdout.write(`$ rt0 ${command.join(" ")}\n\n`);
const { status } = spawnSync(process.execPath, [join("dist", "cli.cjs"), ...command], {
  cwd: root,
  stdio: "inherit",
});
if (status === 1)
  process.stdout.write("\nThe findings are planted: samples/README.md tells what is wrong and why.\n");
process.exitCode = status === 1 ? 0 : 1;
