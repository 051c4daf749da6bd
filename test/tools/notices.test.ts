/** What is shipped carries the licences of the modules that are bundled in it. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const notices = readFileSync(`${root}/THIRD_PARTY_NOTICES`, "utf8");

/** What a program prints that is run in the repository. */
function output(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

test("THIRD_PARTY_NOTICES is of what the bundles hold: if not, run `npm run build`", () => {
  const script = `
    import { bundle } from "./tools/bundle.mjs";
    import { renderNotices } from "./tools/renderNotices.mjs";
    process.stdout.write(renderNotices(await bundle({ write: false })));`;
  expect(notices).toBe(output("--input-type=module", "--eval", script));
});

test("modules are named with version and licence, and the licence's text", () => {
  // What the server cannot be without.
  expect(notices).toMatch(
    /^vscode-languageserver \d+\.\d+\.\d+ \(MIT\)\n=+\n[^=]*Copyright \(c\) Microsoft/m,
  );
  // What only builds or tests.
  expect(notices).not.toMatch(/^(esbuild|vitest|typescript) /m);
});

test("the package for the editor and that for npm have it", () => {
  expect(output("node_modules/.bin/vsce", "ls", "--no-dependencies").split("\n")).toContain(
    "THIRD_PARTY_NOTICES",
  );
  const npm = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [packed] = JSON.parse(npm.stdout) as [{ files: { path: string }[] }];
  // The bundles are there as far as they have been built.
  const bundles = ["dist/cli.cjs", "dist/rt0.cjs", "dist/server.cjs"].filter((path) =>
    existsSync(root + path),
  );
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["LICENSE", "THIRD_PARTY_NOTICES", ...bundles]));
});
