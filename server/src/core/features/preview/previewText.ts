/** A preview as a terminal shows it: aligned tables, one block for each side. It must not know what is previewed. */
import { targetNames } from "../../model/targetNames.ts";
import { fieldRows } from "./fieldRows.ts";
import type {
  ByteMapSection,
  Cell,
  NotesSection,
  PreviewModel,
  PreviewSection,
  TableSection,
} from "./previewModel.ts";

/**
 * Lines that end in "\n": the title, then each side under the names of its targets. What differs from the kernel
 * has a `≠` behind it.
 */
export function previewText({ title, sides }: PreviewModel): string {
  const blocks = sides.map(({ targets, sections }) =>
    [`on ${printable(targetNames(targets))}\n`, ...sections.map(sectionText)].join("\n"),
  );
  return [`${printable(title)}\n`, ...blocks].join("\n");
}

function sectionText(section: PreviewSection): string {
  switch (section.kind) {
    case "table":
      return tableText(section);
    case "bytes":
      return bytesText(section);
    case "notes":
      return notesText(section);
  }
}

function tableText({ title, columns, rows }: TableSection): string {
  if (rows.length === 0) return `  ${printable(title)}: none\n`;
  return `  ${printable(title)}\n${grid(
    columns.map((column) => ({ title: column.title, isRight: column.align === "right" })),
    rows.map(({ cells }) => cells.map(cellText)),
  )}`;
}

function bytesText(section: ByteMapSection): string {
  const { title, size, align } = section;
  const head = `  ${printable(title)}: ${size} ${size === 1 ? "byte" : "bytes"}, aligned to ${align}\n`;
  const rows = fieldRows(section).map(({ field, depth }) => [
    String(field.offset),
    String(field.size),
    "  ".repeat(depth) + (field.isPadding ? "(padding)" : field.name),
    field.type,
    cellText({ text: field.note ?? "", ...(field.mark && { mark: field.mark }) }),
  ]);
  if (rows.length === 0) return head;
  const columns = [
    { title: "offset", isRight: true },
    { title: "size", isRight: true },
    { title: "field", isRight: false },
    { title: "type", isRight: false },
    { title: "", isRight: false },
  ];
  return head + grid(columns, rows);
}

function notesText({ title, notes }: NotesSection): string {
  return `  ${printable(title)}\n${notes.map((note) => `    ${printable(cellText(note))}\n`).join("")}`;
}

function cellText({ text, mark }: Cell): string {
  return mark === "differs" ? `${text} ≠`.trimStart() : text;
}

interface GridColumn {
  readonly title: string;
  readonly isRight: boolean;
}

/** Indented columns, two spaces apart, without spaces at the ends of lines. */
function grid(columns: readonly GridColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows].map((line) => line.map(printable));
  const widths = columns.map((_, i) => lines.reduce((most, line) => Math.max(most, width(line[i] ?? "")), 0));
  return lines
    .map((line) => {
      const cells = columns.map(({ isRight }, i) => {
        const text = line[i] ?? "";
        const space = " ".repeat(widths[i]! - width(text));
        return isRight ? space + text : text + space;
      });
      return `    ${cells.join("  ")}`.trimEnd() + "\n";
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
