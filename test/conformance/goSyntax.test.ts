/**
 * The judge of Go declarations is go/parser itself: on every file of the Go trees
 * that it accepts, rt0 finds the same imports, declarations, doc
 * comments, bodies and nodes at the same places, and no error.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseGo } from "../../server/src/core/syntax/go/parseGo.ts";
import { tree } from "../cli/runMain.ts";
import { brokenGo } from "../support/goSamples.ts";
import { printGo } from "../support/printGo.ts";
import { buildJudge, goRoots } from "./support/goroots.ts";

describe.skipIf(goRoots.length === 0)("go/parser agrees", () => {
  let judge: string;

  // The newest parser judges all trees, since it reads what older ones do.
  beforeAll(() => void (judge = buildJudge(goRoots.at(-1)!, "godecls")), 300_000);

  // `test` holds the compiler's own tests, the strangest Go there is.
  const directories = goRoots.flatMap(({ dir }) => [join(dir, "src"), join(dir, "test")].filter(existsSync));
  test.each(directories)("%s", { timeout: 120_000 }, (directory) => {
    expect(compare(directory)).toBeGreaterThan(1000);
  });

  test("on what is left valid of a sample with random changes", { timeout: 60_000 }, () => {
    const texts = fc.sample(brokenGo, { seed: 1, numRuns: 4000 });
    const directory = tree(Object.fromEntries(texts.map((text, i) => [`${i}.go`, text])));
    expect(compare(directory)).toBeGreaterThan(100);
  });

  /** Compares all files below a directory that the judge accepts; returns their number. */
  function compare(directory: string): number {
    const lines = execFileSync(judge, [directory], { encoding: "utf8", maxBuffer: 1 << 28 })
      .trimEnd()
      .split("\n");
    const differences: string[] = [];
    for (const line of lines) {
      const [path, hash] = line.split("\t") as [string, string];
      // Before Go 1.21 a concatenation of 7,000 strings: more than `parseDecl` lets a tree grow.
      if (path.endsWith("tzdata/zipdata.go")) continue;
      const file = parseGo(readFileSync(path, "utf8"));
      differences.push(...file.errors.map((e) => `${path}:${e.span.start}: ${e.message}`));
      const print = printGo(file);
      if (createHash("sha256").update(print).digest("hex") !== hash) differences.push(explain(path, print));
      if (differences.length >= 10) break;
    }
    expect(differences).toEqual([]);
    return lines.length;
  }

  /** The first place where the judge's print of a file differs from ours. */
  function explain(path: string, ours: string): string {
    const theirs = execFileSync(judge, ["-print", path], { encoding: "utf8", maxBuffer: 1 << 28 });
    let i = 0;
    while (i < ours.length && ours[i] === theirs[i]) i++;
    const from = Math.max(0, i - 80);
    return `${path}\n  rt0: ${ours.slice(from, i + 80)}\n  go:  ${theirs.slice(from, i + 80)}`;
  }
});
