/**
 * What `go_asm.h` gives a package's assembly on one target: the names, their values, and
 * the declarations they come from. Constants for whoever evaluates `$const_x` in code.
 */
import { type GoAsmName, goAsmHeader as headerOf, goAsmName } from "../model/go/goAsmHeader.ts";
import type { NameValue } from "../syntax/asm/evaluate.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

export type { GoAsmName };

/** The whole header on the target with this index; empty where the directory has no package. */
export function goAsmHeader(snapshot: Snapshot, directory: string, target: number): readonly GoAsmName[] {
  const pkg = snapshot.package(directory);
  return pkg ? headerOf(snapshot.view(target), pkg) : [];
}

/** Reads names of the header as numbers; a name that is none, or that cannot be resolved, has no value. */
export function goAsmValues(snapshot: Snapshot, directory: string, target: number): NameValue {
  const pkg = snapshot.package(directory);
  return (name) => {
    if (!pkg) return undefined;
    const view = snapshot.view(target);
    const { resolved, value } = view.measure(() => goAsmName(view, pkg, name));
    return resolved && value && /^-?\d+$/.test(value.value) ? BigInt(value.value) : undefined;
  };
}
