/**
 * What one directory tells the linker: the symbols its assembly defines and
 * mentions, and the names its Go files give away or take from other packages by
 * directives. Names are the linker's: `runtime.exit`, `internal/bytealg.Index`,
 * `_rt0_amd64_linux`. One table serves all targets.
 */
import type { Span } from "../base/span.ts";
import { type AsmText, type AsmUnit, asmUnits } from "../model/asm/asmUnit.ts";
import { tagsOf } from "../model/targets/tags.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { isTestName } from "../syntax/build/fileName.ts";
import type { GoDecl } from "../syntax/go/ast.ts";
import { directiveMarks, hasMark } from "../workspace/directiveMarks.ts";
import { importPathOf, treeOf } from "../workspace/importPath.ts";
import { type ReadFile, readIncluded } from "../workspace/includedFile.ts";
import { selection } from "../workspace/selection.ts";
import type { Directory } from "../workspace/snapshot.ts";
import type { AsmSource, GoSource, SourceFile } from "../workspace/sourceFile.ts";
import type { World } from "../workspace/world.ts";
import { linkName, remoteName } from "./symbolName.ts";

export interface LinkTable {
  readonly directory: string;
  /** As the linker knows the package: `main` for a command. */
  readonly path: string;
  /** Whether there is assembly of which nobody knows what it defines: its macros have no end. */
  readonly hasUnknown: boolean;
  /** In the order of files and positions. */
  readonly texts: readonly LinkText[];
  /** Whether a symbol belongs to the package. */
  isOwn(symbol: string): boolean;
  readonly textsByName: ReadonlyMap<string, readonly LinkText[]>;
  readonly linknames: readonly Linkname[];
  /** Those of `linknames` that name a symbol, by that symbol. */
  readonly linknamesByRemote: ReadonlyMap<string, readonly Linkname[]>;
  /** Those of `linknames` for a name of the package. */
  readonly linknamesByLocal: ReadonlyMap<string, readonly Linkname[]>;
  /** Symbols of C that `//go:cgo_import_dynamic` and its like bring in. */
  readonly imported: ReadonlyMap<string, TargetSet>;
  /** Symbols of Go and assembly that `//go:cgo_export_static` and its like show to C. */
  readonly exported: ReadonlyMap<string, TargetSet>;
  /** The targets on which any assembly file is built. */
  readonly assembly: TargetSet;
  /** The targets on which a `.syso` file is linked with the package, of which nobody knows what it refers to. */
  readonly objects: TargetSet;
  /** Where assembly here mentions a symbol, not counting where it defines it; elsewhere than `within` nobody looks. */
  mentions(symbol: string, within: TargetSet): Mention;
}

/** Where assembly names a symbol. */
export interface Mention {
  /** At most there: in a condition or a macro it may stand for nothing. */
  readonly may: TargetSet;
  /** At least there. */
  readonly does: TargetSet;
}

/** A TEXT symbol. */
export interface LinkText {
  readonly name: string;
  readonly isStatic: boolean;
  /** Whether Go calls it in registers, on targets where that makes a difference. */
  readonly abi: "ABI0" | "ABIInternal";
  readonly isDupOk: boolean;
  readonly file: string;
  readonly span: Span;
  readonly targets: TargetSet;
}

/** A `//go:linkname` or `//go:linknamestd` directive. */
export interface Linkname {
  /** Whether it is of the second kind, which gives a name to the standard library alone (Go 1.27). */
  readonly isStandard: boolean;
  readonly local: string;
  /** undefined in the form that only marks the local name. */
  readonly remote: string | undefined;
  /** What the local name is, as far as its own file tells. */
  readonly localKind: "function" | "bodyless" | "other" | "unknown";
  readonly file: string;
  readonly isTest: boolean;
  readonly targets: TargetSet;
}

export function createLinkTable(world: World, directory: Directory, read: ReadFile<AsmText>): LinkTable {
  const path = packagePath(world, directory);
  const texts: LinkText[] = [];
  const linknames: Linkname[] = [];
  const imported = new Map<string, TargetSet>();
  const exported = new Map<string, TargetSet>();
  let assembly = TargetSet.none(world.targets.length);
  let objects = assembly;
  const units: AsmUnit[] = [];
  for (const file of byName(directory)) {
    // Finding out who selects a Go file may take parsing it, so most are passed over before.
    if (file.kind === "header" || file.kind === "c" || (file.kind === "go" && !mayLink(file))) continue;
    const { targets } = selection(world, file);
    if (file.kind === "object") objects = objects.or(targets);
    if (file.kind === "object" || targets.isEmpty) continue;
    if (file.kind === "asm") {
      assembly = assembly.or(targets);
      const found = unitsOf(world, directory.path, path, file, read);
      units.push(...found.units);
      texts.push(...found.texts);
    } else {
      const found = directivesOf(file, targets);
      linknames.push(...found.linknames);
      for (const [name, where] of found.imported) addTargets(imported, name, where);
      for (const [name, where] of found.exported) addTargets(exported, name, where);
    }
  }
  return {
    directory: directory.path,
    path,
    hasUnknown: units.some(({ isUnknown }) => isUnknown),
    texts,
    isOwn: (symbol) =>
      symbol.startsWith(path) && symbol[path.length] === "." && !symbol.includes("/", path.length),
    textsByName: grouped(texts, ({ name }) => name),
    linknames,
    linknamesByRemote: grouped(linknames, ({ remote }) => remote),
    linknamesByLocal: grouped(linknames, ({ local }) => local),
    imported,
    exported,
    assembly,
    objects,
    mentions: (symbol, within) => mentionsOf(symbol, path, units, within),
  };
}

