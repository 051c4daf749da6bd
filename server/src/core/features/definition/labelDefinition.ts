/** Where a function has the label that it jumps to. */
import type { Location } from "../../workspace/location.ts";
import { statementsAround } from "../entity/asmEntity.ts";
import type { LabelEntity } from "../entity/entity.ts";
import type { DefinitionInput } from "./definitionSource.ts";

/** More than one where conditions choose between them. */
export function labelDefinition({ directory, source, entity }: DefinitionInput<LabelEntity>): Location[] {
  if (source.kind !== "asm" && source.kind !== "header") return [];
  const { statements, shift } = statementsAround(source, entity.span.start);
  const at = entity.span.start - shift;
  const around = statements.findLast(({ start }) => start <= at);
  return statements.flatMap((statement) => {
    if (statement.kind !== "label" || statement.text !== around?.text || statement.name !== entity.name)
      return [];
    if (statement.start === at) return [];
    const span = { start: statement.start + shift, end: statement.nameEnd + shift };
    return [{ directory, file: source.name, span }];
  });
}
