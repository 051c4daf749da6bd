/**
 * Who refers to a symbol, on which targets: Go of its package, assembly of any, a directive, C. It must not know
 * what is made of the answer.
 */
import { customTags } from "../model/targets/customTags.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { selection } from "../workspace/selection.ts";
import { linksOf } from "./linkIndex.ts";
import { type LinkedPackage, packageAt } from "./linkedPackage.ts";
import { splitSymbol } from "./symbolName.ts";
import { mentionedBodyless, usersOf } from "./usage.ts";

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
  let left = defined.without(declared.map(({ file }) => file.targets)).andNot(table.objects);
  if (!left.isEmpty) left = left.andNot(table.mentions(symbol, defined).may);
  if (left.isEmpty) return left;
  left = left.without([
    ...(links.linknames.get(symbol) ?? []).map(({ item }) => item.targets),
    ...links.withAssembly.map((other) => other.mentions(symbol, defined).may),
    links.exported.get(symbol) ?? nowhere,
  ]);
  if (left.isEmpty || !links.isComplete()) return nowhere;
  return mayReferBehindTags(linked, named.name) ? nowhere : left;
}

/** Whether a file that is built with other tags than are set names something: its text tells, for nobody reads it otherwise. */
function mayReferBehindTags({ snapshot, table }: LinkedPackage, name: string): boolean {
  for (const file of snapshot.directories.get(table.directory)?.files.values() ?? []) {
    if (file.kind !== "go" && file.kind !== "asm") continue;
    const { header } = selection(snapshot.world, file);
    if (customTags(header).length > 0 && file.text.includes(name)) return true;
  }
  return false;
}

/**
 * Of `targets`, those on which no code that can run refers to one of the package's functions. The linker misses only
 * what such code refers to, and it is a habit to declare a function for all targets and to call it on some. Run can
 * what is exported, for anybody may call it, what assembly and directives name, methods, variables, init and main, and
 * what these use. Tests do not count.
 */
export function unreferenced(linked: LinkedPackage, name: string, targets: TargetSet): TargetSet {
  let left = targets;
  const asked = new Map<string, TargetSet>();
  const open = [{ name, on: targets }];
  for (let next = open.pop(); next && !left.isEmpty; next = open.pop()) {
    const { name } = next;
    const before = asked.get(name);
    let on = next.on.and(left);
    if (before) on = on.andNot(before);
    if (on.isEmpty) continue;
    asked.set(name, before?.or(on) ?? on);
    if (isEntry(linked, name)) {
      left = left.andNot(on);
      continue;
    }
    const unnamed = notNamedElsewhere(linked, name, on);
    left = left.andNot(on.andNot(unnamed));
    for (const { decl, targets } of usersIn(linked, name, unnamed)) {
      if (decl.kind === "func" && !decl.isMethod) open.push({ name: decl.name, on: targets });
      else left = left.andNot(targets);
    }
  }
  return left;
}

/** Whether a function may run without anything of the package using it. */
function isEntry({ table }: LinkedPackage, name: string): boolean {
  if (name === "init" || name === "main" || name === "_") return true;
  return /^\p{Lu}/u.test(name) && table.path !== "main";
}

/** Of `on`, the targets on which no assembly and no directive but its own names a function of the package. */
function notNamedElsewhere({ table, snapshot }: LinkedPackage, name: string, on: TargetSet): TargetSet {
  const symbol = `${table.path}.${name}`;
  const links = linksOf(snapshot);
  let left = on.andNot(links.exported.get(symbol) ?? TargetSet.none(on.length));
  for (const { directory, item } of links.linknames.get(symbol) ?? [])
    if (directory !== table.directory) left = left.andNot(item.targets);
  // One with a body gives it away by a directive.
  for (const { localKind, targets } of table.linknamesByLocal.get(name) ?? [])
    if (localKind === "function") left = left.andNot(targets);
  for (const { mentions } of links.withAssembly) {
    if (left.isEmpty) break;
    left = left.andNot(mentions(symbol, left).does);
  }
  return left;
}

/** The declarations that use a function of the package on some of the targets, and where. */
function* usersIn({ snapshot, package: pkg }: LinkedPackage, name: string, on: TargetSet) {
  const files = snapshot.directories.get(pkg.directory)?.files;
  for (const file of pkg.files) {
    const targets = file.targets.and(on);
    const source = file.isTest || targets.isEmpty ? undefined : files?.get(file.name);
    // Texts are long: all functions without a body are looked for at once.
    if (source?.kind !== "go" || (pkg.bodyless.has(name) && !mentionedBodyless(source, pkg).has(name)))
      continue;
    for (const decl of usersOf(source, name)) yield { decl, targets };
  }
}
