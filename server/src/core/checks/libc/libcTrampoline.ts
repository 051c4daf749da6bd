/**
 * A trampoline into C that no Go code can reach: nobody takes the address of `open_trampoline`
 * (`abi.FuncPCABI0`, `funcPC`), or uses the variable that assembly puts it in (`DATA
 * ·libc_open_trampoline_addr(SB)/8, $libc_open_trampoline<>(SB)`). One that Go does not even
 * declare is orphan-text's. Any mention counts as a use, but for declarations, prose and tests.
 */
import { containsWord } from "../../base/containsWord.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { mentions } from "../../model/asm/asmUnit.ts";
import { includedTexts } from "../../model/asm/macroClasses.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { addTargets, type LinkText } from "../../linking/linkTable.ts";
import type { AsmSource, GoSource } from "../../workspace/sourceFile.ts";
import type { Related } from "../finding.ts";
import { nameSpan } from "../../workspace/declLocation.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding } from "../pairing/pairing.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";

export const libcTrampoline: Check<"libc-trampoline"> = pairingCheck({
  code: "libc-trampoline",
  stage: "tree",
  severity: "hint",
  title: "Go never uses a trampoline into C",
  why: [
    "A trampoline is called by its address alone, which Go takes with `abi.FuncPCABI0(open_trampoline)` or reads from",
    "a variable that assembly fills, `libc_open_trampoline_addr`. One of which Go only declares the function or the",
    "variable is left over, or another's address is taken in its place; the linker drops it and says nothing. Any",
    "mention in Go code counts as a use, tests left out. Trampolines that Go does not declare are `orphan-text`.",
  ].join("\n"),
  bad: `
-- open_darwin_amd64.go --
package p

import "internal/abi"

//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_close close "/usr/lib/libSystem.B.dylib"

func open_trampoline()
func close_trampoline()

var openAddr = abi.FuncPCABI0(open_trampoline)
var closeAddr = abi.FuncPCABI0(open_trampoline) // the other one
-- open_darwin_amd64.s --
TEXT ·open_trampoline(SB), NOSPLIT, $0-0
	JMP libc_open(SB)

TEXT ·close_trampoline(SB), NOSPLIT, $0-0
	JMP libc_close(SB)
`,
  good: `
-- open_darwin_amd64.go --
package p

import "internal/abi"

//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_close close "/usr/lib/libSystem.B.dylib"

func open_trampoline()
func close_trampoline()

var openAddr = abi.FuncPCABI0(open_trampoline)
var closeAddr = abi.FuncPCABI0(close_trampoline)
-- open_darwin_amd64.s --
TEXT ·open_trampoline(SB), NOSPLIT, $0-0
	JMP libc_open(SB)

TEXT ·close_trampoline(SB), NOSPLIT, $0-0
	JMP libc_close(SB)
`,
  rule: unusedTrampolines,
});

/** The trampolines of a package that no Go code outside its tests can reach, one finding a TEXT. */
function unusedTrampolines(linked: LinkedPackage): PairingFinding[] {
  const { snapshot, table } = linked;
  // What begins with a capital may be used by any package.
  const texts = table.texts.filter(({ name }) => isTrampolineName.test(name));
  if (texts.length === 0) return [];
  const files = snapshot.directories.get(table.directory)?.files;
  const used = usedInGo(linked, texts);
  const found = new Map<string, Unused>();
  for (const text of texts) {
    const source = files?.get(text.file);
    if (source?.kind !== "asm") continue;
    const unused = text.isStatic ? unusedOfFile(linked, source, text, used) : unusedOfGo(linked, text, used);
    if (!unused || unused.targets.isEmpty || !callsC(linked, source, text)) continue;
    const key = `${text.file} ${text.span.start} ${unused.message}`;
    const same = found.get(key);
    const defined = same ? same.text.targets.or(text.targets) : text.targets;
    const targets = same ? same.targets.or(unused.targets) : unused.targets;
    found.set(key, { ...unused, targets, text: { ...text, targets: defined } });
  }
  if (found.size === 0 || !linksOf(snapshot).isComplete()) return [];
  return [...found.values()].map(({ text: { file, span, targets: defined }, message, targets, related }) => {
    const isAll = targets.equals(defined.and(linked.targets));
    const where = isAll ? "" : ` on ${describeTargets(targets, snapshot.world.targets)}`;
    return { file, span, message: message + where, listed: message, targets, related };
  });
}

