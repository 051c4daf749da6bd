/**
 * The fields of a byte map as rows with a depth: what a terminal, a Markdown text
 * and a screen reader are shown in place of the picture. It must not know how rows
 * are drawn.
 */
import type { ByteField, ByteMapSection } from "./previewModel.ts";
import type { Location } from "../../workspace/location.ts";

export interface FieldRow<Place = Location> {
  readonly field: ByteField<Place>;
  /** 0 for the fields of the map itself. */
  readonly depth: number;
  /** The names from the outside in, joined by dots: unique in its map, padding included. */
  readonly key: string;
}

/** Every field before what it is made of. */
export function fieldRows<Place>({ fields }: Pick<ByteMapSection<Place>, "fields">): FieldRow<Place>[] {
  const rows: FieldRow<Place>[] = [];
  const seen = new Map<string, number>();
  const add = (fields: readonly ByteField<Place>[], depth: number, prefix: string): void => {
    for (const [n, field] of fields.entries()) {
      // Padding belongs to the field it follows, wherever that stands on another target.
      const name = field.isPadding ? `${fields[n - 1]?.name ?? ""}…` : field.name;
      const path = `${prefix}${name}`;
      const times = seen.get(path) ?? 0;
      seen.set(path, times + 1);
      const key = times === 0 ? path : `${path}#${times}`;
      rows.push({ field, depth, key });
      add(field.fields, depth + 1, `${key}.`);
    }
  };
  add(fields, 0, "");
  return rows;
}
