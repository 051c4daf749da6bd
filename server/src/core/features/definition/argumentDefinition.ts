/** Where Go declares the parameter or result that `x+8(FP)` is; a part of one, as `p_len+8(FP)`, leads to the whole. */
import type { Ident } from "../../syntax/go/ast.ts";
import { funcHeader } from "../../syntax/go/parseDecl.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import type { Location } from "../../workspace/location.ts";
import type { ArgumentEntity } from "../entity/entity.ts";
import { functionNamed } from "../hover/functionOf.ts";
import { type DefinitionInput, distinct } from "./definitionSource.ts";

export function argumentDefinition({
  snapshot,
  directory,
  source,
  entity,
  targets,
}: DefinitionInput<ArgumentEntity>): Location[] {
  if (source.kind !== "asm") return [];
  const text = source.asm.outline.texts.findLast(({ span }) => span.start <= entity.span.start);
  const found = text && functionNamed(snapshot, directory, text.name);
  const declared = found?.package.bodyless.get(found.name) ?? [];
  const own = targets.flatMap((target) => declared.filter(({ file }) => file.targets.has(target)));
  return distinct(
    own.flatMap((declaration): Location[] => {
      const location = declLocation(snapshot, declaration);
      if (!location || declaration.decl.kind !== "func") return [];
      const { params, results } = funcHeader(declaration.decl).type;
      const names = [...params, ...results].flatMap((field) => field.names);
      const ident = namedBy(names, entity.name);
      if (!ident) return [];
      const { start } = location.span;
      return [{ ...location, span: { start: start + ident.start, end: start + ident.end } }];
    }),
  );
}

/** The parameter of the name, or else the longest that the name goes on from with an underscore. */
function namedBy(names: readonly Ident[], name: string): Ident | undefined {
  const fitting = names.filter((ident) => ident.name === name || name.startsWith(`${ident.name}_`));
  return fitting.toSorted((a, b) => b.name.length - a.name.length)[0];
}
