/** What a file of server/src/core/facts/generated is made of: tables of text, one row per line. It knows none of them. */

/** The parsed JSON of data/, by file name without its extension. */
export type Facts = (name: string) => unknown;

/** A constant of a generated file: where its rows are from, and the rows. How they are read back is written in server/src/core/oslayer. */
export interface Table {
  readonly name: string;
  readonly doc: string;
  readonly source: string;
  readonly rows: readonly string[];
}

export interface FactsFile {
  /** Of the generated file, without its extension. */
  readonly name: string;
  /** The files of data/ that the tables are made of, without their extension. */
  readonly data: readonly string[];
  readonly tables: (facts: Facts) => readonly Table[];
}
