/**
 * A preview as a terminal shows it: aligned tables, one block for each side; of two
 * revisions what each has of its own, marked as a diff does. It must not know what is
 * previewed.
 */
import { targetNames } from "../../model/targets/targetNames.ts";
import { fieldRows } from "./fieldRows.ts";
import { fieldColumns } from "./previewDiff.ts";
import type { Cell, PreviewModel, PreviewSection } from "./previewModel.ts";
import type { RevisedSide } from "./revisedSides.ts";

/**
 * Lines that end in "\n": the title, then each side under the names of its targets. What differs from the kernel
 * has a `≠` behind it.
 */
export function previewText({ title, sides }: PreviewModel<unknown>): string {
  const blocks = sides.map(({ targets, sections }) =>
    [`on ${printable(targetNames(targets))}\n`, ...sections.map(sectionText)].join("\n"),
  );
  return [`${printable(title)}\n`, ...blocks].join("\n");
}

/** What the two revisions are called. */
export interface RevisionNames {
  readonly here: string;
  readonly there: string;
}

/**
 * Lines that end in "\n", in the form of a diff: rows that only the other revision has begin with "-", those
 * that only the one at hand has with "+", and one that changed is both. Of targets without a difference there
 * are the names alone.
 */
export function revisionsText(
  title: string,
  sides: readonly RevisedSide<unknown>[],
  { here, there }: RevisionNames,
): string {
  const blocks = sides.map((side) => {
    const names = printable(targetNames(side.targets));
    return side.isSame ? `the same on ${names}\n` : [`on ${names}\n`, ...revisedSections(side)].join("\n");
  });
  return [`${printable(title)}\n--- ${printable(there)}\n+++ ${printable(here)}\n`, ...blocks].join("\n");
}

function revisedSections({ here, there }: RevisedSide<unknown>): string[] {
  const [ours, theirs] = [here?.sections ?? [], there?.sections ?? []];
  const gone = theirs.filter(({ key }) => !ours.some((section) => section.key === key));
  return [
    ...ours.map((section) =>
      revisedText(
        sectionTable(section),
        theirs.filter(({ key }) => key === section.key).map(sectionTable)[0] ?? nothing,
      ),
    ),
    ...gone.map((section) => revisedText(nothing, sectionTable(section))),
  ];
}

/** A section as rows of text. */
interface TextTable {
  readonly head: string;
  readonly columns: readonly TextColumn[];
  readonly rows: readonly TextRow[];
}

interface TextColumn {
  readonly title: string;
  readonly isRight: boolean;
}

interface TextRow {
  /** Unique in its table. */
  readonly key: string;
  readonly cells: readonly string[];
}

const nothing: TextTable = { head: "", columns: [], rows: [] };

function sectionTable(section: PreviewSection<unknown>): TextTable {
  switch (section.kind) {
    case "table":
      return {
        head: section.rows.length === 0 ? `${section.title}: none` : section.title,
        columns: section.columns.map(({ title, align }) => ({ title, isRight: align === "right" })),
        rows: section.rows.map(({ key, cells }) => ({ key, cells: cells.map(cellText) })),
      };
    case "bytes":
      return {
        head: `${section.title}: ${section.size} ${section.size === 1 ? "byte" : "bytes"}, aligned to ${section.align}`,
        columns: fieldColumns.map((name, i) => ({ title: name === "note" ? "" : name, isRight: i < 2 })),
        rows: fieldRows(section).map(({ field, depth, key }) => ({
          key,
          cells: [
            String(field.offset),
            String(field.size),
            "  ".repeat(depth) + (field.isPadding ? "(padding)" : field.name),
            field.type,
            cellText({ text: field.note ?? "", ...(field.mark && { mark: field.mark }) }),
          ],
        })),
      };
    case "notes":
      return {
        head: section.title,
        columns: [{ title: "", isRight: false }],
        rows: section.notes.map((note) => ({ key: note.text, cells: [cellText(note)] })),
      };
  }
}

function cellText({ text, mark }: Cell<unknown>): string {
  return mark === "differs" ? `${text} ≠`.trimStart() : text;
}

function sectionText(section: PreviewSection<unknown>): string {
  const { head, columns, rows } = sectionTable(section);
  return `  ${printable(head)}\n${grid(
    columns,
    rows.map(({ cells }) => ({ mark: " ", cells })),
  )}`;
}

function revisedText(here: TextTable, there: TextTable): string {
  const heads =
    here.head === there.head
      ? [`  ${here.head}`]
      : [...(there === nothing ? [] : [`- ${there.head}`]), ...(here === nothing ? [] : [`+ ${here.head}`])];
  const columns = here === nothing ? there.columns : here.columns;
  return `${heads.map((head) => `${printable(head)}\n`).join("")}${grid(columns, revisedRows(here.rows, there.rows))}`;
}

interface MarkedRow {
  readonly mark: " " | "-" | "+";
  readonly cells: readonly string[];
}

/** The rows here in their order; those that are gone stand where they stood there. */
function revisedRows(here: readonly TextRow[], there: readonly TextRow[]): MarkedRow[] {
  const ours = new Set(here.map(({ key }) => key));
  const placeThere = new Map(there.map(({ key }, i) => [key, i]));
  const rows: MarkedRow[] = [];
  let next = 0;
  const passOver = (end: number): void => {
    for (; next < end; next++) {
      const { key, cells } = there[next]!;
      if (!ours.has(key)) rows.push({ mark: "-", cells });
    }
  };
  for (const { key, cells } of here) {
    const at = placeThere.get(key);
    if (at !== undefined) passOver(at);
    const before = at === undefined ? undefined : there[at]!.cells;
    if (before && before.join("\0") === cells.join("\0")) rows.push({ mark: " ", cells });
    else rows.push(...(before ? [{ mark: "-" as const, cells: before }] : []), { mark: "+", cells });
  }
  passOver(there.length);
  return rows;
}

/** Indented columns, two spaces apart, without those that are empty and spaces at the ends of lines; nothing without rows. */
function grid(columns: readonly TextColumn[], rows: readonly MarkedRow[]): string {
  const filled = [...columns.keys()].filter((i) => rows.some(({ cells }) => (cells[i] ?? "") !== ""));
  const titles = columns.map(({ title }) => title);
  const hasTitles = filled.some((i) => titles[i] !== "");
  const lines = [...(hasTitles ? [{ mark: " ", cells: titles }] : []), ...rows].map(({ mark, cells }) => ({
    mark,
    cells: cells.map(printable),
  }));
  const widths = columns.map((_, i) =>
    lines.reduce((most, { cells }) => Math.max(most, width(cells[i] ?? "")), 0),
  );
  return lines
    .map(({ mark, cells }) => {
      const padded = filled.map((i) => {
        const text = cells[i] ?? "";
        const space = " ".repeat(widths[i]! - width(text));
        return columns[i]!.isRight ? space + text : text + space;
      });
      return `${mark}   ${padded.join("  ")}`.trimEnd() + "\n";
    })
    .join("");
}

/** In code points; what is wider than one column is rare in Go's names. */
function width(text: string): number {
  return [...text].length;
}

/** No control character reaches the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, " ");
}