/** Whether two states of a directory tell others the same: typing in bodies makes no difference. */
export function linksAlike(world: World, before: Directory, after: Directory): boolean {
  if (before.files.size !== after.files.size) return false;
  for (const [name, file] of after.files) {
    const old = before.files.get(name);
    if (old !== file && (!old || fileFacts(world, old) !== fileFacts(world, file))) return false;
  }
  return true;
}

const factsOfFiles = new WeakMap<SourceFile, string>();

function fileFacts(world: World, file: SourceFile): string {
  let facts = factsOfFiles.get(file);
  if (facts === undefined) factsOfFiles.set(file, (facts = findFacts(world, file)));
  return facts;
}

function findFacts(world: World, file: SourceFile): string {
  if (file.kind === "header") return file.text;
  if (file.kind === "c") return "";
  const selected = [...selection(world, file).targets].join();
  if (file.kind === "object") return selected;
  if (file.kind === "asm") {
    const { texts, mentions, isConditional, includes } = file.asm.outline;
    if (isConditional) return `${selected} ${file.text}`;
    const heads = texts.map(({ name, isStatic, abi, isDupOk }) => `${name} ${isStatic} ${abi} ${isDupOk}`);
    return [selected, ...heads, ...includes, ...[...mentions].sort()].join("\n");
  }
  // External tests declare nothing that is linked with others.
  if (isTestName(file.name) && !mayLink(file)) return selected;
  const { decls, directives, imports } = file.go.summary;
  const names = decls.map((decl) =>
    decl.kind === "func" ? `${decl.name} ${decl.hasBody}` : decl.kind === "var" ? decl.names.join() : "",
  );
  return [
    selected,
    file.packageName,
    ...imports.map(({ path }) => path),
    ...names,
    ...directives.map(({ name, args }) => `${name} ${args}`),
  ].join("\n");
}

const linkingWords = ["linkname", "cgo_"];

/** What the text of a Go file holds that has a directive which concerns the linker. */
export const linkingMarks: readonly string[] = linkingWords.map((word) => `//go:${word}`);

/** Whether the file may have such a directive: a look at its text, so that few files need be parsed. */
function mayLink(source: GoSource): boolean {
  return directiveMarks(source).some((at) => linkingWords.some((word) => hasMark(source, at, word)));
}

/** What the linker's names of a directory's symbols begin with. */
export function packagePath(world: World, directory: Directory): string {
  for (const file of directory.files.values()) {
    if (file.kind !== "go" || file.packageName !== "main" || isTestName(file.name)) continue;
    // A file that nobody builds is often a program by itself.
    if (!selection(world, file).targets.isEmpty) return "main";
  }
  return importPathOf(world.trees, directory.path);
}

