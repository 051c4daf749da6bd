/** The editor's manifest, package.json, beside what the client does: a command in one alone is dead, or cannot be found. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const client = join(root, "client/src");

const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
};

test("the palette has the commands that the client registers", () => {
  const registered = readdirSync(client, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [
      ...readFileSync(join(client, name), "utf8").matchAll(
        /\b(?:registerCommand\(\s*|command: )"(rt0\.\w+)"/g,
      ),
    ])
    .map(([, command]) => command);
  const contributed = contributes.commands.map(({ command }) => command);
  expect([...new Set(registered)].sort()).toEqual(contributed.toSorted());
});

test("the README tells of every preview of the palette", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const previews = contributes.commands.filter(({ command }) => command.startsWith("rt0.preview"));
  expect(previews.length).toBeGreaterThan(0);
  for (const { title } of previews) expect(readme).toContain(`| rt0: ${title} |`);
});