interface Unused {
  readonly text: LinkText;
  readonly message: string;
  readonly targets: TargetSet;
  readonly related: readonly Related[];
}

const isTrampolineName = /(?:^|[./])[\p{Ll}_]\w*_trampoline$/u;

/** Whether the code of a TEXT calls, or goes on in, what is imported from C. */
function callsC({ table }: LinkedPackage, { text }: AsmSource, { span }: LinkText): boolean {
  const end = text.indexOf("\nTEXT", span.end);
  const code = text.slice(span.end, end < 0 ? undefined : end);
  const called = code.matchAll(/^[ \t]*[A-Z]+[ \t]+([A-Za-z]\w*)\(SB\)/gm);
  return Array.from(called, ([, name]) => name!).some(
    (name) => table.imported.has(name) || name.startsWith("libc_"),
  );
}

/** Where Go declares the trampoline, and nothing takes its address. */
function unusedOfGo(linked: LinkedPackage, text: LinkText, used: Used): Unused | undefined {
  const { package: pkg, table, targets } = linked;
  if (!table.isOwn(text.name)) return undefined;
  const name = text.name.slice(table.path.length + 1);
  let left = unusedBy(used, name, text.targets.and(targets));
  if (left.isEmpty) return undefined;
  const declared = pkg.bodyless.get(name)?.filter(({ file }) => !file.targets.and(left).isEmpty) ?? [];
  const undeclared = left.without(declared.map(({ file }) => file.targets));
  left = left.andNot(undeclared).andNot(table.mentions(text.name, left).may);
  const related = declared.map((one) => ({
    directory: pkg.directory,
    file: one.file.name,
    span: nameSpan(linked.snapshot, one),
    message: "declared here",
  }));
  const message = `nothing takes the address of ${name}`;
  return { text, message, targets: unusedElsewhere(linked, name, left), related };
}

/** Where nothing refers to a trampoline of one file, or only a variable that Go does not use. */
function unusedOfFile(
  linked: LinkedPackage,
  source: AsmSource,
  text: LinkText,
  used: Used,
): Unused | undefined {
  const { name } = text;
  const inAsm = trampolinesInAsm(source);
  if (inAsm.used.has(name)) return undefined;
  const here = text.targets.and(linked.targets);
  const variable = inAsm.addresses.get(name);
  if (variable === undefined) {
    if (isInIncluded(linked, source, name)) return undefined;
    return { text, message: `nothing refers to ${name}`, targets: here, related: [] };
  }
  const left = unusedBy(used, variable, here);
  if (left.isEmpty || !isTrampolineName.test(variable.replace(/_addr$/, ""))) return undefined;
  if (isReadInAsm(linked, variable)) return undefined;
  const message = `nothing uses ${variable}, which holds the address of ${name}`;
  return { text, message, targets: unusedElsewhere(linked, variable, left), related: [] };
}

function isInIncluded({ snapshot, table }: LinkedPackage, { asm }: AsmSource, name: string): boolean {
  const included = includedTexts(asm, (path) => snapshot.included(table.directory, path)?.text);
  return [...included.values()].some((text) => mentions(text, name));
}

function isReadInAsm({ snapshot, table }: LinkedPackage, variable: string): boolean {
  const files = snapshot.directories.get(table.directory)?.files.values() ?? [];
  return [...files].some((file) => file.kind === "asm" && trampolinesInAsm(file).used.has(variable));
}

interface InAsm {
  /** Of trampolines, the variables of the package that are given their addresses. */
  readonly addresses: ReadonlyMap<string, string>;
  /** What is mentioned in any other way than by its own TEXT, DATA and GLOBL. */
  readonly used: ReadonlySet<string>;
}

const ofAsm = new WeakMap<AsmSource, InAsm>();

