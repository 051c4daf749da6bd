/**
 * A function without a body that nothing provides on some target. A body can come
 * from a TEXT symbol of any package, from a `//go:linkname` in this package or in
 * any other, from C, from a WebAssembly import, or from the compiler. Where the
 * tree cannot tell, as with a symbol of a package that is not at hand, nothing is said.
 */
import type { Declared } from "../../model/go/packageScope.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { isIntrinsic, packagesWithoutComplete } from "../../facts/compilerFunctions.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { registerTargets } from "../../linking/linkTable.ts";
import type { Related } from "../finding.ts";
import {
  foreignPackage,
  nameSpan,
  type Pairing,
  pairingCheck,
  type PairingFinding,
  samePlaces,
  splitSymbol,
  without,
} from "./pairing.ts";
import { unusedOn } from "../../linking/usage.ts";
import { linksOf } from "../../linking/linkIndex.ts";

/** Remembered by directory: whoever asks again where nothing has changed has the same answer. */
export const checkMissingText = pairingCheck("missing-text", missingText);

function missingText(pairing: Pairing): PairingFinding[] {
  const findings: PairingFinding[] = [];
  const complete = completeTargets(pairing);
  for (const list of pairing.package.bodyless.values()) {
    for (const declared of list) {
      // Others may give a test its bodies too, and nobody reads all tests; methods have no symbol that assembly can write.
      if (declared.file.isTest || declared.decl.kind !== "func" || declared.decl.isMethod) continue;
      if (declared.name !== "_") findings.push(...missing(pairing, declared, complete));
    }
  }
  return findings;
}

/** `complete` are the targets on which the compiler expects every function to have a body. */
function missing(pairing: Pairing, declared: Declared, complete: TargetSet): PairingFinding[] {
  const { snapshot, table } = pairing;
  const { file, name } = declared;
  const own = `${table.path}.${name}`;
  // Where a directive gives the function another symbol, that symbol counts.
  const directives = (table.linknamesByLocal.get(name) ?? []).filter(({ isTest }) => !isTest);
  let left = file.targets;
  let undefinedOn = TargetSet.none(left.length);
  for (const { remote, targets } of directives) {
    if (remote === undefined || remote === own) continue;
    const here = left.and(targets);
    left = left.andNot(targets);
    if (!here.isEmpty) undefinedOn = undefinedOn.or(unprovided(pairing, remote, here));
  }
  undefinedOn = undefinedOn.or(unprovided(pairing, own, left));
  const withoutBody = without(
    left.and(complete),
    directives.map(({ targets }) => targets),
  );
  if (undefinedOn.isEmpty && withoutBody.isEmpty) return [];
  const imported = importedByWebAssembly(pairing, declared);
  undefinedOn = usedOn(pairing, declared, undefinedOn.andNot(imported));
  const rejectedOn = withoutBody.andNot(undefinedOn).andNot(imported);

  const findings: PairingFinding[] = [];
  const report = (targets: TargetSet, listed: string, where: string): void => {
    if (targets.isEmpty) return;
    const span = nameSpan(pairing, declared);
    const related = providers(pairing, own, undefinedOn);
    findings.push({ file: file.name, span, message: listed + where, listed, targets, related });
  };
  const { targets } = snapshot.world;
  const where = undefinedOn.equals(file.targets) ? "" : ` on ${describeTargets(undefinedOn, targets)}`;
  report(
    undefinedOn,
    `${name} has no body, and nothing provides it`,
    where + elsewhere(pairing, own, undefinedOn),
  );
  report(
    rejectedOn,
    `${name} has no body, which the compiler accepts only beside assembly: no .s file is built`,
    ` on ${describeTargets(rejectedOn, targets)}`,
  );
  return findings;
}

/**
 * Of `targets`, those on which the function is used. The linker misses only what something refers to, and it is a
 * habit to declare a function for all targets and to call it on some. What is exported, anybody may call.
 */
function usedOn(pairing: Pairing, { name }: Declared, targets: TargetSet): TargetSet {
  if (targets.isEmpty || /^\p{Lu}/u.test(name)) return targets;
  const { table, snapshot } = pairing;
  const symbol = `${table.path}.${name}`;
  const links = linksOf(snapshot);
  let unused = targets;
  for (const { directory, item } of links.linknames.get(symbol) ?? [])
    if (directory !== table.directory) unused = unused.andNot(item.targets);
  for (const { mentions } of links.withAssembly) {
    if (unused.isEmpty) return targets;
    unused = unused.andNot(mentions(symbol, unused).does);
  }
  return targets.andNot(unusedOn(pairing, name, unused));
}

