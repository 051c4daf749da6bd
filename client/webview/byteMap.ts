/**
 * The bytes of a struct or a message, drawn to scale: eight to a row, a field a
 * coloured stretch of them, padding hatched. It is an illustration of the table
 * beneath it, which says the same to those who do not see it.
 */
import { type FieldRow, fieldRows } from "../../server/src/core/index.ts";
import type { PreviewBytes } from "./page.ts";
import { svgElement } from "./dom.ts";

const bytesPerRow = 8;
/** All in pixels. */
const [byteWidth, rowHeight, gap, gutter, ruler] = [54, 30, 3, 46, 20];
const breakHeight = 16;
/** About what a character of the small font takes. */
const characterWidth = 6.7;
const colourCount = 6;
/** So many parts fill a screen. */
const screenful = 60;
/** More parts than this are drawn as the fields they belong to. */
const mostParts = 160;

interface Part {
  readonly row: FieldRow<unknown>;
  readonly colour: number;
  readonly label: string;
}

export interface ByteMapInput {
  /** Whether a field is set off. */
  isChanged(key: string): boolean;
  /** Of the fields of all pictures, by key; those that are missing are added. */
  readonly colours: Map<string, number>;
  /** Takes what is below the first screen. */
  later(draw: () => void): void;
}

export function byteMap(section: PreviewBytes, { isChanged, colours, later }: ByteMapInput): SVGSVGElement {
  const parts = partsOf(section, colours);
  const shown = visibleRows(parts, section.size);
  const width = gutter + bytesPerRow * byteWidth + 1;
  const tops = new Map<number, number>();
  let y = ruler;
  const breaks: SVGElement[] = [];
  let previous = -1;
  for (const row of shown) {
    if (row > previous + 1) {
      const left = (row - previous - 1) * bytesPerRow;
      breaks.push(
        svgElement(
          "text",
          { class: "break", x: gutter + (bytesPerRow * byteWidth) / 2, y: y + breakHeight / 2 },
          `⋮ ${left} bytes more`,
        ),
      );
      y += breakHeight;
    }
    tops.set(row, y);
    y += rowHeight + gap;
    previous = row;
  }
  const drawn = (some: readonly Part[]): SVGElement[] =>
    some.flatMap((part) => draw(part, tops, isChanged(part.row.key)));
  const offsets = [...tops].map(([row, top]) =>
    svgElement("text", { class: "offset", x: gutter - 8, y: top + rowHeight / 2 }, String(row * bytesPerRow)),
  );
  const numbers = Array.from({ length: Math.min(bytesPerRow, Math.max(section.size, 1)) }, (_, i) =>
    svgElement("text", { class: "ruler", x: gutter + (i + 0.5) * byteWidth, y: ruler / 2 }, `+${i}`),
  );
  const hatch = svgElement(
    "pattern",
    { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svgElement("line", { x1: 0, y1: 0, x2: 0, y2: 6, class: "hatch" }),
  );
  const made = svgElement(
    "svg",
    {
      class: "bytes",
      role: "img",
      width,
      height: y,
      viewBox: `0 0 ${width} ${y}`,
      "aria-label": spoken(section),
    },
    svgElement("defs", {}, hatch),
    ...numbers,
    ...offsets,
    ...drawn(parts.slice(0, screenful)),
    ...breaks,
  );
  if (parts.length > screenful) later(() => made.append(...drawn(parts.slice(screenful))));
  return made;
}

/** What the picture shows, in words; of a large one only the outline. */
function spoken({ title, size, align, fields }: PreviewBytes): string {
  const wasted = fields.reduce((sum, field) => sum + (field.isPadding ? field.size : 0), 0);
  const padding = wasted > 0 ? `, ${wasted} of them padding` : "";
  return `${title}: ${size} bytes${padding}, aligned to ${align}, ${fields.filter(({ isPadding }) => !isPadding).length} fields. The table below lists them.`;
}

/** The innermost fields, coloured by the field of the map they belong to; of too many, the map's own. */
function partsOf(section: PreviewBytes, colours: Map<string, number>): Part[] {
  const rows = fieldRows(section);
  const leaves = rows.filter(({ field }) => field.size > 0 && field.fields.length === 0);
  const isDetailed = leaves.length <= mostParts;
  const parts: Part[] = [];
  let colour = 0;
  for (const row of rows) {
    const { field, depth, key } = row;
    if (depth === 0 && !field.isPadding) {
      colour = colours.get(key) ?? colours.size;
      colours.set(key, colour);
    }
    const isDrawn = isDetailed ? field.fields.length === 0 : depth === 0;
    if (!isDrawn || field.size === 0) continue;
    parts.push({ row, colour: colour % colourCount, label: field.isPadding ? "" : row.key });
  }
  return parts;
}

/** All rows, without the inner ones of what goes on for long. */
function visibleRows(parts: readonly Part[], size: number): number[] {
  const count = Math.max(1, Math.ceil(size / bytesPerRow));
  const hidden = new Set<number>();
  for (const { row } of parts) {
    const first = Math.ceil(row.field.offset / bytesPerRow);
    const last = Math.floor((row.field.offset + row.field.size) / bytesPerRow) - 1;
    if (last - first < 4) continue;
    for (let inner = first + 1; inner < last; inner++) hidden.add(inner);
  }
  return Array.from({ length: Math.min(count, mostRows) }, (_, i) => i).filter((row) => !hidden.has(row));
}

/** So that no model can ask for an endless picture. */
const mostRows = 100_000;

function draw(
  { row, colour, label }: Part,
  tops: ReadonlyMap<number, number>,
  isChanged: boolean,
): SVGElement[] {
  const { field, key } = row;
  const end = field.offset + field.size;
  const pieces: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly isEnd: boolean;
  }[] = [];
  for (let at = field.offset; at < end;) {
    const line = Math.floor(at / bytesPerRow);
    const to = Math.min(end, (line + 1) * bytesPerRow);
    const top = tops.get(line);
    if (top !== undefined) {
      const x = gutter + (at - line * bytesPerRow) * byteWidth;
      pieces.push({ x, y: top, width: (to - at) * byteWidth, isEnd: to === end });
    }
    at = to;
  }
  const widest = pieces.reduce((a, b) => (b.width > a.width ? b : a), pieces[0]!);
  const marks = [
    field.mark ?? "",
    isChanged ? "changed" : "",
    field.isPadding ? "padding" : `colour${colour}`,
  ];
  return pieces.map((piece) => {
    const { x, y, width } = piece;
    const texts = piece === widest ? textsOf(label, field.type, width) : [];
    return svgElement(
      "g",
      { class: `part ${marks.filter((mark) => mark !== "").join(" ")}`, "data-key": key },
      svgElement("title", {}, tooltip(row)),
      svgElement("rect", { x: x + 1, y, width: Math.max(width - 2, 1), height: rowHeight, rx: 3 }),
      ...texts.map((text, i) =>
        svgElement(
          "text",
          {
            class: i === 0 ? "name" : "type",
            x: x + width / 2,
            y: y + (texts.length === 1 ? rowHeight / 2 : (rowHeight * (1 + 2 * i)) / 4 + (i === 0 ? 1 : -1)),
          },
          text,
        ),
      ),
    );
  });
}

function tooltip({ field, key }: FieldRow<unknown>): string {
  const { offset, size, type, isPadding, note } = field;
  const where = `offset ${offset}, ${size} ${size === 1 ? "byte" : "bytes"}`;
  if (isPadding) return `padding: ${where}`;
  return [`${key} ${type}`.trim(), where, note]
    .filter((line) => line !== undefined && line !== "")
    .join("\n");
}

/** The name, and its type beneath where there is room for both. */
function textsOf(label: string, type: string, width: number): string[] {
  const room = Math.floor((width - 8) / characterWidth);
  // Of a nested name the last part matters most.
  const own = label.slice(label.lastIndexOf(".") + 1);
  const name = label.length <= room ? label : own;
  if (name === "" || room < 1) return [];
  return [shortened(name, room), ...(type !== "" && type.length <= room ? [type] : [])];
}

function shortened(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(room - 1, 1))}…`;
}
