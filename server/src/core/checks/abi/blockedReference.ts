/**
 * References into the standard library that the linker refuses: by `//go:linkname` since
 * Go 1.23, from assembly too, and more of those since Go 1.27. What the library does not
 * mark by a linkname of its own is out of reach for others; what it marks with
 * `//go:linknamestd` is for itself. And where Go calls in registers, assembly reaches a
 * Go function only if the compiler had a reason to make it a second entry.
 *
 * The rules are those of `checkLinkname` in cmd/link/internal/loader/loader.go and of
 * `GenABIWrappers` in cmd/compile/internal/ssagen/abi.go.
 */
import type { Span } from "../../base/span.ts";
import { firstAssemblyChecked, firstChecked, isBlocked, isBuiltin } from "../../facts/blockedLinknames.ts";
import type { Declared, Package } from "../../model/go/packageScope.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { symbolRefs } from "../../syntax/asm/symbolRefs.ts";
import { isTestName } from "../../syntax/build/fileName.ts";
import { codesOf } from "../../workspace/codesOf.ts";
import { treeOf } from "../../workspace/importPath.ts";
import { type Linkname, type LinkTable, registerTargets } from "../../linking/linkTable.ts";
import { linkName } from "../../linking/symbolName.ts";
import { selection } from "../../workspace/selection.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { splitSymbol } from "../../linking/symbolName.ts";
import { packageAt, type LinkedPackage } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding } from "../pairing/pairing.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";

export const blockedReference: Check<"blocked-reference"> = pairingCheck({
  code: "blocked-reference",
  stage: "tree",
  severity: "error",
  title: "The linker refuses a reference into the standard library",
  why: [
    "Since Go 1.23 a `//go:linkname` from outside reaches only those names of the standard library that it gives away",
    "by a linkname of its own, and since Go 1.27 assembly is held to the same: `invalid reference to runtime.x`. What",
    "is marked `//go:linknamestd` the library keeps for itself. Assembly has another limit: a Go function that is",
    "called in registers has an entry for it only where the compiler made one. A program that is linked with",
    "`-checklinkname=0` is not checked; for one such, switch this check off.",
  ].join("\n"),
  bad: `
-- len.go --
package p

import _ "unsafe"

//go:linkname allglen runtime.allglen
var allglen uintptr
-- $GOROOT/VERSION --
go1.24
-- $GOROOT/src/runtime/proc.go --
package runtime

var allglen uintptr

//go:linkname nanotime
func nanotime() int64 { return 0 }
`,
  good: `
-- len.go --
package p

import _ "unsafe"

//go:linkname nanotime runtime.nanotime
func nanotime() int64
-- len.s --
// Without assembly the compiler would ask for the body of nanotime.
-- $GOROOT/VERSION --
go1.24
-- $GOROOT/src/runtime/proc.go --
package runtime

var allglen uintptr

//go:linkname nanotime
func nanotime() int64 { return 0 }
`,
  rule: blockedReferences,
});

interface Reference {
  /** As the linker names it. */
  readonly symbol: string;
  readonly from: "Go" | "assembly";
  readonly file: string;
  readonly span: Span;
  readonly targets: TargetSet;
}

function blockedReferences(linked: LinkedPackage): PairingFinding[] {
  const { snapshot, package: pkg } = linked;
  const tree = treeOf(snapshot.world.trees, pkg.directory);
  if (tree?.kind !== "module" && tree?.kind !== "gopath") return [];
  const findings: PairingFinding[] = [];
  const refusals = new Map<string, Refusal>();
  for (const reference of [...directives(linked), ...operands(linked)]) {
    const { symbol, from, file, span } = reference;
    const key = `${from} ${symbol}`;
    const refusal = refusals.get(key) ?? refusalOf(linked, symbol, from);
    refusals.set(key, refusal);
    const report = (targets: TargetSet, message: string): void => {
      const where = targets.and(reference.targets);
      if (!where.isEmpty) findings.push({ file, span, message, targets: where, related: [] });
    };
    report(refusal.invalid, `the linker refuses the reference to ${symbol}: ${refusal.why}`);
    report(
      refusal.withoutEntry,
      `assembly cannot reach ${symbol}: the compiler makes no entry of ABI0 for it`,
    );
  }
  return findings;
}

/** What `//go:linkname` directives of the package pull from others: a function without a body, a variable without a value. */
function* directives({ table, package: pkg, targets, snapshot }: LinkedPackage): Generator<Reference> {
  if (table.linknames.length === 0) return;
  for (const source of snapshot.directories.get(pkg.directory)?.files.values() ?? []) {
    if (source.kind !== "go" || isTestName(source.name) || !source.text.includes("go:linkname")) continue;
    const selected = selection(snapshot.world, source).targets;
    const { summary, directiveSpans } = source.go;
    for (const [index, { name, args }] of summary.directives.entries()) {
      if (name !== "go:linkname" && name !== "go:linknamestd") continue;
      const [local = "", remote = ""] = args.split(/[ \t]+/);
      if (!mayBeStandard(remote) || table.isOwn(remote)) continue;
      const where = (pkg.scope.get(local) ?? [])
        .filter(pulls)
        .reduce((all, found) => all.or(found.file.targets), TargetSet.none(targets.length))
        .and(selected);
      if (where.isEmpty) continue;
      // It is the last word but for a comment, and may be the first too.
      const from = directiveSpans[index]!.start + "//".length + name.length;
      const start = source.text.indexOf(remote, source.text.indexOf(local, from) + local.length);
      const span = { start, end: start + remote.length };
      yield { symbol: remote, from: "Go", file: source.name, span, targets: where };
    }
  }
}

