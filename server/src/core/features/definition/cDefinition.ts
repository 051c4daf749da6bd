/** Where C declares a symbol, in trees of Go's first years. */
import type { Location } from "../../workspace/location.ts";
import type { SymbolEntity } from "../entity/entity.ts";
import { cDeclarationsNear } from "../hover/cHover.ts";
import type { DefinitionInput } from "./definitionSource.ts";

export function cDefinition({
  snapshot,
  directory,
  entity,
  targets,
}: DefinitionInput<SymbolEntity>): Location[] {
  return cDeclarationsNear(snapshot, directory, entity.name, targets[0]!).map(
    ({ directory, file, span }) => ({
      directory,
      file,
      span,
    }),
  );
}
