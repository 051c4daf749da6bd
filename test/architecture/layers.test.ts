/**
 * Holds the layers: which directory of the source may import which. The core's
 * tsconfig keeps the platform out; this keeps the direction.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const source = resolve(import.meta.dirname, "../../server/src");

/** Each layer and the layers it may import besides itself. docs/architecture.md quotes this table. */
const allowed: Record<string, readonly string[]> = {
  ...downward([
    "core/features",
    "core/checks",
    "core/runtime",
    "core/linking",
    "core/workspace",
    "core/model",
    "core/syntax",
    "core/oslayer",
    "core/facts",
    "core/base",
  ]),
  ...downward(["core/oslayer", "core/facts", "core/base"]),
  "core/syntax": ["core/base"],
  host: ["core"],
  lsp: ["host", "core"],
  cli: ["host", "core"],
  node: ["lsp", "cli", "host"],
  browser: ["lsp", "host"],
};

/** Each layer of a chain and those after it. */
function downward(chain: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(chain.map((layer, i) => [layer, chain.slice(i + 1)]));
}

function layerOf(file: string): string {
  const [first, second] = relative(source, file).split("/");
  if (first !== "core") return first!;
  return second === "index.ts" ? "core" : `core/${second}`;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

test("every import goes down, and into the core only through its door", () => {
  const wrong: string[] = [];
  for (const file of filesBelow(source)) {
    const from = layerOf(file);
    if (from === "core") continue;
    const text = readFileSync(file, "utf8");
    for (const [, specifier] of text.matchAll(/(?:from|import)\s+"(\.[^"]+)"/g)) {
      const to = layerOf(resolve(dirname(file), specifier!));
      if (to !== from && !allowed[from]?.includes(to))
        wrong.push(`${relative(source, file)} imports ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("the core's sources name no package and no platform module", () => {
  const wrong: string[] = [];
  for (const file of filesBelow(join(source, "core"))) {
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(/\bfrom\s+"([^."][^"]*)"/g)) {
      wrong.push(`${relative(source, file)} imports ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("the client knows of the server its protocol and the core's door, and nothing else", () => {
  const client = resolve(import.meta.dirname, "../../client");
  const imported = filesBelow(client).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/from\s+"(\.[^"]+)"/g)]
      .map(([, specifier]) => relative(source, resolve(dirname(file), specifier!)))
      .filter((path) => !path.startsWith("../../client/")),
  );
  expect([...new Set(imported)].toSorted()).toEqual(["core/index.ts", "lsp/protocol.ts"]);
});
