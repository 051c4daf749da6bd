/** The mnemonics that each release's assemblers know, as instructions/probeNames.mjs asked them. */
import type { FactsFile } from "../factsFile.ts";

export const instructionNames: FactsFile = {
  name: "instructionNames",
  data: ["instruction_names"],
  tables(facts) {
    const { source, releases, names } = facts("instruction_names") as InstructionNames;
    const rows = Object.entries(names).flatMap(([assembler, spans]) =>
      Object.entries(spans).map(([span, list]) => `${assembler}|${span}|${list.join(" ")}`),
    );
    const doc =
      "The releases whose assemblers were asked, then assembler|first and last of these that know|mnemonics.";
    return [{ name: "instructionNames", doc, source, rows: [releases.join(" "), ...rows] }];
  },
};

interface InstructionNames {
  readonly source: string;
  /** Minor numbers of the releases that were asked, in order. */
  readonly releases: readonly number[];
  /** Per assembler, "19-27" to the mnemonics that the releases from the first to the last of these have. */
  readonly names: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
