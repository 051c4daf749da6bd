/**
 * A symbol of C that assembly calls, or that a Go variable is linked with, and that no
 * `//go:cgo_import_dynamic` brings in on some target. Symbols of C have no package, and
 * nothing tells them from others; so only names count that begin like those the package
 * does import, up to the underscore, or with `libc_`.
 */
import { mentions } from "../../model/asm/asmUnit.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { codesOf } from "../../workspace/codesOf.ts";
import type { Operand, Statement, SymbolRef } from "../../syntax/asm/ast.ts";
import { selection } from "../../workspace/selection.ts";
import type { Linkname } from "../../linking/linkTable.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { nearest } from "../../base/nearest.ts";
import { underscoredNames } from "../underscoredNames.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding } from "../pairing/pairing.ts";
import { prefixOf } from "./importDirectives.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";

export const libcImport: Check<"libc-import"> = pairingCheck({
  code: "libc-import",
  stage: "tree",
  severity: "error",
  title: "A symbol of C is called that nothing imports",
  why: [
    "On macOS, OpenBSD, Solaris, illumos and AIX Go makes system calls through the C library: assembly calls",
    '`libc_open`, and `//go:cgo_import_dynamic libc_open open "…"` says what that is. The directive stands in a Go file',
    "of its own targets; where it is missing, only the link of a program that needs it fails (`relocation target",
    "libc_open not defined`), and a Go variable linked with such a name is silently a variable of its own, and zero.",
  ].join("\n"),
  bad: `
-- open_darwin_amd64.go --
package p

import "internal/abi"

//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"

func open_trampoline()

var openAddr = abi.FuncPCABI0(open_trampoline)
-- open_darwin_amd64.s --
TEXT ·open_trampoline(SB), NOSPLIT, $0-0
	JMP libc_openat(SB) // nothing imports it
`,
  good: `
-- open_darwin_amd64.go --
package p

import "internal/abi"

//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"

func open_trampoline()

var openAddr = abi.FuncPCABI0(open_trampoline)
-- open_darwin_amd64.s --
TEXT ·open_trampoline(SB), NOSPLIT, $0-0
	JMP libc_open(SB)
`,
  rule: missingImports,
});

function missingImports(linked: LinkedPackage): PairingFinding[] {
  const { snapshot, table, targets } = linked;
  const prefixes = new Set(["libc_", ...[...table.imported.keys()].flatMap((name) => prefixOf(name) ?? [])]);
  const files = snapshot.directories.get(table.directory)?.files ?? new Map<string, never>();
  const findings = table.linknames.flatMap((linkname) => unlinked(linked, linkname, prefixes));
  for (const file of files.values()) {
    if (file.kind !== "asm" || ![...prefixes].some((prefix) => file.text.includes(prefix))) continue;
    const here = selection(snapshot.world, file).targets.and(targets);
    const missing = new Map<string, TargetSet>();
    for (const name of underscoredNames(file.asm)) {
      if (!prefixes.has(prefixOf(name) ?? "")) continue;
      const left = unimported(linked, name, here);
      if (!left.isEmpty && mentions(file.asm, name)) missing.set(name, left);
    }
    if (missing.size > 0) findings.push(...references(linked, file, missing));
  }
  return findings;
}

/** Of `targets`, those on which nothing brings the symbol in or defines it, as far as the tree tells. */
function unimported({ snapshot, table }: LinkedPackage, name: string, targets: TargetSet): TargetSet {
  const links = linksOf(snapshot);
  const own = [
    ...(table.imported.has(name) ? [table.imported.get(name)!] : []),
    ...(table.textsByName.get(name) ?? []).map((text) => text.targets),
  ];
  const left = targets.without(own);
  if (left.isEmpty) return left;
  const all = links.imported.get(name);
  const rest = left.without([
    ...(all ? [all] : []),
    ...(links.foreignTexts.get(name) ?? []).map(({ item }) => item.targets),
  ]);
  return rest.isEmpty || links.isComplete() ? rest : rest.andNot(rest);
}

/** Where code refers to the names, each reported once a place. */
function references(
  linked: LinkedPackage,
  file: AsmSource,
  missing: ReadonlyMap<string, TargetSet>,
): PairingFinding[] {
  const { snapshot, table } = linked;
  const found = new Map<string, PairingFinding>();
  for (const code of codesOf(snapshot, table.directory, file).codes) {
    const symbols = code.file.statements.flatMap(symbolsOf);
    const defined = new Set(code.file.statements.flatMap(definedBy));
    for (const { name, nameSpan, isStatic, base } of symbols) {
      const targets = missing.get(name)?.and(code.targets);
      if (base !== "SB" || isStatic || !targets || targets.isEmpty || defined.has(name)) continue;
      const { span } = code.written(nameSpan);
      const key = `${span.start} ${name}`;
      const all = found.get(key)?.targets.or(targets) ?? targets;
      found.set(key, {
        file: file.name,
        span,
        ...describe(linked, name, selection(snapshot.world, file).targets, all),
        targets: all,
        related: [],
      });
    }
  }
  return [...found.values()];
}

/** With more names than this a look for the one that was meant would take too long. */
const mostCompared = 500;

function describe(
  linked: LinkedPackage,
  name: string,
  of: TargetSet,
  missing: TargetSet,
): Required<Pick<PairingFinding, "message" | "listed">> {
  const { snapshot } = linked;
  const where = missing.equals(of) ? "" : ` on ${describeTargets(missing, snapshot.world.targets)}`;
  const names = [...linked.table.imported].flatMap(([other, targets]) =>
    targets.and(missing).isEmpty ? [] : [other],
  );
  const meant = names.length > mostCompared ? undefined : nearest(name, names);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  const listed = `no //go:cgo_import_dynamic brings in ${name}`;
  return { message: listed + where + hint, listed };
}

function symbolsOf(statement: Statement): readonly SymbolRef[] {
  if (statement.kind === "instruction" || statement.kind === "macroUse")
    return statement.operands.flatMap(symbolOf);
  return statement.kind === "data" && statement.value ? symbolOf(statement.value) : [];
}

function symbolOf(operand: Operand): readonly SymbolRef[] {
  return operand.kind === "symbol" ? [operand.symbol] : [];
}

function definedBy(statement: Statement): readonly string[] {
  const isDefinition = statement.kind === "globl" || statement.kind === "data" || statement.kind === "text";
  return isDefinition && statement.symbol ? [statement.symbol.name] : [];
}

/** A Go variable that is to be the imported symbol: without the import it is a variable of its own, and zero. */
function unlinked(
  linked: LinkedPackage,
  { local, remote, localKind, file, isTest, targets }: Linkname,
  prefixes: ReadonlySet<string>,
): readonly PairingFinding[] {
  if (isTest || remote === undefined || localKind !== "other" || !prefixes.has(prefixOf(remote) ?? ""))
    return [];
  const left = unimported(linked, remote, targets.and(linked.targets));
  if (left.isEmpty) return [];
  const source = linked.snapshot.directories.get(linked.table.directory)?.files.get(file);
  if (source?.kind !== "go") return [];
  const at = source.go.summary.directives.findIndex(
    ({ args }) =>
      args
        .split(/[ \t]+/)
        .slice(0, 2)
        .join() === `${local},${remote}`,
  );
  const span = source.go.directiveSpans[at];
  if (!span) return [];
  const { message, listed } = describe(linked, remote, targets, left);
  const effect = `: ${local} stays zero`;
  return [{ file, span, message: message + effect, listed: listed + effect, targets: left, related: [] }];
}
