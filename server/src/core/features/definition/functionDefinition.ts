/**
 * Where a function that is assembly somewhere is defined: from its Go declaration to the TEXT directives, from those
 * to the declaration, from a mention to what runs. Where a target that builds the file has an answer, others are left out.
 */
import type { Location } from "../../workspace/location.ts";
import type { DeclarationEntity, SymbolEntity } from "../entity/entity.ts";
import { functionAt } from "../hover/functionHover.ts";
import { type MatrixRow, targetMatrix } from "../targetMatrix.ts";
import { type DefinitionInput, distinct } from "./definitionSource.ts";

export function functionDefinition(input: DefinitionInput<SymbolEntity | DeclarationEntity>): Location[] {
  const { snapshot, targets } = input;
  const found = functionAt(input);
  const rows = found && targetMatrix(snapshot, found.directory, found.name);
  if (!rows) return [];
  const own = locationsIn(
    input,
    found.directory,
    targets.map((target) => rows[target]!),
  );
  return own.length > 0 ? own : locationsIn(input, found.directory, rows);
}

function locationsIn(
  { directory, source, entity }: DefinitionInput,
  declaredIn: string,
  rows: readonly MatrixRow[],
): Location[] {
  const declarations = rows.flatMap(({ declaration }): Location[] => {
    if (!declaration) return [];
    const { file, span } = declaration;
    return [{ directory: declaredIn, file, span }];
  });
  const texts = rows.flatMap((row) =>
    row.texts.map(({ directory, file, span }): Location => ({ directory, file, span })),
  );
  const isOwn = ({ directory: other, file, span }: Location): boolean =>
    other === directory && file === source.name && span.start === entity.span.start;
  const isText = source.kind === "asm" && texts.some(isOwn);
  const others = distinct([...declarations, ...texts].filter((location) => !isOwn(location)));
  if (isText) return others.filter((location) => !isAssembly(location));
  return others.some(isAssembly) ? others.filter(isAssembly) : others;
}

function isAssembly({ file }: Location): boolean {
  return file.endsWith(".s");
}
