/**
 * Who refers to a symbol, on which targets: Go of its package, assembly of any, a directive, C. It must not know
 * what is made of the answer.
 */
import { TargetSet } from "../model/targets/targetSet.ts";
import { linksOf } from "./linkIndex.ts";
import { type LinkedPackage, packageAt } from "./linkedPackage.ts";
import { splitSymbol } from "./symbolName.ts";
import { unusedOn } from "./usage.ts";

/**
 * The targets among those on which the package defines the symbol where nothing refers to it: none where the tree
 * cannot tell, as of symbols of packages that are not at hand and of those of no package, which C or an entry point
 * given to the linker may name.
 */
export function orphanedOn(linked: LinkedPackage, symbol: string): TargetSet {
  const { snapshot, table, targets: built } = linked;
  const links = linksOf(snapshot);
  const nowhere = TargetSet.none(built.length);
  const named = splitSymbol(symbol);
  const pkg = named && packageAt(linked, named.path);
  if (!pkg) return nowhere;
  const own = table.textsByName.get(symbol) ?? [];
  const defined = own.reduce((all, { targets }) => all.or(targets), nowhere).and(built);
  const declared = [...(pkg.scope.get(named.name) ?? []), ...(pkg.bodyless.get(named.name) ?? [])];
  let left = defined.without(declared.map(({ file }) => file.targets));
  if (!left.isEmpty) left = left.andNot(table.mentions(symbol, defined).may);
  if (left.isEmpty) return left;
  left = left.without([
    ...(links.linknames.get(symbol) ?? []).map(({ item }) => item.targets),
    ...links.withAssembly.map((other) => other.mentions(symbol, defined).may),
    links.exported.get(symbol) ?? nowhere,
  ]);
  return left.isEmpty || links.isComplete() ? left : nowhere;
}

/**
 * Of `targets`, those on which nothing refers to one of the package's functions. The linker misses only what
 * something refers to, and it is a habit to declare a function for all targets and to call it on some. What is
 * exported, anybody may call.
 */
export function unreferenced(linked: LinkedPackage, name: string, targets: TargetSet): TargetSet {
  if (targets.isEmpty || /^\p{Lu}/u.test(name)) return targets.andNot(targets);
  const { table, snapshot } = linked;
  const symbol = `${table.path}.${name}`;
  const links = linksOf(snapshot);
  let left = targets;
  for (const { directory, item } of links.linknames.get(symbol) ?? [])
    if (directory !== table.directory) left = left.andNot(item.targets);
  for (const { mentions } of links.withAssembly) {
    if (left.isEmpty) return left;
    left = left.andNot(mentions(symbol, left).does);
  }
  return unusedOn(linked, name, left);
}
