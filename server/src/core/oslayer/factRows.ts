/**
 * Reads the rows of facts/generated, whose form tools/facts/tables decides. It must not know what
 * the rows are about.
 */

export interface FactTable {
  /** Where the facts were gathered. */
  readonly source: string;
  readonly rows: string;
}

/** A parameter as C declares it: type "const char *", name "path". */
export interface Parameter {
  readonly type: string;
  readonly name: string;
}

export interface Signature {
  readonly result: string;
  readonly parameters: readonly Parameter[];
}

/** A row number|name|signature|attributes. */
export interface CallRow {
  readonly number: number;
  readonly name: string;
  /** Undefined: nobody knows. */
  readonly signature: Signature | undefined;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Rows under a line that begins with "# ". */
export interface Section {
  /** The words of that line. */
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

export function rowsOf({ rows }: FactTable): string[] {
  return rows.split("\n").filter((row) => row !== "");
}

export function sectionsOf(table: FactTable): Section[] {
  const sections: { head: string[]; rows: string[] }[] = [];
  for (const row of rowsOf(table)) {
    if (row.startsWith("# ")) sections.push({ head: row.slice(2).split(" "), rows: [] });
    else sections.at(-1)?.rows.push(row);
  }
  return sections;
}

export function callRows(table: FactTable): CallRow[] {
  return rowsOf(table).map((row) => {
    const [number = "", name = "", signature = "", attributes = ""] = row.split("|");
    return {
      number: Number(number),
      name,
      signature: parseSignature(signature),
      attributes: attributes === "" ? noAttributes : parseAttributes(attributes),
    };
  });
}

const noAttributes: ReadonlyMap<string, string> = new Map();

function parseAttributes(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => {
        const equals = word.indexOf("=");
        return [word.slice(0, equals), word.slice(equals + 1)];
      }),
  );
}

/** "int(int fd, void *buf)"; undefined for an empty text. */
export function parseSignature(text: string): Signature | undefined {
  const open = text.indexOf("(");
  if (open < 0) return undefined;
  const list = text.slice(open + 1, -1);
  return {
    result: text.slice(0, open),
    parameters: list === "" ? [] : list.split(", ").map(parseParameter),
  };
}

function parseParameter(text: string): Parameter {
  const [name = ""] = /\w+$/.exec(text) ?? [];
  return { type: text.slice(0, text.length - name.length).trimEnd(), name };
}