function pulls({ decl, file }: Declared): boolean {
  if (file.isTest) return false;
  return (decl.kind === "func" && !decl.hasBody) || (decl.kind === "var" && !decl.header.includes("="));
}

/** A name of another package: nearly all assembly names none. */
const foreignName = /[\p{L}\p{Nd}_]·/u;

function* operands({ snapshot, package: pkg, table, targets }: LinkedPackage): Generator<Reference> {
  const files = snapshot.directories.get(pkg.directory)?.files.values() ?? [];
  for (const file of files) {
    if (file.kind !== "asm" || !foreignName.test(file.text)) continue;
    const seen = new Map<string, Reference>();
    for (const reference of inFile(file)) {
      const key = `${reference.symbol} ${reference.span.start}`;
      const same = seen.get(key);
      seen.set(key, same ? { ...same, targets: same.targets.or(reference.targets) } : reference);
    }
    yield* seen.values();
  }

  function* inFile(file: AsmSource): Generator<Reference> {
    for (const code of codesOf(snapshot, pkg.directory, file).codes) {
      const built = code.targets.and(targets);
      if (built.isEmpty) continue;
      for (const statement of code.file.statements) {
        for (const ref of symbolRefs(statement)) {
          if ("symbol" in statement && ref === statement.symbol) continue;
          if (ref.base !== "SB" || ref.isStatic || !foreignName.test(ref.name)) continue;
          const symbol = linkName(table.path, ref.name);
          if (!mayBeStandard(symbol) || table.isOwn(symbol) || table.textsByName.has(symbol)) continue;
          const { span } = code.written(ref.nameSpan);
          yield { symbol, from: "assembly", file: file.name, span, targets: built };
        }
      }
    }
  }
}

/** Paths of the standard library have no dot in their first element. */
function mayBeStandard(symbol: string): boolean {
  const parts = splitSymbol(symbol);
  return parts !== undefined && !/^[^/]*\./.test(parts.path);
}

interface Refusal {
  /** Where the linker says "invalid reference", or misses an entry. */
  readonly invalid: TargetSet;
  readonly why: string;
  /** Where a linker that does not check names yet says "not defined for ABI0", if the code is ever reached. */
  readonly withoutEntry: TargetSet;
}

function refusalOf(linked: LinkedPackage, symbol: string, from: Reference["from"]): Refusal {
  const { snapshot } = linked;
  const { world } = snapshot;
  const { release } = world.context;
  const none = TargetSet.none(world.targets.length);
  const nothing: Refusal = { invalid: none, why: "", withoutEntry: none };
  const { path, name } = splitSymbol(symbol)!;
  const registers = registerTargets(world);
  const looked = TargetSet.where(
    world.targets.length,
    (i) => !isBuiltin(symbol, from, { release, inRegisters: registers.has(i) }),
  );
  if (isBlocked(path, name, release)) {
    const why = "it is on the list of those that only the standard library may use";
    return { invalid: looked, why, withoutEntry: none };
  }
  const pkg = packageAt(linked, path);
  const runtime = packageAt(linked, "runtime");
  const table = pkg && linksOf(snapshot).table(pkg.directory);
  if (!table || !runtime || treeOf(world.trees, pkg.directory)?.kind !== "goroot") return nothing;
  const found = definitions(linked, pkg, table, symbol);
  const withoutEntry =
    from === "assembly"
      ? found.inRegisters.andNot(found.marked).andNot(table.mentions(symbol, world.allTargets).may)
      : none;
  const isChecked = release >= firstChecked;
  const invalid = isChecked ? invalidOn(linked, symbol, from, found).and(looked).or(withoutEntry) : none;
  if (invalid.isEmpty && withoutEntry.isEmpty) return nothing;
  // What is in no program with this package is not refused, it is not there.
  if (!isLinked(linked, runtime, pkg)) return nothing;
  const why = found.standard.isEmpty
    ? `${path} does not give the name away`
    : "it is for the standard library alone (//go:linknamestd)";
  return { invalid, why, withoutEntry: isChecked ? none : withoutEntry };
}

/** Where a symbol of the standard library is defined, and how it is marked. */
interface Definitions {
  /** A Go function with a body. */
  readonly functions: TargetSet;
  readonly variables: TargetSet;
  /** A Go declaration without a body. */
  readonly bodyless: TargetSet;
  /** A TEXT in assembly. */
  readonly texts: TargetSet;
  /** Only an entry for calls in registers is certain: a Go function, or a TEXT with `<ABIInternal>`. */
  readonly inRegisters: TargetSet;
  /** Pinned to the stack layout by `//go:cgo_unsafe_args`. */
  readonly unsafeArgs: TargetSet;
  /** Another package of the library defines it here. */
  readonly pushed: TargetSet;
  /** Marked by `//go:linkname`, and by `//go:linknamestd`. */
  readonly marked: TargetSet;
  readonly standard: TargetSet;
}

