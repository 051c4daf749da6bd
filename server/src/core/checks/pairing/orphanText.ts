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
import { type PairingFinding, shownName } from "./pairing.ts";

export function orphanText(linked: LinkedPackage): PairingFinding[] {
  const { table, isNamed, snapshot } = linked;
  if (!isNamed) return [];
  const findings: PairingFinding[] = [];
  for (const [symbol, texts] of table.textsByName) {
    if (isToolchainSymbol(symbol) || texts.every(({ isStatic }) => isStatic)) continue;
    const orphaned = orphanedOn(linked, symbol);
    if (orphaned.isEmpty) continue;
    for (const { file, span, targets: defined } of textLocations(texts)) {
      const left = defined.and(orphaned);
      if (left.isEmpty) continue;
      const where = left.equals(defined) ? "" : ` on ${describeTargets(left, snapshot.world.targets)}`;
      const listed = `nothing declares or refers to ${shownName(linked, symbol)}`;
      findings.push({ file, span, message: listed + where, listed, targets: left, related: [] });
    }
  }
  return findings;
}
