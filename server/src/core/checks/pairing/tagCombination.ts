/**
 * Functions that are provided nowhere, or twice, under other values of the custom
 * build tags that a package's files mention (`purego`, `noasm`): the Go files and the
 * assembly are selected by constraints that do not fit together. What is wrong
 * without any tag is left to the other checks. Only functions that some assembly
 * of the package defines are looked at, and only where all files can be read.
 */
import type { Span } from "../../base/span.ts";
import { isIntrinsic, packagesWithoutComplete } from "../../facts/compilerFunctions.ts";
import { type AsmUnit, asmUnits } from "../../model/asm/asmUnit.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { type BuildConfig, selectingTargets } from "../../model/targets/selectFile.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { isTestName } from "../../syntax/build/fileName.ts";
import type { BuildHeader } from "../../syntax/build/header.ts";
import type { GoDecl } from "../../syntax/go/ast.ts";
import { linkName } from "../../linking/symbolName.ts";
import { selection } from "../../workspace/selection.ts";
import type { AsmSource, GoSource } from "../../workspace/sourceFile.ts";
import type { World } from "../../workspace/world.ts";
import type { Related } from "../finding.ts";
import { customTags } from "../../model/targets/customTags.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding } from "./pairing.ts";
import { uses } from "../../linking/usage.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";
import { meantTag } from "../buildtag/meantTag.ts";

