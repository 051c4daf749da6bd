/**
 * What a preview shows, as plain data. The terminal's tables, the Markdown that is
 * copied and the editor's picture are all drawn from this model, so they cannot
 * disagree. Whoever makes one must not know how it is drawn.
 */
import type { Location } from "../../workspace/location.ts";

/** A picture of one thing for one target, or for several side by side; `Place` is how places are written. */
export interface PreviewModel<Place = Location> {
  /** `runtime.sigactiont`, `Signal setup` … */
  readonly title: string;
  /** Targets that show the same share a side; in the order the targets were asked for. */
  readonly sides: readonly PreviewSide<Place>[];
}

export interface PreviewSide<Place = Location> {
  /** At least one, as `linux/amd64`. */
  readonly targets: readonly string[];
  readonly sections: readonly PreviewSection<Place>[];
}

/** Sections of two sides belong together where their keys are equal. */
export type PreviewSection<Place = Location> =
  TableSection<Place> | ByteMapSection<Place> | NotesSection<Place>;

export interface TableSection<Place = Location> {
  readonly kind: "table";
  readonly key: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row<Place>[];
}

export interface Column {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly align?: "right";
}

export interface Row<Place = Location> {
  /** Rows of two sides belong together where their keys are equal; unique in its table. */
  readonly key: string;
  /** One for each column. */
  readonly cells: readonly Cell<Place>[];
}

export interface Cell<Place = Location> {
  readonly text: string;
  /** Where in the workspace this is said. */
  readonly place?: Place;
  /** Something to be looked at: it differs from what the kernel has, or is wasted. */
  readonly mark?: "differs" | "waste";
}

/** The bytes of a struct or a message, drawn to scale. */
export interface ByteMapSection<Place = Location> {
  readonly kind: "bytes";
  readonly key: string;
  readonly title: string;
  /** In bytes. */
  readonly size: number;
  readonly align: number;
  /** By offset, without gaps: padding is a field too. */
  readonly fields: readonly ByteField<Place>[];
}

export interface ByteField<Place = Location> {
  /** "" for padding. */
  readonly name: string;
  /** As the source writes it; "" for padding. */
  readonly type: string;
  /** From the start of the whole map, in bytes. */
  readonly offset: number;
  readonly size: number;
  readonly isPadding: boolean;
  /** Of a struct or array: what it is made of, offsets from the start of the whole map. */
  readonly fields: readonly ByteField<Place>[];
  /** What the kernel has there, a value, or what assembly calls it. */
  readonly note?: string;
  readonly mark?: Cell["mark"];
  readonly place?: Place;
}

/** Sentences. */
export interface NotesSection<Place = Location> {
  readonly kind: "notes";
  readonly key: string;
  readonly title: string;
  readonly notes: readonly Cell<Place>[];
}
