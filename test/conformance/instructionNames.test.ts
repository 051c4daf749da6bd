/**
 * The mnemonics that rt0 knows are those of the real assemblers: asked again of each toolchain at hand, for every
 * architecture, and every instruction of that release's own assembly is one of them.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runRows } from "../cli/runMain.ts";
import { eachRootOf } from "./support/eachRoot.ts";

interface InstructionNames {
  readonly releases: readonly number[];
  readonly names: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const tools = new URL("../../tools/facts/", import.meta.url);
const data: InstructionNames = JSON.parse(
  readFileSync(new URL("data/instruction_names.json", tools), "utf8"),
);

/** The names of a release, by assembler. */
function namesOf({ names }: InstructionNames, release: number): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(names).map(([assembler, spans]) => [
      assembler,
      Object.entries(spans)
        .filter(([span]) => {
          const [first = 0, last = 0] = span.split("-").map(Number);
          return first <= release && release <= last;
        })
        .flatMap(([, list]) => list)
        .toSorted(),
    ]),
  );
}

eachRootOf({ where: ({ release }) => data.releases.includes(release) }, ({ dir, release }) => {
  test("the assemblers know the names that rt0 knows", () => {
    const prober = fileURLToPath(new URL("instructions/probeNames.mjs", tools));
    const printed = execFileSync(process.execPath, [prober, dir], { encoding: "utf8", maxBuffer: 2 ** 26 });
    const asked = namesOf(JSON.parse(printed), release);
    const known = namesOf(data, release);
    expect(asked).toEqual(known);
    expect(known["amd64"]!.length).toBeGreaterThan(1500);
  });

  test("no finding about an instruction in the release's own tree", () => {
    const rules = "instruction-unknown,instruction-since,foreign-assembly";
    expect(runRows(dir, ["check", "--rules", rules])).toEqual([]);
  });
});
