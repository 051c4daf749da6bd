/**
 * `npm run test:electron`: the suite in a desktop VS Code, downloaded by @vscode/test-electron or named
 * by VSCODE_PATH.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { bundleSuite } from "./runner/bundleSuite.mjs";
import { plantMistakes } from "./suite/mistakes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const suitePath = join(root, "out", "e2e", "suite.cjs");

execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
const suites = ["findings", "previews"].map((name) => join(root, `test/e2e/suite/${name}.test.ts`));
await bundleSuite(suites, suitePath);
const { folder, openFile, remove } = plantMistakes();
try {
  await runTests({
    ...(env["VSCODE_PATH"] && { vscodeExecutablePath: env["VSCODE_PATH"] }),
    extensionDevelopmentPath: root,
    extensionTestsPath: suitePath,
    launchArgs: [folder, openFile, "--disable-extensions", "--disable-workspace-trust"],
  });
} finally {
  remove();
}
