/** Where a function has the label that it jumps to. */
import type { Location } from "../../workspace/location.ts";
import { asmTree } from "../entity/asmEntity.ts";
import type { LabelEntity } from "../entity/entity.ts";
import type { DefinitionInput } from "./definitionSource.ts";

/** More than one where conditions choose between them. */
export function labelDefinition({ directory, source, entity }: DefinitionInput<LabelEntity>): Location[] {
  if (source.kind !== "asm" && source.kind !== "header") return [];
  const { statements } = asmTree(source);
  const around = statements.findLast(({ start }) => start <= entity.span.start);
  return statements.flatMap((statement) => {
    if (statement.kind !== "label" || statement.text !== around?.text || statement.name !== entity.name)
      return [];
    const span = { start: statement.start, end: statement.nameEnd };
    return span.start === entity.span.start ? [] : [{ directory, file: source.name, span }];
  });
}
