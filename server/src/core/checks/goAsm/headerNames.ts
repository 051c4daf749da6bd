/**
 * What a name of go_asm.h stands for on each target, asked by the checks of assembly that
 * includes it, and remembered for as long as the package stays the same.
 */
import { type GoAsmSource, goAsmSource, splits } from "../../model/go/goAsmHeader.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { Variant } from "../../model/go/view.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";

/** What a name is on some targets: undefined where it is not in the header. */
export type HeaderName = Variant<GoAsmSource | undefined>;

const remembered = new WeakMap<Package, Map<string, HeaderName[]>>();

/** What the name is on the targets, each in one of the answers. Where `resolved` is false nobody can tell. */
export function headerNames(
  snapshot: Snapshot,
  pkg: Package,
  name: string,
  targets: TargetSet,
): readonly HeaderName[] {
  let names = remembered.get(pkg);
  if (!names) remembered.set(pkg, (names = new Map()));
  const known = names.get(name) ?? [];
  let left = targets;
  for (const { validOn } of known) left = left.andNot(validOn);
  if (left.isEmpty) return known;
  const found = [...known];
  for (let target = left.first; target !== undefined; target = left.first) {
    const view = snapshot.view(target);
    const variant = view.measure(() => goAsmSource(view, pkg, name));
    found.push(variant);
    left = left.andNot(variant.validOn);
  }
  // Whoever asks will ask again when all is known that was found lacking so far.
  if (snapshot.unresolved.size === 0) names.set(name, found);
  return found;
}

/** Whether the name can only be meant for go_asm.h: by its form, or because it begins with a type of the package. */
export function isHeaderName(pkg: Package, name: string): boolean {
  return isHeaderForm(name) || structNames(pkg, name).length > 0;
}

function isHeaderForm(name: string): boolean {
  return /^const_.|.__size$/.test(name);
}

/** The types of the package, on any target, that a name of the form `type_field` may begin with. */
export function structNames(pkg: Package, name: string): readonly string[] {
  return [...splits(name)].flatMap(([type]) =>
    pkg.scope.get(type)?.some(({ decl }) => decl.kind === "type") ? [type] : [],
  );
}

/**
 * Macros of the headers that every package may include and that are not expanded: textflag.h, funcdata.h
 * and go_tls.h in the runtime. Those without an underscore are no names of a struct's field.
 */
export function isPlainMacro(name: string): boolean {
  return /^(?:FUNCDATA_|PCDATA_)|^(?:GO_ARGS|GO_RESULTS_INITIALIZED|NO_LOCAL_POINTERS|get_tls)$/.test(name);
}
