/**
 * The struct types that a file declares, and how large each is on the targets that
 * build it: the short answer beside a whole layout.
 */
import type { Span } from "../base/span.ts";
import { sizeOf } from "../model/sizes.ts";
import { declaredType } from "../model/typeExpr.ts";
import { typeHeader } from "../syntax/go/parseDecl.ts";
import type { Snapshot } from "../workspace/snapshot.ts";

export interface StructPlace {
  /** Of the name. */
  readonly span: Span;
  readonly name: string;
}

/** In the order of the text; of packages without assembly none, whose layouts are nobody else's business. */
export function structPlaces(snapshot: Snapshot, directory: string, file: string): StructPlace[] {
  const source = snapshot.directories.get(directory)?.files.get(file);
  const hasAssembly = snapshot.links.table(directory)?.assembly.isEmpty === false;
  if (source?.kind !== "go" || !hasAssembly || file.endsWith("_test.go")) return [];
  const { summary, places } = source.go;
  return summary.decls.flatMap((decl, i): StructPlace | readonly [] => {
    // What is no struct is told by its text, so that few types need be parsed.
    if (decl.kind !== "type" || !decl.header.includes("struct")) return [];
    const { type, typeParams } = typeHeader(decl);
    if (type.kind !== "struct" || type.fields.length === 0 || typeParams.length > 0) return [];
    const { start } = places[i]!.header;
    return { span: { start, end: start + decl.name.length }, name: decl.name };
  });
}

/** "40 bytes", "12 to 16 bytes"; undefined where no target can lay the type out. */
export function structSizeSummary(snapshot: Snapshot, directory: string, name: string): string | undefined {
  const pkg = snapshot.package(directory);
  const sizes = snapshot.world.targets.flatMap((_, target) => {
    const view = snapshot.view(target);
    const declared = pkg && view.lookup(pkg, pkg, name);
    if (declared?.decl.kind !== "type") return [];
    const { resolved, value } = view.measure(() => sizeOf(view, declaredType(view, declared, [])));
    return resolved ? [value] : [];
  });
  if (sizes.length === 0) return undefined;
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least !== most) return `${least} to ${most} bytes`;
  return `${most} ${most === 1 ? "byte" : "bytes"}`;
}
