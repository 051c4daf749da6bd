/**
 * The judge of Go declarations is go/parser itself: on every file of the Go trees
 * in RT0_GOROOTS that it accepts, rt0 finds the same imports, declarations, doc
 * comments, bodies and nodes at the same places, and no error.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseGo } from "../../server/src/core/syntax/go/parseGo.ts";
import { brokenGo } from "../support/goSamples.ts";
import { printGo } from "../support/printGo.ts";

const roots = (process.env["RT0_GOROOTS"] ?? "").split(":").filter((root) => root !== "");

describe.skipIf(roots.length === 0 && !process.env["CI"])("go/parser agrees", () => {
  const cache = join(tmpdir(), "rt0-conformance");
  const judge = join(cache, process.platform === "win32" ? "godecls.exe" : "godecls");

  beforeAll(() => {
    expect(roots, "RT0_GOROOTS names no Go tree").not.toEqual([]);
    mkdirSync(cache, { recursive: true });
    // The newest parser judges all trees, since it reads what older ones do.
    const goroot = roots[roots.length - 1]!;
    const source = join(import.meta.dirname, "judges", "godecls", "main.go");
    execFileSync(join(goroot, "bin", "go"), ["build", "-o", judge, source], {
      env: {
        ...process.env,
        GOROOT: goroot,
        GOCACHE: join(cache, "gocache"),
        GOFLAGS: "-mod=mod",
        GOTOOLCHAIN: "local",
        GOPROXY: "off",
      },
    });
  }, 300_000);

  for (const root of roots) {
    // `test` holds the compiler's own tests, the strangest Go there is.
    for (const directory of [join(root, "src"), join(root, "test")].filter(existsSync)) {
      test(directory, { timeout: 120_000 }, () => {
        expect(compare(directory)).toBeGreaterThan(1000);
      });
    }
  }

  test("on what is left valid of a sample with random changes", { timeout: 60_000 }, () => {
    const directory = mkdtempSync(join(tmpdir(), "rt0-samples-"));
    fc.sample(brokenGo, { seed: 1, numRuns: 4000 }).forEach((text, i) => {
      writeFileSync(join(directory, `${i}.go`), text);
    });
    expect(compare(directory)).toBeGreaterThan(100);
    rmSync(directory, { recursive: true });
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
