/** What the assembler of a Go tree itself says of a mnemonic. */
import type { Assembler } from "../../facts/instruction.ts";
import { treeOf } from "../../workspace/importPath.ts";
import type { CodeCheckInput } from "../codeCheck.ts";

/** Whether a Go tree has the instruction in its own assembler, as one that is being worked on may; or that is not known. */
export function isOwnInstruction(
  { snapshot, package: pkg }: CodeCheckInput,
  { name: assembler }: Assembler,
  name: string,
): boolean {
  const tree = treeOf(snapshot.world.trees, pkg.directory);
  if (tree?.kind !== "goroot") return false;
  const directory = `${tree.src}/cmd/internal/obj/${sources[assembler] ?? assembler}`;
  // A tree of the years before has its assembler elsewhere, and other instructions.
  const files = snapshot.isKnown(directory) ? snapshot.directories.get(directory)?.files : undefined;
  if (!files) return true;
  for (const source of files.values())
    if (source.kind === "go" && source.text.includes(`"${name}"`)) return true;
  return false;
}

/** The directory of an assembler's sources, where it has another name. */
const sources: Readonly<Record<string, string>> = {
  "386": "x86",
  amd64: "x86",
  mips64: "mips",
  riscv64: "riscv",
};
