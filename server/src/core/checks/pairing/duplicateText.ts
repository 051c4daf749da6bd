/**
 * One symbol defined twice on a target: by two TEXT directives with one calling
 * convention, or by a TEXT and a Go function with a body. The assembler, the
 * compiler or the linker refuses it, whichever sees both.
 */
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { LinkText } from "../../linking/linkTable.ts";
import type { Related } from "../finding.ts";
import { nameSpan } from "../../workspace/declLocation.ts";
import { type LinkedPackage, packageAt } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding, shownName } from "./pairing.ts";
import { textsOf } from "../../linking/providers.ts";
import { splitSymbol } from "../../linking/symbolName.ts";
import { linkedTogether } from "../../linking/linkedTogether.ts";
import { importPathOf } from "../../workspace/importPath.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";

export const duplicateText: Check<"duplicate-text"> = pairingCheck({
  code: "duplicate-text",
  stage: "tree",
  severity: "error",
  title: "A function is defined twice on one target",
  why: [
    "Two files that a target selects define the same symbol: two TEXT directives, or a TEXT and a Go function with",
    "a body. Only the build for that target fails. Usually a build tag overlaps with a file name's suffix.",
  ].join("\n"),
  bad: `
-- add_generic.go --
package p

func add(x, y int64) int64 { return x + y }
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
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
  rule: duplicates,
});

function duplicates(linked: LinkedPackage): PairingFinding[] {
  const { table } = linked;
  const findings: PairingFinding[] = [];
  for (const [name, texts] of table.textsByName) {
    let seen = TargetSet.none(linked.targets.length);
    for (const [n, text] of texts.entries()) {
      const here = text.targets.and(linked.targets);
      if (!here.and(seen).isEmpty) findings.push(...twice(linked, text, texts.slice(0, n)));
      seen = seen.or(here);
      if (text.isStatic) continue;
      findings.push(...alsoInGo(linked, name, text), ...elsewhere(linked, name, text));
    }
  }
  return findings;
}

/** Against the definitions before it in this directory: those it meets on some target count as one. */
function twice(linked: LinkedPackage, text: LinkText, before: readonly LinkText[]): PairingFinding[] {
  const { table } = linked;
  const others = before.filter((other) => {
    const isSameSymbol = other.abi === text.abi && other.isStatic === text.isStatic;
    const isSameFile = other.file === text.file;
    // A symbol with <> is the file's own, and only the linker knows DUPOK.
    return isSameSymbol && (isSameFile || !(text.isStatic || (text.isDupOk && other.isDupOk)));
  });
  const related = others.map(({ file, span, targets }) => ({
    directory: table.directory,
    file,
    span,
    targets,
  }));
  return report(linked, text, related);
}

/** Against the same symbol in the assembly of other packages, on targets on which some program holds both. */
function elsewhere(linked: LinkedPackage, name: string, text: LinkText): PairingFinding[] {
  const { table, snapshot } = linked;
  // Who defines a symbol that is not its own is told so.
  if (table.isOwn(name) || !linksOf(snapshot).isComplete()) return [];
  const parts = splitSymbol(name);
  const owner = parts && packageAt(linked, parts.path);
  const related = textsOf(snapshot, owner && linksOf(snapshot).table(owner.directory), name).flatMap(
    ({ directory, item }) => {
      const meets = item.abi === text.abi && !(item.isDupOk && text.isDupOk);
      const targets = item.targets.and(text.targets).and(linked.targets);
      if (directory === table.directory || !meets || targets.isEmpty) return [];
      const on = targets.and(linkedTogether(snapshot, table.directory, directory));
      return on.isEmpty ? [] : [{ directory, file: item.file, span: item.span, targets: on }];
    },
  );
  return report(linked, text, related);
}

/** Against a Go function of the package with a body. */
function alsoInGo(linked: LinkedPackage, symbol: string, text: LinkText): PairingFinding[] {
  const { table, package: pkg } = linked;
  if (!table.isOwn(symbol)) return [];
  const name = symbol.slice(table.path.length + 1);
  const declared = (pkg.scope.get(name) ?? []).filter(
    ({ decl, file }) => decl.kind === "func" && decl.hasBody && !file.isTest,
  );
  if (declared.length === 0) return [];
  // A directive may give the Go function another symbol.
  const renamed = (table.linknamesByLocal.get(name) ?? []).filter(
    ({ remote }) => remote !== undefined && remote !== symbol,
  );
  const related = declared.map((found) => ({
    directory: pkg.directory,
    file: found.file.name,
    span: nameSpan(linked.snapshot, found),
    targets: renamed.reduce((left, { targets }) => left.andNot(targets), found.file.targets),
  }));
  return report(linked, text, related);
}

/** How many other places are shown with one. */
const mostRelated = 10;

interface Other extends Omit<Related, "message"> {
  readonly targets: TargetSet;
}

function report(linked: LinkedPackage, text: LinkText, others: readonly Other[]): PairingFinding[] {
  const { snapshot, targets: built, table } = linked;
  const here = text.targets.and(built);
  const meeting = others.filter(({ targets }) => !targets.and(here).isEmpty);
  if (meeting.length === 0) return [];
  const targets = meeting.reduce(
    (all, other) => all.or(other.targets.and(here)),
    TargetSet.none(here.length),
  );
  const where = targets.equals(text.targets) ? "" : ` on ${describeTargets(targets, snapshot.world.targets)}`;
  const [first] = meeting;
  const isHere = first!.directory === table.directory;
  const place =
    isHere && first!.file === text.file
      ? "above"
      : `in ${isHere ? "" : `${importPathOf(snapshot.world.trees, first!.directory)}/`}${first!.file}`;
  const listed = `${shownName(linked, text.name)} is also defined ${place}`;
  const related = meeting.slice(0, mostRelated).map((other, n) => {
    const on = describeTargets(other.targets.and(here), snapshot.world.targets);
    const more = n === mostRelated - 1 ? meeting.length - mostRelated : 0;
    const others = more > 0 ? `, and in ${more} more places` : "";
    return {
      directory: other.directory,
      file: other.file,
      span: other.span,
      message: `also defined here on ${on}${others}`,
    };
  });
  return [{ file: text.file, span: text.span, message: listed + where, listed, targets, related }];
}
