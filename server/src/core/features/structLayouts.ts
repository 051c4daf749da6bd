/**
 * The types a package declares, with size, alignment and field offsets on one
 * target, as go/types computes them; in the trees of Go's first years also the
 * structs of the runtime's C.
 */
import { declares } from "../model/go/packageScope.ts";
import { alignOf, fieldOffsets, sizeOf } from "../model/go/sizes.ts";
import { whyUnresolved } from "../model/go/structLayout.ts";
import { declaredType } from "../model/go/typeExpr.ts";
import { typeHeader } from "../syntax/go/parseDecl.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { cStruct, cStructNames } from "../runtime/cStructs.ts";

/** All numbers are bytes. */
export interface TypeLayout {
  readonly name: string;
  readonly size: number;
  readonly align: number;
  /** undefined for a type that is no struct. */
  readonly fields: readonly FieldLayout[] | undefined;
}

export interface FieldLayout {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly align: number;
}

/**
 * Layouts of the package-level types on the target with this index, by name;
 * generic types, and types that need a package which is not at hand, are left out.
 */
export function structLayouts(snapshot: Snapshot, directory: string, target: number): TypeLayout[] {
  const layouts = goLayouts(snapshot, directory, target);
  const known = new Set(layouts.map(({ name }) => name));
  const more = cLayouts(snapshot, directory, target).filter(({ name }) => !known.has(name));
  return more.length === 0 ? layouts : [...layouts, ...more].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function cLayouts(snapshot: Snapshot, directory: string, target: number): TypeLayout[] {
  return cStructNames(snapshot, directory, [target]).flatMap(({ name }) => {
    const layout = cStruct(snapshot, directory, name, target)?.layout;
    return layout ? [{ name, size: layout.size, align: layout.align, fields: layout.parts }] : [];
  });
}

function goLayouts(snapshot: Snapshot, directory: string, target: number): TypeLayout[] {
  const pkg = snapshot.package(directory);
  if (!pkg) return [];
  const view = snapshot.view(target);
  const layouts: TypeLayout[] = [];
  for (const name of [...pkg.scope.keys()].sort()) {
    const declared = view.lookup(pkg, pkg, name);
    if (!declares(declared, "type") || typeHeader(declared.decl).typeParams.length > 0) continue;
    const { resolved, value } = view.measure((): TypeLayout => {
      const type = declaredType(view, declared, []);
      const under = view.underlying(type);
      const offsets = under.kind === "struct" ? fieldOffsets(view, under.fields) : [];
      const fields =
        under.kind === "struct"
          ? under.fields.map((field, i) => ({
              name: field.name,
              offset: offsets[i]!,
              size: sizeOf(view, field.type),
              align: alignOf(view, field.type),
            }))
          : undefined;
      return { name, size: sizeOf(view, type), align: alignOf(view, type), fields };
    });
    if (resolved) layouts.push(value);
  }
  return layouts;
}

/** Why the package's type of this name has no layout on a target; undefined where there is no such type. */
export function whyNoLayout(
  snapshot: Snapshot,
  directory: string,
  name: string,
  target: number,
): string | undefined {
  const pkg = snapshot.package(directory);
  const view = snapshot.view(target);
  const declared = pkg && view.lookup(pkg, pkg, name);
  if (!declares(declared, "type")) return undefined;
  if (typeHeader(declared.decl).typeParams.length > 0)
    return "a generic type has no layout without type arguments";
  return whyUnresolved(view, declaredType(view, declared, []));
}
