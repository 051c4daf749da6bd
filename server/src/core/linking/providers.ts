/**
 * Who defines a symbol, on which targets: TEXT of its package or of another, a `//go:linkname` that gives it away,
 * C, a WebAssembly host, or the compiler. Where the tree cannot tell, as with a symbol of a package that is not at
 * hand, it counts as provided. It must not know what is made of the answer.
 */
import { isIntrinsic, packagesWithoutComplete } from "../facts/compilerFunctions.ts";
import type { Declared } from "../model/go/packageScope.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { linksOf, type Located } from "./linkIndex.ts";
import { type LinkedPackage, packageAt } from "./linkedPackage.ts";
import { type LinkTable, type LinkText, registerTargets } from "./linkTable.ts";
import { unreferenced } from "./references.ts";
import { splitSymbol } from "./symbolName.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

/** The TEXT that defines a symbol: that of the package it belongs to first, if that is at hand, then that of others. */
export function textsOf(
  snapshot: Snapshot,
  own: LinkTable | undefined,
  symbol: string,
): readonly Located<LinkText>[] {
  const texts = (own?.textsByName.get(symbol) ?? [])
    .filter(({ isStatic }) => !isStatic)
    .map((item) => ({ directory: own!.directory, item }));
  const foreign = (linksOf(snapshot).foreignTexts.get(symbol) ?? []).filter(
    ({ directory }) => directory !== own?.directory,
  );
  return [...texts, ...foreign];
}

/** What a function without a body lacks. */
export interface MissingBody {
  /** Something refers to it there, and nothing provides it: the link fails. */
  readonly undefinedOn: TargetSet;
  /** Elsewhere: the compiler refuses it for want of assembly beside it. */
  readonly rejectedOn: TargetSet;
}

/** Where one of the package's functions lacks its body; methods and tests are not for this to tell. */
export function missingBody(linked: LinkedPackage, declared: Declared): MissingBody {
  const { table } = linked;
  const { file, name } = declared;
  const own = `${table.path}.${name}`;
  // Where a directive gives the function another symbol, that symbol counts.
  const directives = (table.linknamesByLocal.get(name) ?? []).filter(({ isTest }) => !isTest);
  let left = file.targets;
  const nowhere = TargetSet.none(left.length);
  let undefinedOn = nowhere;
  for (const { remote, targets } of directives) {
    if (remote === undefined || remote === own) continue;
    const here = left.and(targets);
    left = left.andNot(targets);
    if (!here.isEmpty) undefinedOn = undefinedOn.or(unprovided(linked, remote, here));
  }
  undefinedOn = undefinedOn.or(unprovided(linked, own, left));
  const withoutBody = left.and(completeTargets(linked)).without(directives.map(({ targets }) => targets));
  if (undefinedOn.isEmpty && withoutBody.isEmpty) return { undefinedOn, rejectedOn: withoutBody };
  if (isImportedByWebAssembly(linked, declared)) return { undefinedOn: nowhere, rejectedOn: nowhere };
  undefinedOn = undefinedOn.andNot(unreferenced(linked, name, undefinedOn));
  return { undefinedOn, rejectedOn: withoutBody.andNot(undefinedOn) };
}

/** Of `targets`, those on which nothing defines the symbol as far as the tree tells. */
function unprovided(linked: LinkedPackage, symbol: string, targets: TargetSet): TargetSet {
  const { snapshot, table, isNamed } = linked;
  const links = linksOf(snapshot);
  const nowhere = TargetSet.none(targets.length);
  const texts = table.textsByName.get(symbol) ?? [];
  let left = targets.without(texts.filter(({ isStatic }) => !isStatic).map((text) => text.targets));
  if (left.isEmpty) return left;
  const parts = splitSymbol(symbol);
  if (!parts) return nowhere;
  left = left.and(notIntrinsic(linked, symbol));
  if (left.isEmpty) return left;
  if (parts.path !== table.path) {
    const pkg = packageAt(linked, parts.path);
    if (!pkg) return nowhere;
    left = left.without([
      ...(pkg.scope.get(parts.name) ?? []).map(({ file }) => file.targets),
      // Its own assembly alone is not wrapped for calls in registers.
      ...callableFromGo(snapshot, links.table(pkg.directory)?.textsByName.get(symbol) ?? []),
    ]);
  } else if (!isNamed) {
    // Nothing is known of who might provide for a loose directory, unless assembly clearly means to.
    return texts.length > 0 ? left : nowhere;
  }
  left = left.without(providedByOthers(linked, symbol));
  if (left.isEmpty) return left;
  return links.isComplete() ? left : nowhere;
}

function providedByOthers({ snapshot }: LinkedPackage, symbol: string): readonly TargetSet[] {
  const links = linksOf(snapshot);
  const texts = callableFromGo(
    snapshot,
    (links.foreignTexts.get(symbol) ?? []).map(({ item }) => item),
  );
  // A directive for a function without a body only asks for the symbol.
  const pushes = (links.linknames.get(symbol) ?? [])
    .filter(({ item }) => item.localKind !== "bodyless" && !item.isTest)
    .map(({ item }) => item.targets);
  const imported = links.imported.get(symbol);
  return [...texts, ...pushes, ...(imported ? [imported] : [])];
}

/**
 * Where Go calls these TEXTs of a package that does not declare them: only for what it declares itself does
 * the compiler wrap assembly for calls in registers.
 */
function callableFromGo({ world }: Snapshot, texts: readonly LinkText[]): readonly TargetSet[] {
  return texts
    .filter(({ isStatic }) => !isStatic)
    .map(({ abi, targets }) => (abi === "ABIInternal" ? targets : targets.andNot(registerTargets(world))));
}

function notIntrinsic({ snapshot }: LinkedPackage, symbol: string): TargetSet {
  const { targets } = snapshot.world;
  return TargetSet.where(targets.length, (i) => !isIntrinsic(symbol, targets[i]!.goarch));
}

/**
 * Whether `//go:wasmimport` makes the function one of a WebAssembly host's. On other targets it has no body either,
 * and whoever writes so keeps its package to WebAssembly by other means, or only has it compile there.
 */
function isImportedByWebAssembly({ package: pkg }: LinkedPackage, { decl, file }: Declared): boolean {
  // The declaration may know an older state of its file.
  const now = pkg.files.find(({ name }) => name === file.name)?.summary;
  return (
    now?.directives.some(
      (directive) => directive.name === "go:wasmimport" && now.decls[directive.decl] === decl,
    ) ?? false
  );
}

/**
 * The targets on which the go command tells the compiler that every function of the package has a body
 * (-complete): it does where it sees nothing but Go, some packages of the standard library excepted.
 */
function completeTargets({ snapshot, package: pkg, table, targets }: LinkedPackage): TargetSet {
  const isStandard = snapshot.world.trees.some(
    (tree) => tree.kind === "goroot" && pkg.directory.startsWith(tree.src),
  );
  if (isStandard && packagesWithoutComplete.has(pkg.path)) return TargetSet.none(targets.length);
  const cgo = pkg.files.filter(({ summary }) => summary.imports.some(({ path }) => path === "C"));
  return targets.without([table.assembly, ...cgo.map((file) => file.targets)]);
}
