/** What the documents quote is what rt0 prints. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands, usage } from "../../server/src/cli/args.ts";
import { repository, runMain } from "./runMain.ts";

const read = (name: string) => readFileSync(join(repository, name), "utf8");

test("the README has the usage of check, and names every command", () => {
  const readme = read("README.md");
  expect(readme).toContain(usage("check"));
  for (const [name, command] of Object.entries(commands)) {
    const call = `rt0 ${name} ${command.arguments}`.trimEnd();
    expect(readme).toContain(`\`${call}\``);
    expect(usage(undefined)).toContain(`  ${name} `);
  }
});

test.each([
  ["README.md", ""],
  ["CHANGELOG.md", "    "],
])("%s quotes findings as they are printed", (name, indent) => {
  const { stdout } = runMain(repository, ["check", "--root", "samples"]);
  const printed = stdout.split("\n\n");
  const quoted = read(name)
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : ""))
    .join("\n")
    .split(/\n\n|```\n|\$ rt0 check --root samples\n/)
    .map((block) => block.trimEnd())
    .filter((block) => block.startsWith("samples/"));
  expect(quoted.length).toBeGreaterThan(0);
  for (const block of quoted) expect(printed).toContain(block);
});

test("every flag is explained by a command that takes it", () => {
  const texts = Object.keys(commands).map((name) => usage(name as keyof typeof commands));
  for (const command of Object.values(commands)) {
    for (const flag of command.flags) expect(texts.some((text) => text.includes(`--${flag}`))).toBe(true);
  }
});