export const tagCombination: Check<"tag-combination"> = pairingCheck({
  code: "tag-combination",
  stage: "tree",
  severity: "warning",
  title: "With another value of a build tag, a function is provided nowhere, or twice",
  why: [
    "A tag such as `purego` or `noasm` exchanges assembly for Go code. The constraints of four kinds of files have to",
    "fit together for that: the declarations without a body, the assembly, the Go code in its place, and the files of",
    "the architectures that have no assembly. Where they leave a gap or overlap, only a build with the tag fails,",
    "on the targets concerned, and it is seldom tried. Both values of each custom tag are tried where a package's",
    "files mention at most four.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
//go:build !purego

TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
-- add_generic.go --
//go:build !amd64

package p

func add(x, y int64) int64 { return x + y }
`,
  good: `
-- add_amd64.go --
//go:build !purego

package p

func add(x, y int64) int64
-- add_amd64.s --
//go:build !purego

TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
-- add_generic.go --
//go:build !amd64 || purego

package p

func add(x, y int64) int64 { return x + y }
`,
  rule: combinations,
});

/** Toolchains that never meet assembly of Go's own, and a system that is gone. */
const untried: ReadonlySet<string> = new Set(["tinygo", "llgo", "gccgo", "gopherjs", "appengine"]);

/** Whether both values of a tag are worth trying: not of one that is misspelt, which `unknown-tag` says. */
function isTried(tag: string): boolean {
  return !untried.has(tag) && meantTag(tag) === undefined;
}

/** With more tags than this, nobody means all combinations to work. */
const mostTags = 4;

function combinations(linked: LinkedPackage): PairingFinding[] {
  const files = readFiles(linked);
  const tags = [...new Set(files.flatMap((file) => file.tags))].filter(isTried).sort();
  if (tags.length === 0 || tags.length > mostTags) return [];
  const names = providedNames(linked, files);
  if (!names || names.size === 0) return [];

  const findings: PairingFinding[] = [];
  const reported: { readonly key: string; readonly flips: number; readonly targets: TargetSet }[] = [];
  const plain = faultsOf(linked, files, names, tags, 0);
  // The fewer tags it takes the better: what one tag does is not said again of two.
  const combinations = Array.from({ length: 2 ** tags.length - 1 }, (_, n) => n + 1);
  for (const flips of combinations.sort((a, b) => bitCount(a) - bitCount(b) || a - b)) {
    for (const [key, fault] of faultsOf(linked, files, names, tags, flips)) {
      let { targets } = fault;
      const before = plain.get(key);
      if (before) targets = targets.andNot(before.targets);
      for (const other of reported)
        if (other.key === key && (other.flips & flips) === other.flips)
          targets = targets.andNot(other.targets);
      if (targets.isEmpty) continue;
      reported.push({ key, flips, targets });
      const { file, span, what, related } = fault;
      const on = describeTargets(targets, linked.snapshot.world.targets);
      const having = withTags(linked, tags, flips);
      const message = `${having} on ${on}: ${what}`;
      findings.push({ file, span, message, listed: `${having}: ${what}`, targets, related });
    }
  }
  return joined(findings);
}

/** What tags do to many functions of a file on the same targets is said once, of the first; the others are related. */
function joined(findings: readonly PairingFinding[]): PairingFinding[] {
  const groups = new Map<string, PairingFinding[]>();
  for (const finding of findings) {
    const { file, message, targets } = finding;
    // The same words but for the function's name.
    const key = `${file} ${message.replace(/: \S+ /, ": ")} ${[...targets].join()}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map(([first, ...others]): PairingFinding => {
    if (others.length === 0) return first!;
    const count = `${others.length} other ${others.length === 1 ? "function" : "functions"}`;
    return { ...first!, message: `${first!.message}; the same of ${count} of this file` };
  });
}

function bitCount(n: number): number {
  return n === 0 ? 0 : (n & 1) + bitCount(n >> 1);
}

function withTags({ snapshot }: LinkedPackage, tags: readonly string[], flips: number): string {
  const given = snapshot.world.context.tags;
  const flipped = tags.filter((_, n) => (flips >> n) & 1);
  const set = flipped.filter((tag) => !given.includes(tag));
  const unset = flipped.filter((tag) => given.includes(tag));
  return [...tagsAs("with", set), ...tagsAs("without", unset)].join(" and ");
}

function tagsAs(word: string, tags: readonly string[]): string[] {
  return tags.length === 0 ? [] : [`${word} tag${tags.length > 1 ? "s" : ""} ${tags.join(" and ")}`];
}

/** A file of the package under some tags. */
interface TaggedFile {
  readonly source: GoSource | AsmSource;
  readonly header: BuildHeader;
  readonly importsC: boolean;
  /** The custom tags it mentions: without any it is built as ever. */
  readonly tags: readonly string[];
}

/** The files of the package and its assembly, tests and other programs left out. */
function readFiles({ snapshot, package: pkg }: LinkedPackage): readonly TaggedFile[] {
  const { world } = snapshot;
  const name = pkg.files.find(({ isTest }) => !isTest)?.summary.packageName;
  const files: TaggedFile[] = [];
  for (const source of snapshot.directories.get(pkg.directory)?.files.values() ?? []) {
    if ((source.kind !== "go" && source.kind !== "asm") || isTestName(source.name)) continue;
    if (source.kind === "go" && source.packageName !== name) continue;
    const { kind, header } = selection(world, source);
    if (kind === "ignored" || kind === "other" || header.invalid) continue;
    files.push({ source, header, importsC: kind === "cgo", tags: customTags(header) });
  }
  return files;
}

interface Declaration {
  readonly file: TaggedFile;
  readonly span: Span;
  readonly kind: "bodyless" | "function" | "other";
}

interface Text {
  readonly file: TaggedFile;
  readonly span: Span;
  readonly abi: string;
  readonly isDupOk: boolean;
  /** Where the preprocessor leaves it in. */
  readonly targets: TargetSet;
}

interface Provided {
  readonly declarations: readonly Declaration[];
  readonly texts: readonly Text[];
}

/** The functions with assembly that a file with custom tags has to do with; undefined where not all can be read. */
function providedNames(
  linked: LinkedPackage,
  files: readonly TaggedFile[],
): ReadonlyMap<string, Provided> | undefined {
  const { table, snapshot, package: pkg } = linked;
  const tagged = files.filter(({ tags }) => tags.length > 0);
  const texts = new Map<string, Text[]>();
  for (const file of tagged) {
    if (file.source.kind !== "asm") continue;
    const units = unitsOf(linked, file.source);
    if (!units) return undefined;
    for (const { texts: heads, targets } of units) {
      for (const { name: written, isStatic, abi = "ABI0", isDupOk, span } of heads) {
        const symbol = linkName(table.path, written);
        if (isStatic || !table.isOwn(symbol)) continue;
        add(texts, symbol.slice(table.path.length + 1), { file, span, abi, isDupOk, targets });
      }
    }
  }
  const names = new Set(texts.keys());
  const declarations = new Map<string, Declaration[]>();
  const addDeclaration = (file: TaggedFile, decl: GoDecl, name: string): void => {
    const source = file.source as GoSource;
    const place = source.go.declSpans[source.go.summary.decls.indexOf(decl)];
    if (!place) return;
    const start = place.header.start + Math.max(decl.header.indexOf(name, "func".length), 0);
    const kind = decl.kind !== "func" ? "other" : decl.hasBody ? "function" : "bodyless";
    add(declarations, name, { file, span: { start, end: start + name.length }, kind });
  };
  // A directive gives the function another symbol, or takes its body from elsewhere.
  const renamed = new Set<string>();
  for (const file of tagged) {
    if (file.source.kind !== "go") continue;
    const { decls, directives } = file.source.go.summary;
    for (const { name, args } of directives) if (name === "go:linkname") renamed.add(args.split(/[ \t]/)[0]!);
    for (const decl of decls) {
      if (decl.kind === "func" && decl.isMethod) continue;
      const declared = decl.kind === "const" || decl.kind === "var" ? decl.names : [decl.name];
      for (const name of declared) {
        if (!texts.has(name) && !table.textsByName.has(`${table.path}.${name}`)) continue;
        addDeclaration(file, decl, name);
        names.add(name);
      }
    }
  }
  const provided = new Map<string, Provided>();
  if (names.size === 0) return provided;
  const fixed = new Map(
    files.flatMap((file) => (file.tags.length === 0 ? [[file.source.name, file] as const] : [])),
  );
  const { linknames, foreignTexts } = linksOf(snapshot);
  for (const name of names) {
    const symbol = `${table.path}.${name}`;
    if (renamed.has(name) || table.linknamesByLocal.has(name)) continue;
    if (linknames.has(symbol) || foreignTexts.has(symbol)) continue;
    // The link table has what is built without further tags.
    for (const text of table.textsByName.get(symbol) ?? []) {
      const file = fixed.get(text.file);
      if (file && !text.isStatic) add(texts, name, { ...text, file });
    }
    for (const { decl, file } of pkg.scope.get(name) ?? []) {
      const source = fixed.get(file.name);
      if (source) addDeclaration(source, decl, name);
    }
    provided.set(name, { declarations: byFile(declarations.get(name)), texts: byFile(texts.get(name)) });
  }
  return provided;
}

function byFile<T extends { readonly file: TaggedFile }>(list: readonly T[] = []): readonly T[] {
  return list.toSorted((a, b) => (a.file.source.name < b.file.source.name ? -1 : 1));
}

function add<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}

const unitsOfFiles = new WeakMap<AsmSource, readonly AsmUnit[]>();

/** The file as each target reads it, whether it builds it or not; undefined where it includes what is not at hand. */
function unitsOf({ snapshot, package: pkg }: LinkedPackage, file: AsmSource): readonly AsmUnit[] | undefined {
  const { world } = snapshot;
  const files = snapshot.directories.get(pkg.directory)?.files;
  const { includes, isConditional, texts } = file.asm.outline;
  const isPlain = !isConditional && includes.every((path) => plainHeaders.test(path));
  if (isPlain)
    return [{ targets: world.allTargets, texts, mentions: () => false, isExact: true, isUnknown: false }];
  const header = (path: string) => {
    const found = files?.get(path);
    return found && "asm" in found ? found.asm : undefined;
  };
  if (includes.some((path) => !plainHeaders.test(path) && !header(path))) return undefined;
  let units = unitsOfFiles.get(file);
  if (!units) unitsOfFiles.set(file, (units = asmUnits(file.asm, world.allTargets, world, header)));
  return units.some(({ isUnknown }) => isUnknown) ? undefined : units;
}

/** Headers that every assembly file may have, which define no TEXT and no macro for one. */
const plainHeaders = /^(textflag|funcdata|go_asm|go_tls|asm_\w+)\.h$/;

interface Fault {
  readonly file: string;
  readonly span: Span;
  readonly what: string;
  readonly targets: TargetSet;
  readonly related: readonly Related[];
}

/** What is wrong where those tags have their other value whose bits are set in `flips`: by function and kind of fault. */
function faultsOf(
  linked: LinkedPackage,
  files: readonly TaggedFile[],
  names: ReadonlyMap<string, Provided>,
  tags: readonly string[],
  flips: number,
): ReadonlyMap<string, Fault> {
  const { snapshot, table } = linked;
  const { world } = snapshot;
  const none = TargetSet.none(world.targets.length);
  const config = configWith(world, tags, flips);
  const selected = new Map(files.map((file) => [file, targetsUnder(world, config, file, flips)]));
  const union = (list: Iterable<TaggedFile>): TargetSet => {
    let all = none;
    for (const file of list) all = all.or(selected.get(file)!);
    return all;
  };
  const goFiles = files.filter(({ source }) => source.kind === "go");
  const built = union(goFiles);
  const assembly = union(files.filter(({ source }) => source.kind === "asm"));
  const faults = new Map<string, Fault>();
  const report = (
    key: string,
    at: Declaration | Text,
    targets: TargetSet,
    what: string,
    others: Place[],
  ): void => {
    if (targets.isEmpty) return;
    const related = others.map(({ file, span, message }) => ({
      directory: table.directory,
      file: file.source.name,
      span,
      message,
    }));
    faults.set(key, { file: at.file.source.name, span: at.span, what, targets, related });
  };

  for (const [name, { declarations, texts }] of names) {
    const on = (declaration: Declaration): TargetSet => selected.get(declaration.file)!;
    const textOn = ({ file, targets }: Text): TargetSet => selected.get(file)!.and(targets).and(built);
    const provided = texts.reduce((all, text) => all.or(textOn(text)), none);
    const kinds = (...kinds: Declaration["kind"][]): TargetSet =>
      declarations.reduce((all, found) => (kinds.includes(found.kind) ? all.or(on(found)) : all), none);
    const bodyless = declarations.filter(({ kind }) => kind === "bodyless");
    const open = kinds("bodyless").andNot(provided).andNot(kinds("function", "other"));
    const users = (within: TargetSet): TargetSet =>
      goFiles.reduce((all, file) => {
        const here = selected.get(file)!.and(within);
        const mayAdd = !here.andNot(all).isEmpty;
        return mayAdd && uses(file.source as GoSource, name) ? all.or(here) : all;
      }, none);
    if (!open.isEmpty) {
      // The compiler asks for bodies where there is no assembly at all, the linker where something calls.
      const refused = packagesWithoutComplete.has(table.path) ? none : open.andNot(assembly);
      // What is there already without tags is no news, used or not.
      const isAny = flips === 0 || /^\p{Lu}/u.test(name);
      const missed = isAny ? open : refused.or(users(open));
      const isMade = (i: number): boolean => isIntrinsic(`${table.path}.${name}`, world.targets[i]!.goarch);
      const left = missed.andNot(TargetSet.where(none.length, isMade));
      const at = bodyless.find((found) => !on(found).and(left).isEmpty);
      const others = texts.map(({ file, span }) => ({ file, span, message: "not built there" }));
      if (at) report(`${name} missing`, at, left, `${name} has neither a body nor a TEXT`, others);
    }
    // One place where a name is there twice is enough.
    const second = secondOf(declarations, on, () => true);
    if (second) {
      const { file } = second.before;
      const where = file === second.item.file ? "above" : `in ${file.source.name}`;
      const others = [{ ...second.before, message: "declared here too" }];
      report(`${name} redeclared`, second.item, second.targets, `${name} is also declared ${where}`, others);
    }
    const again = secondOf(texts, textOn, (a, b) => a.abi === b.abi && !(a.isDupOk && b.isDupOk));
    if (again) {
      const others = [{ ...again.before, message: "defined here too" }];
      const what = `${name} is also defined in ${again.before.file.source.name}`;
      report(`${name} defined twice`, again.item, again.targets, what, others);
    }
    const bodies = kinds("function")
      .and(provided)
      .andNot(second?.targets ?? none);
    const body = declarations.find((found) => found.kind === "function" && !on(found).and(bodies).isEmpty);
    const text = body && texts.find((found) => !textOn(found).and(bodies).and(on(body)).isEmpty);
    if (text) {
      const others = [{ ...body, message: "has a body here" }];
      const what = `${name} also has a body in ${body.file.source.name}`;
      report(`${name} with body`, text, bodies, what, others);
    }
  }
  return faults;
}

interface Place {
  readonly file: TaggedFile;
  readonly span: Span;
  readonly message: string;
}

/** The first that is built together with one before it that `clashes` with it, and where. */
function secondOf<T>(
  list: readonly T[],
  on: (item: T) => TargetSet,
  clashes: (item: T, before: T) => boolean,
): { readonly item: T; readonly before: T; readonly targets: TargetSet } | undefined {
  for (const [n, item] of list.entries()) {
    for (const before of list.slice(0, n)) {
      const targets = on(item).and(on(before));
      if (!targets.isEmpty && clashes(item, before)) return { item, before, targets };
    }
  }
  return undefined;
}

const configs = new WeakMap<World, Map<string, BuildConfig>>();

function configWith(world: World, tags: readonly string[], flips: number): BuildConfig {
  if (flips === 0) return world;
  let known = configs.get(world);
  if (!known) configs.set(world, (known = new Map()));
  const flipped = tags.filter((_, n) => (flips >> n) & 1);
  const key = flipped.join();
  let config = known.get(key);
  if (!config) {
    const given = world.context.tags;
    const set = [
      ...given.filter((tag) => !flipped.includes(tag)),
      ...flipped.filter((tag) => !given.includes(tag)),
    ];
    known.set(key, (config = { targets: world.targets, context: { ...world.context, tags: set } }));
  }
  return config;
}

function targetsUnder(
  world: World,
  config: BuildConfig,
  { source, header, importsC, tags }: TaggedFile,
  flips: number,
) {
  if (flips === 0 || tags.length === 0) return selection(world, source).targets;
  const packageName = source.kind === "go" ? source.packageName : "";
  return selectingTargets(config, { name: source.name, header, packageName, importsC });
}
