/**
 * Where what stands at a place is defined, on any target: from a Go declaration to the TEXT directives, from
 * assembly to the Go declarations and from a mention to what runs, from a name of go_asm.h to its declarations.
 */
import type { Span } from "../base/span.ts";
import { declLocation } from "../workspace/declLocation.ts";
import type { Location } from "../workspace/location.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { DeclarationEntity, Entity, GoAsmNameEntity, SymbolEntity } from "./entity/entity.ts";
import { entityAt } from "./entityAt.ts";
import { cDeclarationsNear } from "./hover/cHover.ts";
import { functionAt } from "./hover/functionHover.ts";
import { goAsmNames } from "./hover/goAsmHover.ts";
import { targetMatrix } from "./targetMatrix.ts";
import { targetsOfFile } from "./targetsOfFile.ts";

export interface Definition {
  /** The name that was asked about. */
  readonly span: Span;
  /** Without the name itself. */
  readonly locations: readonly Location[];
}

/** undefined where nothing defines what is there, or that is not known here. */
export function definition(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
): Definition | undefined {
  const source = snapshot.directories.get(directory)?.files.get(file);
  const entity = source && entityAt(snapshot, directory, file, offset);
  if (!source || !entity) return undefined;
  const locations = locationsOf({ snapshot, directory, source }, entity);
  return locations.length > 0 ? { span: entity.span, locations } : undefined;
}

interface Place {
  readonly snapshot: Snapshot;
  readonly directory: string;
  readonly source: SourceFile;
}

function locationsOf(place: Place, entity: Entity): readonly Location[] {
  switch (entity.kind) {
    case "goAsmName":
      return goAsmDeclarations(place, entity);
    case "symbol": {
      const found = functionLocations(place, entity);
      return found.length > 0 ? found : cLocations(place, entity);
    }
    case "declaration":
      return functionLocations(place, entity);
    default:
      return [];
  }
}

function functionLocations(
  { snapshot, directory, source }: Place,
  entity: SymbolEntity | DeclarationEntity,
): readonly Location[] {
  const found = functionAt({ snapshot, directory, source, entity });
  const rows = found && targetMatrix(snapshot, found.directory, found.name);
  if (!rows) return [];
  const places = new Map<string, Location>();
  const add = ({ directory, file, span }: Location): void => {
    places.set(`${directory}/${file} ${span.start}`, { directory, file, span });
  };
  for (const { declaration } of rows) if (declaration) add({ directory: found.directory, ...declaration });
  for (const { texts } of rows) texts.forEach(add);
  const own = `${directory}/${source.name} ${entity.span.start}`;
  const isDefinition = places.delete(own);
  const all = [...places.values()];
  // From a TEXT or a declaration to its counterparts; from a mention to what is run.
  const code = all.filter(({ file }) => file.endsWith(".s"));
  if (source.kind === "asm" && isDefinition) return all.filter(({ file }) => !file.endsWith(".s"));
  return code.length > 0 ? code : all;
}

/** What a name of go_asm.h comes from, each declaration once. */
function goAsmDeclarations({ snapshot, directory, source }: Place, entity: GoAsmNameEntity): Location[] {
  const targets = targetsOfFile(snapshot, source);
  const places = goAsmNames({ snapshot, directory, entity, targets }).flatMap(
    ({ value }) => declLocation(snapshot, value.declared) ?? [],
  );
  return [...new Map(places.map((place) => [`${place.file} ${place.span.start}`, place])).values()];
}

/** Where C declares it, in trees of Go's first years. */
function cLocations({ snapshot, directory, source }: Place, { name }: SymbolEntity): Location[] {
  const [target] = targetsOfFile(snapshot, source);
  return cDeclarationsNear(snapshot, directory, name, target!).map(({ directory, file, span }) => ({
    directory,
    file,
    span,
  }));
}
