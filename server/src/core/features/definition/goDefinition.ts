/** Where Go declares what assembly or a directive names: a variable of the package, or a function with a body. */
import { splitSymbol } from "../../linking/symbolName.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { nameSpan } from "../../workspace/declLocation.ts";
import type { Location } from "../../workspace/location.ts";
import type { DirectiveEntity, SymbolEntity } from "../entity/entity.ts";
import { functionNamed } from "../hover/functionOf.ts";
import { type DefinitionInput, distinct } from "./definitionSource.ts";

export function goDefinition(input: DefinitionInput<SymbolEntity>): Location[] {
  const { snapshot, directory, entity } = input;
  const found = entity.isStatic ? undefined : functionNamed(snapshot, directory, entity.name);
  return found ? declarationsOf(input, found.package, found.name) : [];
}

/** Both ends of `//go:linkname local remote`. */
export function linknameDefinition(input: DefinitionInput<DirectiveEntity>): Location[] {
  const { snapshot, directory, entity } = input;
  const word = entity.words[entity.index]!;
  if (entity.name !== "go:linkname") return [];
  if (entity.index === 1) {
    const pkg = snapshot.package(directory);
    return pkg ? declarationsOf(input, pkg, word) : [];
  }
  const parts = entity.index === 2 ? splitSymbol(word) : undefined;
  const pkg = parts && snapshot.packageNamed(parts.path, directory);
  return parts && pkg && pkg !== "unknown" ? declarationsOf(input, pkg, parts.name) : [];
}

/** Those that count on a target that builds the file; all where none does. */
function declarationsOf({ snapshot, targets }: DefinitionInput, pkg: Package, name: string): Location[] {
  const declared = (pkg.scope.get(name) ?? []).filter(({ file }) => !file.isTest);
  const own = targets.flatMap((target) => declared.filter(({ file }) => file.targets.has(target)));
  return distinct(
    (own.length > 0 ? own : declared).map((found) => ({
      directory: found.package.directory,
      file: found.file.name,
      span: nameSpan(snapshot, found),
    })),
  );
}
