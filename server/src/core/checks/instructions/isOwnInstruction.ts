/** What the assembler of a Go tree itself says of a mnemonic. */
import type { Assembler } from "../../facts/instruction.ts";
import { treeOf } from "../../workspace/importPath.ts";
import type { CodeCheckInput } from "../codeCheck.ts";

/** Whether a Go tree has the instruction in its own assembler, as one that is being worked on may; or that is not known. */
export function isOwnInstruction(
  { snapshot, package: pkg }: CodeCheckInput,
  { sources }: Assembler,
  name: string,
): boolean {
  const tree = treeOf(snapshot.world.trees, pkg.directory);
  if (tree?.kind !== "goroot") return false;
  const directory = `${tree.src}/cmd/internal/obj/${sources}`;
  // A tree of the years before has its assembler elsewhere, and other instructions.
  const files = snapshot.isKnown(directory) ? snapshot.directories.get(directory)?.files : undefined;
  if (!files) return true;
  for (const source of files.values())
    if (source.kind === "go" && source.text.includes(`"${name}"`)) return true;
  return false;
}
