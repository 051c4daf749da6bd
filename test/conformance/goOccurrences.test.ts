/** Where Go names something of its package, go/types finds it, and nowhere else; so does rt0, without types. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { goOccurrences } from "../../server/src/core/linking/goOccurrences.ts";
import { createSourceFile } from "../../server/src/core/workspace/sourceFile.ts";
import { buildJudge, goEnvironment, goRoots } from "./support/goroots.ts";

const packages = ["runtime", "syscall", "internal/poll", "math/big", "reflect", "os", "net"];

describe.skipIf(goRoots.length === 0)("go/types agrees", () => {
  test.each(goRoots)("$version", { timeout: 300_000 }, (root) => {
    const judge = buildJudge(root, "goNames");
    const options = { encoding: "utf8", maxBuffer: 1 << 28, env: goEnvironment(root) } as const;
    const theirs = new Map<string, string[]>();
    for (const line of execFileSync(judge, [root.dir, ...packages], options)
      .trimEnd()
      .split("\n")) {
      const [path, offset, name, kind] = line.split("\t") as [string, string, string, string];
      const places = theirs.get(path) ?? [];
      if (places.length === 0) theirs.set(path, places);
      places.push(`${offset} ${name} ${kind}`);
    }
    const different: string[] = [];
    let count = 0;
    for (const [path, places] of theirs) {
      const expected = new Set(places);
      const names = new Set(places.map((place) => place.split(" ")[1]!));
      const ours = [...names].flatMap((name) => occurrencesIn(path, name));
      count += ours.length;
      const found = new Set(ours);
      for (const place of ours) if (!expected.has(place)) different.push(`${path}: ${place}: too many`);
      for (const place of places) if (!found.has(place)) different.push(`${path}: ${place}: missed`);
    }
    expect(different).toEqual([]);
    expect(count).toBeGreaterThan(20_000);
  });
});

/** Of a name, but for directives, which go/types does not know: byte offset, name, whether it is defined. */
function occurrencesIn(path: string, name: string): string[] {
  const file = createSourceFile(basename(path), readFileSync(path, "utf8"), undefined);
  if (file.kind !== "go") return [];
  const { text } = file;
  return goOccurrences(file, name)
    .filter(({ span }) => !text.startsWith("//", text.lastIndexOf("\n", span.start) + 1))
    .map(({ span, role }) => {
      const offset = Buffer.byteLength(text.slice(0, span.start));
      return `${offset} ${name} ${role === "defines" || role === "declares" ? "def" : "use"}`;
    });
}
