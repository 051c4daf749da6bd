/** What a source of definitions is asked, and what it answers. It must not know which sources there are. */
import type { Location } from "../../workspace/location.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { Entity } from "../entity/entity.ts";

export interface DefinitionInput<E extends Entity = Entity> {
  readonly snapshot: Snapshot;
  readonly directory: string;
  readonly source: SourceFile;
  readonly entity: E;
  /** Indexes of the targets that build the file, the one to speak of first in front; never empty. */
  readonly targets: readonly number[];
}

/** Empty where nothing defines it, or that is not known. */
export type DefinitionSource<E extends Entity = Entity> = (input: DefinitionInput<E>) => readonly Location[];

/** The answer of the first source that has one. */
export function firstOf<E extends Entity>(...sources: readonly DefinitionSource<E>[]): DefinitionSource<E> {
  return (input) => {
    for (const source of sources) {
      const locations = source(input);
      if (locations.length > 0) return locations;
    }
    return [];
  };
}

/** Each place once. */
export function distinct(locations: readonly Location[]): Location[] {
  return [
    ...new Map(
      locations.map((location) => [
        `${location.directory}/${location.file} ${location.span.start}`,
        location,
      ]),
    ).values(),
  ];
}
