/**
 * The assembly of Go's own trees, with lines planted that use the frame pointer, is
 * given to the release's own `go vet -framepointer`, target by target. rt0 must report
 * the same lines.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachRoot } from "./support/eachRoot.ts";
import { type GoRoot, vetProfile } from "./support/goroots.ts";
import { assemblyPackages } from "./support/plant.ts";
import { type WrittenModule, writeModule } from "./support/plantedModule.ts";
import { type Random, randomFor } from "./support/random.ts";

const targets = ["linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "linux/386"];

/** Lines that write, mention, hide or only seem to use the register, and ways to leave the straight line. */
const lines = [
  "\tMOVQ AX, BP",
  "\tMOVQ $0, BP // scratch",
  "\tTESTQ BP,BP",
  "\tPUSHQ BP",
  "\tMOVQ BP, 8(SP)",
  "\t// MOVQ AX, BP",
  "\tVMOVUPS X0, BP;",
  "\tMOVD R0, R29",
  "\tMOVD\tR29,R0",
  "\tLDP 8(R0), (R26, R29)",
  "\tLDP (R29), (R0, R1)",
  "\tLDP 8(R0), (R29)",
  "\tCASPD (R2, R3), (R2), (R26, R29)",
  "\tADD $8, R29, R29",
  "\tFMOVD F0, F29",
  "\tB 2(PC)",
  "\tBL ·f(SB)",
  "\tJMP ·f(SB)",
  "\tJNE 2(PC)",
  "\tRET",
  "\tRET // R29, BP",
  "TEXT ·planted(SB), NOSPLIT, $0",
  "TEXT ·planted(SB), NOSPLIT, $8-0",
  "TEXT ·planted<>(SB),4,$0-8",
  "TEXT ·planted(SB), NOSPLIT|NOFRAME, $08",
  "\tMOVQ AX, BP\u0085",
  "",
];

eachRoot((root) => {
  test("rt0 reports what vet's framepointer reports", { timeout: 600_000 }, () => {
    const module = writeModule(root, plant(root));
    const expected = targets.flatMap((target) => vetFindings(module, target));
    const found = module
      .findings(targets, "framepointer", ["--vet", vetProfile(root.release), "./..."])
      .map(({ file, line, target, message }) => `${target} ${file}:${line}: ${message}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(200);
  });
});

/** A module with a package for each directory of the tree that holds assembly; nothing in it is ever assembled. */
function plant({ dir, version }: GoRoot): ReadonlyMap<string, string> {
  const random = randomFor(`${version} framepointer`);
  const files = new Map([["go.mod", "module m\n"]]);
  for (const path of assemblyPackages(dir)) {
    const from = join(dir, "src", path);
    const to = path.replaceAll("/", "-").replace(/^vendor-/, "v-");
    files.set(`${to}/stub.go`, "package p\n");
    for (const name of readdirSync(from).filter((name) => name.endsWith(".s")))
      files.set(`${to}/${name}`, planted(readFileSync(join(from, name), "utf8"), random));
  }
  return files;
}

/** The text with a line of ours behind one in eight of its own. */
function planted(text: string, random: Random): string {
  return text
    .split("\n")
    .flatMap((line) => (random.chance(0.12) ? [line, random.pick(lines)] : [line]))
    .join("\n");
}

function vetFindings({ go }: WrittenModule, target: string): string[] {
  const { stderr } = go(target, "vet", "-framepointer", "./...");
  return Array.from(
    stderr.matchAll(/^(?:\.\/)?(\S+\.s):(\d+):\d+: (.*)$/gm),
    ([, file, line, message]) => `${target} ${file}:${line}: ${message}`,
  );
}