function byName(directory: Directory) {
  return [...directory.files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Units {
  readonly path: string;
  readonly units: readonly AsmUnit[];
  readonly texts: readonly LinkText[];
  /** What its `#include` lines meant. */
  readonly included: ReadonlyMap<string, AsmText | undefined>;
}

const unitsOfFiles = new WeakMap<AsmSource, Units>();

/** The units of a file, remembered for as long as it and what it includes stay the same. */
function unitsOf(
  world: World,
  directory: string,
  path: string,
  file: AsmSource,
  read: ReadFile<AsmText>,
): Units {
  const find = (name: string): AsmText | undefined => readIncluded(world, directory, name, read);
  const known = unitsOfFiles.get(file);
  if (known?.path === path && [...known.included].every(([name, text]) => find(name) === text)) return known;
  const included = new Map<string, AsmText | undefined>();
  const units = asmUnits(file.asm, selection(world, file).targets, world, (name) => {
    const text = find(name);
    included.set(name, text);
    return text;
  });
  const texts: LinkText[] = [];
  for (const unit of units) addTexts(world, path, file.name, unit, texts);
  const made = { path, units, texts, included };
  unitsOfFiles.set(file, made);
  return made;
}

function addTexts(world: World, path: string, file: string, unit: AsmUnit, texts: LinkText[]): void {
  for (const { name, isStatic, abi, isDupOk, span } of unit.texts) {
    const symbol = linkName(path, name);
    const add = (abi: LinkText["abi"], targets: TargetSet): void => {
      if (!targets.isEmpty) texts.push({ name: symbol, isStatic, isDupOk, file, span, abi, targets });
    };
    const inRegisters = abi === "ABIInternal" ? unit.targets.and(registerTargets(world)) : undefined;
    const onStack = inRegisters ? unit.targets.andNot(inRegisters) : unit.targets;
    if (inRegisters) add("ABIInternal", inRegisters);
    add("ABI0", onStack);
  }
}

const registerTargetsOf = new WeakMap<World, TargetSet>();

/** Where the two calling conventions differ; elsewhere the linker takes one for the other (`ABIToVersion` in cmd/link/internal/sym). */
export function registerTargets(world: World): TargetSet {
  let found = registerTargetsOf.get(world);
  if (!found) {
    const has = world.targets.map((target) => tagsOf(target, world.context)("goexperiment.regabiwrappers"));
    found = TargetSet.where(world.targets.length, (i) => has[i]!);
    registerTargetsOf.set(world, found);
  }
  return found;
}

interface Directives {
  readonly linknames: readonly Linkname[];
  readonly imported: ReadonlyMap<string, TargetSet>;
  readonly exported: ReadonlyMap<string, TargetSet>;
}

const directivesOfFiles = new WeakMap<GoSource, Directives>();

function directivesOf(source: GoSource, targets: TargetSet): Directives {
  let found = directivesOfFiles.get(source);
  if (!found) directivesOfFiles.set(source, (found = findDirectives(source, targets)));
  return found;
}

function findDirectives({ name: file, go }: GoSource, targets: TargetSet): Directives {
  const linknames: Linkname[] = [];
  const imported = new Map<string, TargetSet>();
  const exported = new Map<string, TargetSet>();
  const { directives, decls } = go.summary;
  const kinds = localKinds(decls);
  for (const { name, args } of directives) {
    const [local = "", remote] = args.split(/[ \t]+/);
    if (name === "go:linkname" || name === "go:linknamestd") {
      linknames.push({
        isStandard: name === "go:linknamestd",
        local,
        remote: remote === undefined ? undefined : remoteName(remote),
        localKind: kinds.get(local) ?? "unknown",
        file,
        isTest: isTestName(file),
        targets,
      });
    } else if (name === "go:cgo_import_dynamic" || name === "go:cgo_import_static") {
      imported.set(local, targets);
    } else if (name === "go:cgo_export_dynamic" || name === "go:cgo_export_static") {
      exported.set(local, targets);
    }
  }
  return { linknames, imported, exported };
}

/** One directive is read once for each way to expand its file; here it counts once, for all targets together. */
export function textLocations(texts: readonly LinkText[]): Pick<LinkText, "file" | "span" | "targets">[] {
  const found = new Map<string, Pick<LinkText, "file" | "span" | "targets">>();
  for (const { file, span, targets, isStatic } of texts) {
    if (isStatic) continue;
    const key = `${file} ${span.start}`;
    const same = found.get(key);
    found.set(key, { file, span, targets: same ? same.targets.or(targets) : targets });
  }
  return [...found.values()];
}

export function addTargets(sets: Map<string, TargetSet>, key: string, targets: TargetSet): void {
  sets.set(key, sets.get(key)?.or(targets) ?? targets);
}

function localKinds(decls: readonly GoDecl[]): Map<string, Linkname["localKind"]> {
  const kinds = new Map<string, Linkname["localKind"]>();
  for (const decl of decls) {
    if (decl.kind === "func" && !decl.isMethod) kinds.set(decl.name, decl.hasBody ? "function" : "bodyless");
    else if (decl.kind === "var") for (const name of decl.names) kinds.set(name, "other");
  }
  return kinds;
}

function mentionsOf(symbol: string, path: string, units: readonly AsmUnit[], within: TargetSet): Mention {
  let may = within.andNot(within);
  let does = may;
  if (units.length === 0) return { may, does };
  const written = symbol.replaceAll(".", "·").replaceAll("/", "∕");
  const short = symbol.startsWith(`${path}.`) ? `·${symbol.slice(path.length + 1)}` : written;
  for (const { mentions, targets, isExact } of units) {
    if (targets.and(within).isEmpty) continue;
    if (!mentions(short) && (short === written || !mentions(written))) continue;
    may = may.or(targets);
    if (isExact) does = does.or(targets);
  }
  return { may, does };
}

function grouped<T>(
  list: readonly T[],
  keyOf: (item: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Whether the path's tree is one whose packages have import paths. */
export function hasImportPath(world: World, directory: string): boolean {
  const tree = treeOf(world.trees, directory);
  return tree !== undefined && tree.kind !== "plain";
}
