/** Which targets build a source file, remembered per file: the header is read once per text. */
import { type FileKind, fileKind, headerOptions, selectingTargets } from "../model/selectFile.ts";
import type { TargetSet } from "../model/targetSet.ts";
import { type BuildHeader, findBuildHeader } from "../syntax/build/header.ts";
import type { SourceFile } from "./sourceFile.ts";
import type { World } from "./world.ts";

export interface Selection {
  readonly kind: FileKind;
  readonly targets: TargetSet;
  readonly header: BuildHeader;
}

const selections = new WeakMap<SourceFile, Selection>();

/** `packageOfDirectory` tells an external test from a package whose name ends in "_test". */
export function selection(world: World, file: SourceFile, packageOfDirectory = ""): Selection {
  let found = selections.get(file);
  if (!found) {
    const header = findBuildHeader(file.text, headerOptions(file.name, world.context));
    const summary = file.kind === "go" ? file.go.summary : undefined;
    const importsC = summary?.imports.some((spec) => spec.path === "C") ?? false;
    const selectable = { name: file.name, header, packageName: summary?.packageName ?? "", importsC };
    const kind = fileKind(selectable, packageOfDirectory);
    found = { kind, targets: selectingTargets(world, selectable), header };
    selections.set(file, found);
  }
  return found;
}
