/** The sections of a preview as elements: tables with headers, pictures, sentences. It must not know the page around them. */
import {
  fieldColumns,
  type FieldRow,
  fieldRows,
  type PreviewCell,
  type SectionDiff,
} from "../../server/src/core/index.ts";
import type { PreviewLink } from "../../server/src/lsp/protocol.ts";
import { byteMap } from "./byteMap.ts";
import { element } from "./dom.ts";
import type { PreviewBytes, PreviewNotes, PreviewPart, PreviewTable } from "./page.ts";

export interface SectionInput {
  /** How the section stands to that of the side it is compared with. */
  readonly diff: SectionDiff | undefined;
  readonly onlyDifferences: boolean;
  /** In lower case; "" shows every row. */
  readonly filter: string;
  /** Of the fields that have been drawn, for all sides together: `byteMap` adds to it. */
  readonly colours: Map<string, number>;
  open(link: PreviewLink): void;
  /** Takes what need not be drawn at once. */
  later(draw: () => void): void;
}

/** So many rows fill a screen. */
const screenful = 40;

type Cell = PreviewCell<PreviewLink>;

/** Tables of fewer rows are shown as they are, whatever the filter. */
export const filteredFrom = 20;

export function sectionElement(section: PreviewPart, input: SectionInput): HTMLElement {
  switch (section.kind) {
    case "table":
      return tableSection(section, input);
    case "bytes":
      return bytesSection(section, input);
    case "notes":
      return notesSection(section, input);
  }
}

interface ShownRow {
  readonly key: string;
  readonly cells: readonly Cell[];
  readonly depth: number;
  readonly classes: string;
}

interface ShownTable {
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly isRight: boolean }[];
  readonly rows: readonly ShownRow[];
  /** Index of the column that names a row. */
  readonly head: number;
}

function tableSection(section: PreviewTable, input: SectionInput): HTMLElement {
  const { rows, columns } = section;
  const isFiltered = rows.length >= filteredFrom && input.filter !== "";
  const kept = rows.filter(
    ({ key, cells }) =>
      isShown(key, input) &&
      (!isFiltered || cells.some(({ text }) => text.toLowerCase().includes(input.filter))),
  );
  const left = columns.findIndex(({ align }) => align !== "right");
  return element(
    "section",
    { class: "table" },
    tableElement(
      {
        caption:
          kept.length === rows.length ? section.title : `${section.title} (${kept.length} of ${rows.length})`,
        columns: columns.map(({ title, align }) => ({ title, isRight: align === "right" })),
        rows: kept.map(({ key, cells }) => ({ key, cells, depth: 0, classes: "" })),
        head: Math.max(left, 0),
      },
      input,
    ),
    ...missingRows(input),
  );
}

function bytesSection(section: PreviewBytes, input: SectionInput): HTMLElement {
  const { title, size, align } = section;
  const rows = fieldRows(section).filter(({ key }) => isShown(key, input));
  const map = byteMap(section, {
    isChanged: (key) => isOther(key, input),
    colours: input.colours,
    later: (draw) => input.later(draw),
  });
  const figure = element("figure", {}, element("div", { class: "scroll" }, map));
  const table = tableElement(
    {
      caption: "Fields",
      columns: fieldColumns.map((name, i) => ({ title: name === "note" ? "" : name, isRight: i < 2 })),
      rows: rows.map(fieldCells),
      head: 2,
    },
    input,
  );
  linkHovers(map, table);
  map.addEventListener("click", (event) => {
    const key = keyAt(event);
    const place = rows.find((row) => row.key === key)?.field.place;
    if (place) input.open(place);
  });
  return element(
    "section",
    { class: "bytes" },
    element("h3", {}, title, " ", element("span", { class: "size" }, `${size} bytes, aligned to ${align}`)),
    figure,
    table,
    ...missingRows(input),
  );
}

function fieldCells({ field, depth, key }: FieldRow<PreviewLink>): ShownRow {
  const { offset, size, name, type, note, mark, place, isPadding } = field;
  const cells: Cell[] = [
    { text: String(offset) },
    { text: String(size) },
    { text: isPadding ? "padding" : name, ...(place && { place }) },
    { text: type },
    { text: note ?? "", ...(mark && { mark }) },
  ];
  return { key, cells, depth, classes: isPadding ? "padding" : "" };
}