function definitions(
  { snapshot }: LinkedPackage,
  pkg: Package,
  table: LinkTable,
  symbol: string,
): Definitions {
  const { world } = snapshot;
  const links = linksOf(snapshot);
  const none = TargetSet.none(world.targets.length);
  const name = symbol.slice(table.path.length + 1);
  const union = (sets: readonly TargetSet[]): TargetSet => sets.reduce((all, set) => all.or(set), none);
  const locals = table.linknamesByLocal.get(name) ?? [];
  const renamed = locals.filter(({ remote }) => remote !== undefined && remote !== symbol);
  const declared = [...(pkg.scope.get(name) ?? [])].filter(({ file }) => !file.isTest);
  const where = (holds: (found: Declared) => boolean): TargetSet =>
    union(declared.filter(holds).map(({ file }) => file.targets)).without(
      renamed.map(({ targets }) => targets),
    );
  const elsewhere = (links.linknames.get(symbol) ?? []).filter(
    ({ directory, item }) =>
      directory !== table.directory &&
      item.localKind !== "bodyless" &&
      !item.isTest &&
      treeOf(world.trees, directory)?.kind === "goroot",
  );
  const pushes = elsewhere.map(({ item }) => item);
  // A directive with the symbol marks it, whatever it stands beside.
  const marks: readonly Linkname[] = [
    ...locals.filter(({ remote }) => remote === undefined),
    ...(table.linknamesByRemote.get(symbol) ?? []),
    ...pushes,
  ].filter(({ isTest }) => !isTest);
  const texts = (table.textsByName.get(symbol) ?? []).filter(({ isStatic }) => !isStatic);
  const textsOf = (abi: "ABI0" | "ABIInternal"): TargetSet =>
    union(texts.filter((text) => text.abi === abi).map(({ targets }) => targets));
  const functions = where(({ decl }) => decl.kind === "func" && decl.hasBody && !isGeneric(decl.header));
  const unsafeArgs = where(hasUnsafeArgs);
  return {
    functions,
    inRegisters: functions
      .and(registerTargets(world))
      .or(textsOf("ABIInternal"))
      .andNot(textsOf("ABI0"))
      .andNot(unsafeArgs),
    variables: where(({ decl }) => decl.kind === "var"),
    bodyless: where(({ decl }) => decl.kind === "func" && !decl.hasBody),
    texts: union(texts.map(({ targets }) => targets)),
    unsafeArgs,
    pushed: union(pushes.map(({ targets }) => targets)),
    marked: union(marks.filter(({ isStandard }) => !isStandard).map(({ targets }) => targets)),
    standard: union(marks.filter(({ isStandard }) => isStandard).map(({ targets }) => targets)),
  };
}

/** Where the linker's check of names fails for a package outside the standard library. */
function invalidOn(
  { snapshot: { world }, table: own }: LinkedPackage,
  symbol: string,
  from: Reference["from"],
  { functions, variables, bodyless, texts, unsafeArgs, pushed, marked, standard }: Definitions,
): TargetSet {
  const registers = registerTargets(world);
  const inGo = functions.or(variables).andNot(texts).andNot(marked);
  if (world.context.release < firstAssemblyChecked) {
    if (from === "Go") return inGo.andNot(unsafeArgs);
    // An entry that the compiler made for the package's own assembly is open to all.
    const entries = functions.and(registers);
    return inGo.andNot(entries);
  }
  const given = pushed.and(standard).andNot(marked);
  // Of assembly the linker looks at the mark of the Go declaration, which is its second entry.
  const reached = from === "Go" ? texts.and(bodyless) : texts;
  const inAssembly = symbol.startsWith(own.path)
    ? reached.andNot(reached)
    : reached.and(registers).andNot(marked);
  return inGo.or(inAssembly).or(given);
}

function isGeneric(header: string): boolean {
  return /^func[ \t]+[\p{L}\p{Nd}_]+[ \t]*\[/u.test(header);
}

function hasUnsafeArgs({ decl, file }: Declared): boolean {
  const index = file.summary.decls.indexOf(decl);
  return file.summary.directives.some((directive) => {
    return directive.decl === index && directive.name === "go:cgo_unsafe_args";
  });
}

/** Whether every program with the package holds the other one too: by its imports, or the runtime's. */
function isLinked({ snapshot, package: pkg }: LinkedPackage, runtime: Package, wanted: Package): boolean {
  const seen = new Set<Package>([runtime, pkg]);
  // The set grows as it is walked.
  for (const at of seen) {
    if (at === wanted) return true;
    for (const { isTest, summary } of at.files) {
      if (isTest) continue;
      for (const { path } of summary.imports) {
        if (path === "C" || path === "unsafe") continue;
        const next = snapshot.packageNamed(path, at.directory);
        if (next !== "unknown") seen.add(next);
      }
    }
  }
  return false;
}
