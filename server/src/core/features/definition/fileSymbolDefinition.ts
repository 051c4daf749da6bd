/** Where a file defines a symbol itself: the TEXT or GLOBL of `x<>`, or else its first DATA. */
import type { Location } from "../../workspace/location.ts";
import { asmTree } from "../entity/asmEntity.ts";
import type { SymbolEntity } from "../entity/entity.ts";
import type { DefinitionInput } from "./definitionSource.ts";

export function fileSymbolDefinition({
  directory,
  source,
  entity,
}: DefinitionInput<SymbolEntity>): Location[] {
  if (source.kind !== "asm" && source.kind !== "header") return [];
  const found = asmTree(source).statements.flatMap((statement) => {
    const isData = statement.kind === "text" || statement.kind === "globl" || statement.kind === "data";
    const symbol = isData ? statement.symbol : undefined;
    const isSame = symbol?.name === entity.name && symbol.isStatic === entity.isStatic;
    if (!symbol || !isSame || symbol.nameSpan.start === entity.span.start) return [];
    return [{ kind: statement.kind, span: symbol.nameSpan }];
  });
  const defining = found.filter(({ kind }) => kind !== "data");
  const chosen = defining.length > 0 ? defining : found.slice(0, 1);
  return chosen.map(({ span }) => ({ directory, file: source.name, span }));
}
