/**
 * What stands at a place of a file: the one answer that hover, definition and whatever else is asked of a place
 * decide by. Read from the syntax tree of the file, so that no feature reads a line by itself. It must not know
 * what is said of an entity.
 */
import type { Snapshot } from "../workspace/snapshot.ts";
import { asmEntity } from "./entity/asmEntity.ts";
import { cEntity, declaredFunction } from "./entity/cEntity.ts";
import type { Entity } from "./entity/entity.ts";
import { goEntity } from "./entity/goEntity.ts";

/**
 * The entity whose span an offset lies in or ends; of two that meet there, the one with a name. Undefined in blanks,
 * in comments that say nothing of note, and in files that are not there.
 */
export function entityAt(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
): Entity | undefined {
  const source = snapshot.directories.get(directory)?.files.get(file);
  switch (source?.kind) {
    case undefined:
    case "object":
      return undefined;
    case "go":
      return goEntity(snapshot, source, offset);
    case "asm":
      return asmEntity(snapshot, directory, source, offset);
    case "header":
      // A header may be C's as well.
      return declaredFunction(source, offset) ?? asmEntity(snapshot, directory, source, offset);
    case "c":
      return cEntity(source, offset);
  }
}
