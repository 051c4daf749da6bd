/**
 * The same sections with their places written otherwise: as the protocol writes them, or left out where two
 * sections are compared. It must not know how either writes a place.
 */
import type { ByteField, Cell, PreviewSection, Row } from "./previewModel.ts";

/** How a place is written; undefined leaves it out. */
export type WritePlace<From, To> = (place: From) => To | undefined;

export function withPlaces<From, To>(
  section: PreviewSection<From>,
  write: WritePlace<From, To>,
): PreviewSection<To> {
  switch (section.kind) {
    case "table": {
      const rows = section.rows.map((row): Row<To> => ({ ...row, cells: cellsOf(row.cells, write) }));
      return { ...section, rows };
    }
    case "bytes":
      return { ...section, fields: fieldsOf(section.fields, write) };
    case "notes":
      return { ...section, notes: cellsOf(section.notes, write) };
  }
}

function cellsOf<From, To>(cells: readonly Cell<From>[], write: WritePlace<From, To>): Cell<To>[] {
  return cells.map(({ place, ...cell }) => ({ ...cell, ...placed(place, write) }));
}

function fieldsOf<From, To>(
  fields: readonly ByteField<From>[],
  write: WritePlace<From, To>,
): ByteField<To>[] {
  return fields.map(({ place, fields: parts, ...field }) => ({
    ...field,
    fields: fieldsOf(parts, write),
    ...placed(place, write),
  }));
}

function placed<From, To>(place: From | undefined, write: WritePlace<From, To>): { readonly place?: To } {
  const written = place === undefined ? undefined : write(place);
  return written === undefined ? {} : { place: written };
}

/** Every place that a section links to. */
export function placesIn<Place>(section: PreviewSection<Place>): Place[] {
  const places: Place[] = [];
  withPlaces(section, (place) => {
    places.push(place);
    return undefined;
  });
  return places;
}
