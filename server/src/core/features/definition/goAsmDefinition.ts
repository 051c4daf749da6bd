/** Where Go declares what a name of go_asm.h stands for: the constant, the field, or for a size the type. */
import type { GoAsmName } from "../../model/go/goAsmHeader.ts";
import type { Ident } from "../../syntax/go/ast.ts";
import { typeHeader, valueSpecs } from "../../syntax/go/parseDecl.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import type { Location } from "../../workspace/location.ts";
import type { GoAsmNameEntity } from "../entity/entity.ts";
import { goAsmNames } from "../hover/goAsmHover.ts";
import { type DefinitionInput, distinct } from "./definitionSource.ts";

export function goAsmDefinition(input: DefinitionInput<GoAsmNameEntity>): Location[] {
  return distinct(
    goAsmNames(input).flatMap(({ value }): Location[] => {
      const location = declLocation(input.snapshot, value.declared);
      const ident = identOf(value);
      if (!location || !ident) return location ? [location] : [];
      const { start } = location.span;
      return [{ ...location, span: { start: start + ident.start, end: start + ident.end } }];
    }),
  );
}

function identOf(name: GoAsmName): Ident | undefined {
  const { decl } = name.declared;
  switch (decl.kind) {
    case "const":
      return valueSpecs(decl)
        .flatMap(({ names }) => names)
        .find((ident) => ident.name === name.declared.name);
    case "type": {
      const { name: type, type: written } = typeHeader(decl);
      if (name.kind !== "field" || written.kind !== "struct") return type;
      // An embedded field has no name of its own.
      return written.fields.flatMap(({ names }) => names).find((ident) => ident.name === name.field) ?? type;
    }
    default:
      return undefined;
  }
}
