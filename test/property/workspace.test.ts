/**
 * The key property of the workspace: after any sequence of edits, every answer
 * equals the answer of a fresh workspace that was given the same texts.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkDirectory,
  packageConstants,
  profileFor,
  type Snapshot,
  structLayouts,
} from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";

const targets = ["linux/amd64", "linux/386", "linux/arm64", "darwin/arm64", "linux/mips"];
const directories = ["/m/a", "/m/b", "/m/b/c"];

/** What each file may contain: edits go from one text to another, or away. */
const variants: Record<string, readonly string[]> = {
  "/m/a/a.go": [
    'package a\nimport "m/b"\nfunc f(x b.T, y int) (r b.U)\nfunc g()\n',
    'package a\nimport "m/b"\nfunc f(x b.T, y int64) (r b.U)\nfunc g() { f(b.T{}, 1) }\n',
    'package a\nimport "m/b"\n// moved\nfunc g() {\n\tfor {\n\t}\n}\nfunc f(x b.T, y int) (r b.U)\n',
    'package a\nimport other "m/b/c"\nfunc f(x other.V, y [other.N]byte) string\n',
    "package a\nfunc f(x missing, y int)\n",
    "package a\nfunc f(",
  ],
  "/m/a/b_386.go": [
    "package a\nfunc g(a, b uint8) bool\n",
    "//go:build ignore\n\npackage a\nfunc g(a uint8)\n",
  ],
  "/m/a/a_amd64.s": [
    "TEXT ·f(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX\n\tMOVQ y+8(FP), BX\n\tRET\nTEXT ·g(SB), 7, $0\n\tRET\n",
    "TEXT ·g(SB), 7, $0-8\n\tMOVL 4(FP), AX\n\tRET\nTEXT ·f(SB), NOSPLIT, $0-32\n\tMOVL y+4(FP), AX\n\tRET\n",
    "TEXT ·h(SB), NOSPLIT, $8-0\n\tMOVQ 32(SP), AX\n\tRET\n",
  ],
  "/m/a/a.s": [
    "// +build !amd64\n\nTEXT ·f(SB), NOSPLIT, $0-16\n\tMOVB x_c+2(FP), R1\n\tRET\n",
    "not assembly at all {{{",
  ],
  "/m/b/b.go": [
    'package b\nimport "m/b/c"\ntype T struct { c c.V; n [c.N]int16 }\ntype U = c.V\n',
    "package b\ntype T int32\ntype U []T\n",
    "package b\ntype T struct { T *T; p uintptr }\ntype U [2]U\n",
    "package b\ntype T interface { T; T }\ntype U struct { t T; u struct{ U } }\n",
  ],
  "/m/b/c/c.go": [
    "package c\nconst N = 1 << iota\ntype V uint16\n",
    "package c\nconst (\n\tM = iota\n\tN\n)\ntype V interface{ M() }\n",
    "package c\nconst N = N\n",
  ],
  "/m/b/c/c_arm64.go": ["package c\nconst Only64 = ^uint(0)\n"],
};

interface Edit {
  readonly path: string;
  readonly variant: number;
  /** Only a fork of the workspace sees it. */
  readonly isAside: boolean;
}

const edit: fc.Arbitrary<Edit> = fc
  .tuple(fc.constantFrom(...Object.keys(variants)), fc.integer({ min: -1, max: 5 }), fc.boolean())
  .map(([path, variant, isAside]) => ({
    path,
    variant: Math.min(variant, variants[path]!.length - 1),
    isAside,
  }));

function answers(snapshot: Snapshot): string {
  const profile = profileFor(27);
  const findings = directories.flatMap((path) => checkDirectory(snapshot, path, profile));
  const rows: unknown[] = findings.map((finding) => ({ ...finding, targets: [...finding.targets] }));
  for (const directory of directories) {
    for (const target of targets.keys()) {
      rows.push(structLayouts(snapshot, directory, target), packageConstants(snapshot, directory, target));
    }
  }
  return JSON.stringify(rows);
}

test("a workspace after edits, and a fork of it, answers as a fresh one", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
      let texts = new Map([["/m/go.mod", "module m\n\ngo 1.24\n"]]);
      for (const [path, choices] of Object.entries(variants)) texts.set(path, choices[0]!);
      const edited = memoryProject(new Map(texts), "/m", ["/m/a"], targets);
      edited.ask(answers);
      for (const { path, variant, isAside } of edits) {
        const [directory, name] = [
          path.slice(0, path.lastIndexOf("/")),
          path.slice(path.lastIndexOf("/") + 1),
        ];
        const text = variant < 0 ? undefined : variants[path]![variant];
        const { workspace } = edited.project;
        const changed = new Map(texts);
        if (text === undefined) changed.delete(path);
        else changed.set(path, text);
        const files = [{ directory, name, text }];
        const expected = memoryProject(changed, "/m", directories, targets).ask(answers);
        if (isAside) expect(answers(workspace.fork().apply({ files }))).toBe(expected);
        else {
          workspace.apply({ files });
          expect(edited.ask(answers)).toBe(expected);
          texts = changed;
        }
      }
    }),
    { numRuns: 150 },
  );
});
