/**
 * A symbol of C that `//go:cgo_import_dynamic` brings in and that nothing refers to: no
 * assembly and no `//go:linkname` of the tree. It still makes programs depend on it.
 */
import { describeTargets } from "../../model/describeTargets.ts";
import { type Pairing, type PairingFinding, without } from "../pairing/pairing.ts";
import { importDirectives } from "./importDirectives.ts";

export function unusedImports(pairing: Pairing): PairingFinding[] {
  const { snapshot, table } = pairing;
  const { links, world } = snapshot;
  return importDirectives(pairing).flatMap(({ name, file, span, targets }): readonly PairingFinding[] => {
    // A name with a dot is a variable of Go's, which any Go code may use.
    if (name.includes(".")) return [];
    let left = targets.andNot(table.mentions(name, targets).may);
    left = without(
      left,
      (table.linknamesByRemote.get(name) ?? []).map((linkname) => linkname.targets),
    );
    if (left.isEmpty) return [];
    left = without(left, [
      ...(links.linknames.get(name) ?? []).map(({ item }) => item.targets),
      ...links.tables.map(({ mentions }) => mentions(name, left).may),
    ]);
    if (left.isEmpty || !links.isComplete()) return [];
    const where = left.equals(targets) ? "" : ` on ${describeTargets(left, world.targets)}`;
    return [{ file, span, message: `nothing refers to ${name}${where}`, targets: left, related: [] }];
  });
}
