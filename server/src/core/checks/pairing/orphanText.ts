/**
 * A TEXT symbol that nothing on a target can reach: no Go declaration, no other
 * assembly, no directive. It is dead code, or its name is wrong. Left alone are
 * symbols of packages that are not at hand, and those of no package at all, which
 * C or an entry point given to the linker may name.
 */
import { isToolchainSymbol } from "../../facts/toolchainSymbols.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { textLocations } from "../../linking/linkTable.ts";
import { orphanedOn } from "../../linking/references.ts";
import { pairingCheck, type PairingFinding, shownName } from "./pairing.ts";
import type { Check } from "../check.ts";

export const orphanText: Check<"orphan-text"> = pairingCheck({
  code: "orphan-text",
  stage: "tree",
  severity: "warning",
  title: "Nothing refers to an assembly function",
  why: [
    "A TEXT symbol that no Go declaration, no other assembly and no `//go:linkname` names is dead code, or is",
    "misspelt while the function it was meant for goes without a body. No tool of Go speaks of it. Symbols that",
    "only their own file uses should be marked with `<>`. Names without a package, which C or the linker may ask",
    "for, are left alone.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·ad(SB), NOSPLIT, $0-24 // nothing calls it
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  rule: orphans,
});

function orphans(linked: LinkedPackage): PairingFinding[] {
  const { table, isNamed, snapshot } = linked;
  if (!isNamed) return [];
  const findings: PairingFinding[] = [];
  // What another file includes defines its symbols there, and it is for that one to name them.
  const included = new Set<string>();
  for (const file of snapshot.directories.get(table.directory)?.files.values() ?? [])
    if (file.kind === "asm")
      for (const path of file.asm.outline.includes) included.add(path.replace(/^\.\//, ""));
  for (const [symbol, texts] of table.textsByName) {
    if (isToolchainSymbol(symbol) || texts.every(({ isStatic }) => isStatic)) continue;
    const orphaned = orphanedOn(linked, symbol);
    if (orphaned.isEmpty) continue;
    for (const { file, span, targets: defined } of textLocations(texts)) {
      const left = defined.and(orphaned);
      if (left.isEmpty || included.has(file)) continue;
      const where = left.equals(defined) ? "" : ` on ${describeTargets(left, snapshot.world.targets)}`;
      const listed = `nothing declares or refers to ${shownName(linked, symbol)}`;
      findings.push({ file, span, message: listed + where, listed, targets: left, related: [] });
    }
  }
  return findings;
}
