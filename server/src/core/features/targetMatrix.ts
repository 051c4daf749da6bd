/**
 * What one symbol is on every target: which file declares it in Go, and whether
 * with a body; which TEXT defines it, in which convention; or that neither does and
 * the link would fail. Whoever shows it must not need more than these rows.
 */
import type { Span } from "../base/span.ts";
import { linksOf } from "../linking/linkIndex.ts";
import { linkedPackage } from "../linking/linkedPackage.ts";
import { missingBody, textsOf } from "../linking/providers.ts";
import type { Declared, PackageFile } from "../model/go/packageScope.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import { nameSpan } from "../workspace/declLocation.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

export interface MatrixRow {
  /** Index of the target. */
  readonly target: number;
  readonly declaration: MatrixDeclaration | undefined;
  /** More than one is a mistake, or one for each convention. */
  readonly texts: readonly MatrixText[];
  /** Declared without a body, and nothing provides one: by another package, C or the compiler either. */
  readonly isMissing: boolean;
}

export interface MatrixDeclaration {
  readonly file: string;
  /** Of the name. */
  readonly span: Span;
  readonly hasBody: boolean;
}

export interface MatrixText {
  readonly directory: string;
  readonly file: string;
  /** Of the symbol's name. */
  readonly span: Span;
  readonly abi: "ABI0" | "ABIInternal";
}

/** The rows of a name of the package in `directory`, one for each target; undefined where nothing there has the name. */
export function targetMatrix(snapshot: Snapshot, directory: string, name: string): MatrixRow[] | undefined {
  const { world } = snapshot;
  const links = linksOf(snapshot);
  const table = links.table(directory);
  const pkg = snapshot.package(directory);
  const declared = (pkg?.scope.get(name) ?? []).filter(
    ({ decl, file }) => decl.kind === "func" && !file.isTest,
  );
  const texts = table ? textsOf(snapshot, table, `${table.path}.${name}`) : [];
  if (declared.length === 0 && texts.length === 0) return undefined;
  // Assembly of another package may define what this one's leaves undefined.
  const isDefined = (file: PackageFile): boolean =>
    file.targets.without(texts.map(({ item }) => item.targets)).isEmpty;
  const lacking = declared.filter(
    ({ decl, file }) => decl.kind === "func" && !decl.hasBody && !isDefined(file),
  );
  if (lacking.length > 0) links.isComplete();
  const missing = missingOn(snapshot, lacking);
  const declarations = declared.map((found) => ({
    targets: found.file.targets,
    declaration: {
      file: found.file.name,
      span: nameSpan(snapshot, found),
      hasBody: found.decl.kind === "func" && found.decl.hasBody,
    },
  }));
  return world.targets.map((_, target) => ({
    target,
    declaration: declarations.find(({ targets }) => targets.has(target))?.declaration,
    texts: texts
      .filter(({ item }) => item.targets.has(target))
      .map(({ directory, item: { file, span, abi } }) => ({ directory, file, span, abi })),
    isMissing: missing.has(target),
  }));
}

/** The targets on which one of these declarations lacks its body. */
function missingOn(snapshot: Snapshot, declared: readonly Declared[]): TargetSet {
  let missing = TargetSet.none(snapshot.world.targets.length);
  for (const found of declared) {
    const linked = linkedPackage(snapshot, found.package);
    if (!linked) continue;
    const { undefinedOn, rejectedOn } = missingBody(linked, found);
    missing = missing.or(undefinedOn).or(rejectedOn);
  }
  return missing;
}

/** "12 targets, in Go on 33, missing on 2". */
export function matrixSummary(rows: readonly MatrixRow[]): string {
  const inAssembly = rows.filter(({ texts }) => texts.length > 0).length;
  const inGo = rows.filter(({ texts, declaration }) => texts.length === 0 && declaration?.hasBody).length;
  const missing = rows.filter(({ isMissing }) => isMissing).length;
  const elsewhere = rows.filter(
    ({ texts, declaration, isMissing }) =>
      texts.length === 0 && declaration && !declaration.hasBody && !isMissing,
  ).length;
  const parts = [
    ...(inAssembly > 0 ? [`${inAssembly} ${inAssembly === 1 ? "target" : "targets"}`] : []),
    ...(inGo > 0 ? [`in Go on ${inGo}`] : []),
    ...(elsewhere > 0 ? [`provided elsewhere on ${elsewhere}`] : []),
    ...(missing > 0 ? [`missing on ${missing}`] : []),
  ];
  return parts.join(", ");
}
