/**
 * What one symbol is on every target: which file declares it in Go, and whether
 * with a body; which TEXT defines it, in which convention; or neither. The
 * command line prints it as a table.
 */
import type { PackageFile } from "../model/packageScope.ts";
import type { TargetSet } from "../model/targetSet.ts";
import type { LinkTable } from "../workspace/linkTable.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

export interface MatrixRow {
  /** Index of the target. */
  readonly target: number;
  readonly declaration: MatrixDeclaration | undefined;
  /** More than one is a mistake, or one for each convention. */
  readonly texts: readonly MatrixText[];
}

export interface MatrixDeclaration {
  readonly file: string;
  readonly hasBody: boolean;
}

export interface MatrixText {
  readonly directory: string;
  readonly file: string;
  readonly abi: "ABI0" | "ABIInternal";
}

/** The rows of a name of the package in `directory`, one for each target; undefined where nothing there has the name. */
export function targetMatrix(snapshot: Snapshot, directory: string, name: string): MatrixRow[] | undefined {
  const { links, world } = snapshot;
  const table = links.table(directory);
  const pkg = snapshot.package(directory);
  const declared = (pkg?.scope.get(name) ?? []).filter(
    ({ decl, file }) => decl.kind === "func" && !file.isTest,
  );
  const texts = table ? textsOf(snapshot, table, `${table.path}.${name}`) : [];
  // Assembly of another package may define what this one's leaves undefined.
  const isDefined = (file: PackageFile): boolean => without(file.targets, texts).isEmpty;
  if (declared.some(({ decl, file }) => decl.kind === "func" && !decl.hasBody && !isDefined(file)))
    links.isComplete();
  if (declared.length === 0 && texts.length === 0) return undefined;
  return world.targets.map((_, target) => {
    const found = declared.find(({ file }) => file.targets.has(target));
    const declaration = found && {
      file: found.file.name,
      hasBody: found.decl.kind === "func" && found.decl.hasBody,
    };
    const here = texts.filter(({ targets }) => targets.has(target));
    return { target, declaration, texts: here.map(({ directory, file, abi }) => ({ directory, file, abi })) };
  });
}

function without(targets: TargetSet, parts: readonly { readonly targets: TargetSet }[]): TargetSet {
  return parts.reduce((left, part) => left.andNot(part.targets), targets);
}

function textsOf(
  { links }: Snapshot,
  table: LinkTable,
  symbol: string,
): (MatrixText & { readonly targets: TargetSet })[] {
  const own = (table.textsByName.get(symbol) ?? []).filter(({ isStatic }) => !isStatic);
  const foreign = (links.foreignTexts.get(symbol) ?? []).filter(
    ({ directory }) => directory !== table.directory,
  );
  return [
    ...own.map(({ file, abi, targets }) => ({ directory: table.directory, file, abi, targets })),
    ...foreign.map(({ directory, item: { file, abi, targets } }) => ({ directory, file, abi, targets })),
  ];
}