/** Of `targets`, those on which nothing defines the symbol as far as the tree tells. */
function unprovided(pairing: Pairing, symbol: string, targets: TargetSet): TargetSet {
  const { snapshot, table, isNamed } = pairing;
  const links = linksOf(snapshot);
  const nowhere = TargetSet.none(targets.length);
  const texts = table.textsByName.get(symbol) ?? [];
  let left = without(
    targets,
    texts.filter(({ isStatic }) => !isStatic).map((text) => text.targets),
  );
  if (left.isEmpty) return left;
  const parts = splitSymbol(symbol);
  if (!parts) return nowhere;
  left = left.and(notIntrinsic(pairing, symbol));
  if (left.isEmpty) return left;
  if (parts.path !== table.path) {
    const pkg = foreignPackage(pairing, parts.path);
    if (!pkg) return nowhere;
    const declarations = pkg.scope.get(parts.name) ?? [];
    left = without(
      left,
      declarations.map(({ file }) => file.targets),
    );
  } else if (!isNamed) {
    // Nothing is known of who might provide for a loose directory, unless assembly clearly means to.
    return texts.length > 0 ? left : nowhere;
  }
  left = providedByOthers(pairing, symbol, left);
  if (left.isEmpty) return left;
  return links.isComplete() ? left : nowhere;
}

function providedByOthers({ snapshot }: Pairing, symbol: string, targets: TargetSet): TargetSet {
  const { world } = snapshot;
  const links = linksOf(snapshot);
  // Only in its own package does the compiler wrap assembly for Go's calls in registers.
  const texts = (links.foreignTexts.get(symbol) ?? []).map(({ item }) =>
    item.abi === "ABIInternal" ? item.targets : item.targets.andNot(registerTargets(world)),
  );
  // A directive for a function without a body only asks for the symbol.
  const pushes = (links.linknames.get(symbol) ?? [])
    .filter(({ item }) => item.localKind !== "bodyless" && !item.isTest)
    .map(({ item }) => item.targets);
  return without(targets, [
    ...texts,
    ...pushes,
    links.imported.get(symbol) ?? TargetSet.none(targets.length),
  ]);
}

function notIntrinsic({ snapshot }: Pairing, symbol: string): TargetSet {
  const { targets } = snapshot.world;
  return TargetSet.where(targets.length, (i) => !isIntrinsic(symbol, targets[i]!.goarch));
}

/** The targets on which `//go:wasmimport` makes the function one of the host's. */
function importedByWebAssembly({ snapshot, package: pkg }: Pairing, { decl, file }: Declared): TargetSet {
  const { targets } = snapshot.world;
  // The declaration may know an older state of its file.
  const now = pkg.files.find(({ name }) => name === file.name)?.summary;
  const isImported = now?.directives.some(
    (directive) => directive.name === "go:wasmimport" && now.decls[directive.decl] === decl,
  );
  if (!isImported) return TargetSet.none(targets.length);
  return TargetSet.where(targets.length, (i) => targets[i]!.goarch === "wasm");
}

/**
 * The targets on which the go command tells the compiler that every function of the package has a body
 * (-complete): it does where it sees nothing but Go, some packages of the standard library excepted.
 */
function completeTargets({ snapshot, package: pkg, table, targets }: Pairing): TargetSet {
  const isStandard = snapshot.world.trees.some(
    (tree) => tree.kind === "goroot" && pkg.directory.startsWith(tree.src),
  );
  if (isStandard && packagesWithoutComplete.has(pkg.path)) return TargetSet.none(targets.length);
  const cgo = pkg.files.filter(({ summary }) => summary.imports.some(({ path }) => path === "C"));
  return without(targets, [table.assembly, ...cgo.map((file) => file.targets)]);
}

/** Where the symbol is defined on other targets. */
function providers({ snapshot, table }: Pairing, symbol: string, not: TargetSet): readonly Related[] {
  const texts = (table.textsByName.get(symbol) ?? []).filter((text) => !text.targets.andNot(not).isEmpty);
  return samePlaces(texts).map(({ file, span, targets }) => ({
    directory: table.directory,
    file,
    span,
    message: `provided on ${describeTargets(targets, snapshot.world.targets)}`,
  }));
}

/** The part of the message that says which files have it: few by name, many by number. */
function elsewhere({ table }: Pairing, symbol: string, not: TargetSet): string {
  const texts = (table.textsByName.get(symbol) ?? []).filter(({ targets }) => !targets.andNot(not).isEmpty);
  const files = [...new Set(texts.map(({ file }) => file))];
  if (files.length === 0) return "";
  const [first, ...others] = files;
  const more =
    others.length > 2 ? ` and ${others.length} other files` : others.map((file) => `, ${file}`).join("");
  return `; assembly for other targets is in ${first}${more}`;
}
