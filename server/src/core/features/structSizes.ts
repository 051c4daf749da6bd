/**
 * The struct types that a file declares, and how large a struct is on the targets that
 * have it: the short answer beside a whole layout. Sizes are the compiler's.
 */
import type { Span } from "../base/span.ts";
import { declares, type Package } from "../model/go/packageScope.ts";
import { alignOf, sizeOf } from "../model/go/sizes.ts";
import { declaredType } from "../model/go/typeExpr.ts";
import { compilerView } from "../model/go/view.ts";
import type { GoDecl } from "../syntax/go/ast.ts";
import { typeHeader } from "../syntax/go/parseDecl.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { type Group, groupTargets } from "./groupTargets.ts";
import { linksOf } from "../linking/linkIndex.ts";

export interface StructLocation {
  /** Of the name. */
  readonly span: Span;
  readonly name: string;
}

/** In the order of the text; none where layouts are nobody's business. */
export function structLocations(snapshot: Snapshot, directory: string, file: string): StructLocation[] {
  const source = snapshot.directories.get(directory)?.files.get(file);
  if (source?.kind !== "go" || file.endsWith("_test.go") || !hasLayouts(snapshot, directory)) return [];
  const { summary, declSpans } = source.go;
  return summary.decls.flatMap((decl, i): StructLocation | readonly [] => {
    if (!isStruct(decl)) return [];
    const { start } = declSpans[i]!.header;
    return { span: { start, end: start + decl.name.length }, name: decl.name };
  });
}

/** Whether layouts of a package's structs are told unasked: those of packages without assembly are nobody else's business. */
export function hasLayouts(snapshot: Snapshot, directory: string): boolean {
  return linksOf(snapshot).table(directory)?.assembly.isEmpty === false;
}

/** Whether a declaration is of a struct that has fields and is not generic. */
function isStruct(decl: GoDecl): decl is Extract<GoDecl, { kind: "type" }> {
  // What is no struct is told by its text, so that few types need be parsed.
  if (decl.kind !== "type" || !decl.header.includes("struct")) return false;
  const { type, typeParams } = typeHeader(decl);
  return type.kind === "struct" && type.fields.length > 0 && typeParams.length === 0;
}

/** In bytes. */
export interface StructExtent {
  readonly size: number;
  readonly align: number;
}

/** Of the targets with these indexes those on which the name is a struct that can be laid out, by its extent; tests left out. */
export function structExtents(
  snapshot: Snapshot,
  pkg: Package,
  name: string,
  targets: readonly number[],
): Group<StructExtent>[] {
  if (!pkg.scope.get(name)?.some(({ decl }) => isStruct(decl))) return [];
  return groupTargets(
    targets,
    (target) => {
      const view = snapshot.view(target);
      const declared = view.lookup(pkg, pkg, name);
      if (!declares(declared, "type") || declared.file.isTest || !isStruct(declared.decl)) return undefined;
      const { resolved, value } = view.measure((): StructExtent => {
        const type = declaredType(view, declared, []);
        const sizes = compilerView(view);
        return { size: sizeOf(sizes, type), align: alignOf(sizes, type) };
      });
      return resolved ? value : undefined;
    },
    extentText,
  );
}

/** "40 bytes, aligned to 8". */
export function extentText({ size, align }: StructExtent): string {
  return `${bytes(size)}, aligned to ${align}`;
}

/** "40 bytes", "12 to 16 bytes"; there is at least one extent. */
export function sizeRange(extents: readonly StructExtent[]): string {
  const sizes = extents.map(({ size }) => size);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? bytes(most) : `${least} to ${bytes(most)}`;
}

/** The sizes of a struct on all targets; undefined where no target can lay the type out. */
export function structSizeSummary(snapshot: Snapshot, directory: string, name: string): string | undefined {
  const pkg = snapshot.package(directory);
  const groups = pkg ? structExtents(snapshot, pkg, name, [...snapshot.world.targets.keys()]) : [];
  return groups.length > 0 ? sizeRange(groups.map(({ value }) => value)) : undefined;
}

function bytes(count: number): string {
  return `${count} ${count === 1 ? "byte" : "bytes"}`;
}