function notesSection({ title, notes }: PreviewNotes, input: SectionInput): HTMLElement {
  const kept = notes.filter(({ text }) => isShown(text, input));
  return element(
    "section",
    { class: "notes" },
    element("h3", {}, title),
    element(
      "ul",
      {},
      ...kept.map((note) => {
        const isNew = input.diff?.onlyHere.has(note.text) === true;
        const names = [note.mark ?? "", isNew ? "onlyHere" : ""].filter((name) => name !== "");
        return element(
          "li",
          { class: names.join(" ") || undefined },
          ...cellContent(note, input, isNew ? "only here" : ""),
        );
      }),
    ),
  );
}

function tableElement({ caption, columns, rows, head }: ShownTable, input: SectionInput): HTMLElement {
  const header = columns.map(({ title, isRight }) =>
    element("th", { scope: "col", class: isRight ? "right" : undefined }, title),
  );
  const row = ({ key, cells, depth, classes }: ShownRow): HTMLElement => {
    const changed = input.diff?.changed.get(key);
    const isNew = input.diff?.onlyHere.has(key) === true;
    const shown = cells.map((cell, i) => {
      const names = [
        columns[i]?.isRight ? "right" : "",
        cell.mark ?? "",
        changed?.has(i) ? "changed" : "",
        i === head && depth > 0 ? `depth${Math.min(depth, 6)}` : "",
      ];
      const attributes = { class: names.filter((name) => name !== "").join(" ") || undefined };
      const said = isNew && i === head ? "only here" : changed?.has(i) ? "changed" : "";
      const content = cellContent(cell, input, said);
      return i === head
        ? element("th", { ...attributes, scope: "row" }, ...content)
        : element("td", attributes, ...content);
    });
    const rowClasses = [classes, isNew ? "onlyHere" : ""].filter((name) => name !== "").join(" ");
    return element("tr", { class: rowClasses || undefined, "data-key": key }, ...shown);
  };
  const body = element("tbody", {}, ...rows.slice(0, screenful).map(row));
  if (rows.length > screenful) input.later(() => body.append(...rows.slice(screenful).map(row)));
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...header)),
    body,
  );
}

/** `said` is what only colours show otherwise. */
function cellContent({ text, place, mark }: Cell, { open }: SectionInput, said = ""): (Node | string)[] {
  const words = [mark === "differs" ? "differs" : "", said].filter((word) => word !== "").join(", ");
  const unseen = words === "" ? [] : [element("span", { class: "unseen" }, ` (${words})`)];
  if (!place || text === "") return [text, ...unseen];
  const line = place.range.start.line + 1;
  // What comes behind a path says which revision of it is meant.
  const [path = ""] = place.uri.split("?");
  const file = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  const link = element(
    "a",
    { href: "#", title: `${file}, line ${line}`, "data-id": `${place.uri}:${line}:${text}` },
    text,
  );
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(place);
  });
  return [link, ...unseen];
}

function isChanged(key: string, { diff }: SectionInput): boolean {
  return diff !== undefined && (diff.onlyHere.has(key) || diff.changed.has(key));
}

/** Whether there is something else, not only elsewhere: after one wide field all that follows has moved. */
function isOther(key: string, { diff }: SectionInput): boolean {
  const columns = diff?.changed.get(key);
  return (
    diff?.onlyHere.has(key) === true || (columns !== undefined && [...columns].some((column) => column > 0))
  );
}

function isShown(key: string, input: SectionInput): boolean {
  return !input.onlyDifferences || !input.diff || isChanged(key, input);
}

/** What the side it is compared with has and this one has not. */
function missingRows({ diff }: SectionInput): HTMLElement[] {
  if (!diff || diff.missing.length === 0) return [];
  const names = diff.missing.slice(0, 12).map((key) => key.replace(/^(.*)…(?:#\d+)?$/, "padding after $1"));
  const more = diff.missing.length - names.length;
  const text = `Not here: ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return [element("p", { class: "missing" }, text)];
}

/** A field under the pointer stands out in the picture and in the table. */
function linkHovers(map: Element, table: Element): void {
  const set = (key: string | null, isOn: boolean): void => {
    if (key === null) return;
    for (const part of [...map.querySelectorAll("[data-key]"), ...table.querySelectorAll("[data-key]")]) {
      if (part.getAttribute("data-key") === key) part.classList.toggle("pointed", isOn);
    }
  };
  for (const root of [map, table]) {
    root.addEventListener("pointerover", (event) => set(keyAt(event), true));
    root.addEventListener("pointerout", (event) => set(keyAt(event), false));
  }
}

function keyAt({ target }: Event): string | null {
  return (target as Element).closest("[data-key]")?.getAttribute("data-key") ?? null;
}