function trampolinesInAsm(source: AsmSource): InAsm {
  let found = ofAsm.get(source);
  if (!found) ofAsm.set(source, (found = readAsm(source.text)));
  return found;
}

/** A trampoline, or what is called after one. */
const trampolineWord = /(?<!\w)\w*_trampoline\w*/g;

const address = /^[ \t]*DATA[ \t]+·(\w+)\(SB\)\/\d+,[ \t]*\$(\w+)<>\(SB\)/;

function readAsm(text: string): InAsm {
  const addresses = new Map<string, string>();
  const used = new Set<string>();
  for (const line of linesWithMarker(text)) {
    const [, variable, trampoline] = address.exec(line) ?? [];
    if (variable !== undefined && trampoline !== undefined && !addresses.has(trampoline))
      addresses.set(trampoline, variable);
    else if (!/^[ \t]*(?:TEXT|GLOBL|\/\/)/.test(line))
      for (const [name] of line.matchAll(trampolineWord)) used.add(name);
  }
  return { addresses, used };
}

/** Of `targets`, those on which no other package uses a name of this one. */
function unusedElsewhere({ snapshot, table }: LinkedPackage, name: string, targets: TargetSet): TargetSet {
  if (targets.isEmpty) return targets;
  const links = linksOf(snapshot);
  const symbol = `${table.path}.${name}`;
  const others = links.withAssembly.filter(({ directory }) => directory !== table.directory);
  return targets.without([
    ...(links.linknames.get(symbol) ?? []).map(({ item }) => item.targets),
    ...others.map((other) => other.mentions(symbol, targets).may),
  ]);
}

/** By name, the targets on which Go code of the package uses a trampoline or a variable with its address. */
type Used = ReadonlyMap<string, TargetSet>;

function usedInGo({ snapshot, table, package: pkg }: LinkedPackage, texts: readonly LinkText[]): Used {
  const files = snapshot.directories.get(table.directory)?.files;
  const on = texts.reduce((all, { targets }) => all.or(targets), texts[0]!.targets);
  const used = new Map<string, TargetSet>();
  for (const { name: file, targets, isTest } of pkg.files) {
    const source = targets.and(on).isEmpty ? undefined : files?.get(file);
    if (source?.kind !== "go") continue;
    const { mentioned, declared } = trampolinesInGo(source);
    // What a test only lists is not in any program; what it declares is there for the test.
    for (const name of isTest ? declared : mentioned) addTargets(used, name, targets);
  }
  return used;
}

function unusedBy(used: Used, name: string, targets: TargetSet): TargetSet {
  const by = used.get(name);
  return by ? targets.andNot(by) : targets;
}

interface InGo {
  /** Names on lines with trampolines, but for declarations and prose. */
  readonly mentioned: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
}

const ofGo = new WeakMap<GoSource, InGo>();

function trampolinesInGo(source: GoSource): InGo {
  let found = ofGo.get(source);
  if (!found) ofGo.set(source, (found = readGo(source.text)));
  return found;
}

const declaration = /^(?:func[ \t]+(\w+)\(\)|(?:var)?[ \t]+(\w+)[ \t]+uintptr)[ \t\r]*(?:\/\/[^]*)?$/;

function readGo(text: string): InGo {
  const mentioned = new Set<string>();
  const declared = new Set<string>();
  for (const line of linesWithMarker(text)) {
    if (/^[ \t]*\/\/[ \t]/.test(line)) continue;
    const [, func, variable] = declaration.exec(line) ?? [];
    const name = func ?? variable;
    if (name !== undefined) declared.add(name);
    else for (const [word] of line.matchAll(trampolineWord)) mentioned.add(word);
  }
  return { mentioned, declared };
}

function* linesWithMarker(text: string): Generator<string, void, void> {
  if (!containsWord(text, "_trampoline", "_tramp")) return;
  for (let at = text.indexOf("_trampoline"); at >= 0;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    yield text.slice(text.lastIndexOf("\n", at) + 1, end);
    at = text.indexOf("_trampoline", end);
  }
}
