/** Which targets build a source file, remembered per file: the header is read once per text. */
import { type FileKind, fileKind, headerOptions, selectingTargets } from "../model/targets/selectFile.ts";
import type { TargetSet } from "../model/targets/targetSet.ts";
import { isTestName } from "../syntax/build/fileName.ts";
import { type BuildHeader, findBuildHeader } from "../syntax/build/header.ts";
import type { SourceFile } from "./sourceFile.ts";
import type { World } from "./world.ts";

export interface Selection {
  readonly kind: FileKind;
  readonly targets: TargetSet;
  readonly header: BuildHeader;
}

const selections = new WeakMap<SourceFile, Selection & { readonly importsC: boolean }>();

/** `packageOfDirectory` tells an external test from a package whose name ends in "_test". */
export function selection(world: World, file: SourceFile, packageOfDirectory = ""): Selection {
  let found = selections.get(file);
  if (!found) selections.set(file, (found = select(world, file)));
  if (packageOfDirectory === "") return found;
  const { targets, header, importsC } = found;
  const names = { name: file.name, packageName: packageNameOf(file), importsC };
  return { kind: fileKind(names, packageOfDirectory), targets, header };
}

function select(world: World, file: SourceFile): Selection & { readonly importsC: boolean } {
  const { name } = file;
  const packageName = packageNameOf(file);
  const header = findBuildHeader(file.text, headerOptions(name, world.context));
  // Whether a test imports "C" makes no difference, so tests need not be parsed for it.
  const mayImportC = file.kind === "go" && !isTestName(name);
  const importsC = mayImportC && file.go.summary.imports.some((spec) => spec.path === "C");
  const targets = selectingTargets(world, { name, header, packageName, importsC });
  return { kind: fileKind({ name, packageName, importsC }, ""), targets, header, importsC };
}

function packageNameOf(file: SourceFile): string {
  return file.kind === "go" ? file.packageName : "";
}
