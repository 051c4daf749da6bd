/** Which targets build a source file, remembered per file: the header is read once per text. */
import { type FileKind, fileKind, headerOptions, selectingTargets } from "../model/selectFile.ts";
import type { TargetSet } from "../model/targetSet.ts";
import { isTestName } from "../syntax/build/fileName.ts";
import { type BuildHeader, findBuildHeader } from "../syntax/build/header.ts";
import type { SourceFile } from "./sourceFile.ts";
import type { World } from "./world.ts";

export interface Selection {
  readonly kind: FileKind;
  readonly targets: TargetSet;
  readonly header: BuildHeader;
}

const selections = new WeakMap<SourceFile, Omit<Selection, "kind"> & { readonly importsC: boolean }>();

/** `packageOfDirectory` tells an external test from a package whose name ends in "_test". */
export function selection(world: World, file: SourceFile, packageOfDirectory = ""): Selection {
  const { name } = file;
  const packageName = file.kind === "go" ? file.packageName : "";
  // Whether a test imports "C" makes no difference, so tests need not be parsed for it.
  const mayImportC = file.kind === "go" && !isTestName(name);
  let found = selections.get(file);
  if (!found) {
    const header = findBuildHeader(file.text, headerOptions(name, world.context));
    const importsC = mayImportC && file.go.summary.imports.some((spec) => spec.path === "C");
    found = { targets: selectingTargets(world, { name, header, packageName, importsC }), header, importsC };
    selections.set(file, found);
  }
  const { targets, header, importsC } = found;
  return { kind: fileKind({ name, packageName, importsC }, packageOfDirectory), targets, header };
}
