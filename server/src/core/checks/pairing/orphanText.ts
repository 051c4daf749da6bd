/**
 * A TEXT symbol that nothing on a target can reach: no Go declaration, no other
 * assembly, no directive. It is dead code, or its name is wrong. Left alone are
 * symbols of packages that are not at hand, and those of no package at all, which
 * C or an entry point given to the linker may name.
 */
import { isToolchainSymbol } from "../../facts/toolchainSymbols.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import {
  foreignPackage,
  type Pairing,
  type PairingFinding,
  samePlaces,
  shownName,
  splitSymbol,
  without,
} from "./pairing.ts";
import { linksOf } from "../../linking/linkIndex.ts";

export function orphanText(pairing: Pairing): PairingFinding[] {
  const { table, targets, isNamed, snapshot } = pairing;
  if (!isNamed) return [];
  const findings: PairingFinding[] = [];
  for (const [symbol, texts] of table.textsByName) {
    if (isToolchainSymbol(symbol) || texts.every(({ isStatic }) => isStatic)) continue;
    const referring = references(pairing, symbol);
    if (referring === snapshot.world.allTargets) continue;
    for (const { file, span, targets: defined } of samePlaces(texts)) {
      const left = defined.and(targets).andNot(referring);
      if (left.isEmpty) continue;
      const where = left.equals(defined) ? "" : ` on ${describeTargets(left, snapshot.world.targets)}`;
      const listed = `nothing declares or refers to ${shownName(pairing, symbol)}`;
      findings.push({ file, span, message: listed + where, listed, targets: left, related: [] });
    }
  }
  return findings;
}

/** The targets on which something refers to the symbol, or may. */
function references(pairing: Pairing, symbol: string): TargetSet {
  const { snapshot, table, targets: built } = pairing;
  const links = linksOf(snapshot);
  const everywhere = snapshot.world.allTargets;
  const named = splitSymbol(symbol);
  const pkg = named && foreignPackage(pairing, named.path);
  if (!pkg) return everywhere;
  const declared = [...(pkg.scope.get(named.name) ?? []), ...(pkg.bodyless.get(named.name) ?? [])];
  const parts = declared.map(({ file }) => file.targets);
  const own = table.textsByName.get(symbol) ?? [];
  const defined = own
    .reduce((all, { targets }) => all.or(targets), TargetSet.none(everywhere.length))
    .and(built);
  if (without(defined, parts).isEmpty) return everywhere;
  parts.push(table.mentions(symbol, defined).may);
  if (without(defined, parts).isEmpty) return everywhere;
  parts.push(...(links.linknames.get(symbol) ?? []).map(({ item }) => item.targets));
  parts.push(...links.withAssembly.map((other) => other.mentions(symbol, defined).may));
  parts.push(links.exported.get(symbol) ?? TargetSet.none(everywhere.length));
  const left = without(defined, parts);
  if (left.isEmpty || !links.isComplete()) return everywhere;
  return everywhere.andNot(left);
}
