/**
 * `npm run test:e2e`: builds and packages the extension and runs the suite in a real VS Code, with the
 * desktop's server and with the browser's, as a folder under development and as an installed package.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { bundleSuite } from "./runner/bundleSuite.mjs";
import { runSuite } from "./runner/runSuite.mjs";
import { plantMistakes } from "./suite/mistakes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vsix = join(root, "dist", "rt0.vsix");
const suitePath = join(root, "out", "e2e", "suite.cjs");
/** The pictures of the README are taken anew if asked for. */
const keepsPictures = argv.includes("--picture");
const pictures = ["findings.png", "preview.png"];

execFileSync("npm", ["run", "--silent", "package"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
const suites = ["findings", "previews"].map((name) => join(root, `test/e2e/suite/${name}.test.ts`));
await bundleSuite(suites, suitePath);

// A suite needs a folder under development to come from; an installed package is none.
const stub = mkdtempSync(join(tmpdir(), "rt0-stub-"));
const manifest = { name: "stub", publisher: "rt0", version: "0.0.1", engines: { vscode: "^1.91.0" } };
writeFileSync(join(stub, "package.json"), JSON.stringify(manifest));

const runs = [
  { name: "desktop", extensionPath: root, web: false },
  { name: "browser", extensionPath: root, web: true },
  { name: "desktop, installed package", extensionPath: stub, web: false, vsix: [vsix] },
  {
    name: "browser, installed package",
    extensionPath: stub,
    web: false,
    vsix: [vsix],
    settings: { "remote.extensionKind": { "rt0.rt0": ["web"] } },
  },
];

try {
  const only = argv.slice(2).filter((arg) => !arg.startsWith("-"));
  for (const { name, ...run } of runs) {
    if (only.length > 0 && !only.includes(name)) continue;
    stdout.write(`${name}\n`);
    const { remove, ...workspace } = plantMistakes();
    const screenshots = join(root, "out", "screenshots", name.replaceAll(/\W+/g, "-"));
    try {
      await runSuite({ ...workspace, ...run, suitePath, screenshots, limitSeconds: 240 });
      if (!keepsPictures || name !== "desktop, installed package") continue;
      mkdirSync(join(root, "docs", "images"), { recursive: true });
      for (const picture of pictures) {
        const taken = join(screenshots, picture);
        if (existsSync(taken)) copyFileSync(taken, join(root, "docs", "images", picture));
      }
    } finally {
      remove();
    }
  }
} finally {
  rmSync(stub, { recursive: true });
}
