/** Where a macro is defined, in the file or in what it includes; where a macro's parameter stands; the file of an `#include`. */
import { findIncluded } from "../../workspace/includedFile.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { Location } from "../../workspace/location.ts";
import { asmTree } from "../entity/asmEntity.ts";
import type { Entity, IncludeEntity, MacroParameterEntity } from "../entity/entity.ts";
import type { DefinitionInput } from "./definitionSource.ts";

type Named = Extract<Entity, { readonly name: string }>;

/** Of the file itself first; more than one where conditions choose between them. */
export function macroDefinition({ snapshot, directory, source, entity }: DefinitionInput<Named>): Location[] {
  return definesIn(snapshot, { directory, file: source.name }, entity.name, new Set()).filter(
    ({ file, span }) => file !== source.name || span.start !== entity.span.start,
  );
}

function definesIn(
  snapshot: Snapshot,
  { directory, file }: Pick<Location, "directory" | "file">,
  name: string,
  seen: Set<string>,
): Location[] {
  const path = `${directory}/${file}`;
  const source = snapshot.directories.get(directory)?.files.get(file);
  if (seen.has(path) || !source || !("asm" in source)) return [];
  seen.add(path);
  const { outline } = source.asm;
  const own = outline.defines.has(name)
    ? asmTree(source).statements.flatMap((statement) =>
        statement.kind === "define" && statement.name === name
          ? [{ directory, file, span: statement.nameSpan }]
          : [],
      )
    : [];
  if (own.length > 0) return own;
  return outline.includes.flatMap((path) => {
    const included = includedFile(snapshot, directory, path);
    return included ? definesIn(snapshot, included, name, seen) : [];
  });
}

/** Also of headers like textflag.h, which nothing else needs to read. */
function includedFile(
  snapshot: Snapshot,
  directory: string,
  path: string,
): Pick<Location, "directory" | "file"> | undefined {
  return findIncluded(snapshot.world, directory, path, (from, name) =>
    snapshot.file(from, name) ? { directory: from, file: name } : undefined,
  );
}

export function macroParameterDefinition({
  directory,
  source,
  entity,
}: DefinitionInput<MacroParameterEntity>): Location[] {
  const { definition } = entity;
  return definition.start === entity.span.start ? [] : [{ directory, file: source.name, span: definition }];
}

export function includeDefinition({
  snapshot,
  directory,
  entity,
}: DefinitionInput<IncludeEntity>): Location[] {
  const found = includedFile(snapshot, directory, entity.path);
  return found ? [{ ...found, span: { start: 0, end: 0 } }] : [];
}
