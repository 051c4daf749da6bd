/**
 * A preview as Markdown, for a comment, an issue or a document: tables of GitHub's
 * kind. It must not know what is previewed.
 */
import { targetNames } from "../../model/targetNames.ts";
import { fieldRows } from "./fieldRows.ts";
import type { ByteMapSection, Cell, PreviewModel, PreviewSection } from "./previewModel.ts";

/** Lines that end in "\n". Places are left out: they mean nothing on another machine. */
export function previewMarkdown({ title, sides }: PreviewModel): string {
  const blocks = sides.flatMap(({ targets, sections }) => [
    `## ${escapeText(targetNames(targets))}\n`,
    ...sections.map(sectionMarkdown),
  ]);
  return [`# ${escapeText(title)}\n`, ...blocks].join("\n");
}

function sectionMarkdown(section: PreviewSection): string {
  switch (section.kind) {
    case "table":
      return `### ${escapeText(section.title)}\n\n${table(
        section.columns.map((column) => ({ title: column.title, isRight: column.align === "right" })),
        section.rows.map(({ cells }) => cells.map(cellMarkdown)),
      )}`;
    case "bytes":
      return bytesMarkdown(section);
    case "notes":
      return `### ${escapeText(section.title)}\n\n${section.notes.map((note) => `- ${cellMarkdown(note)}\n`).join("")}`;
  }
}

function bytesMarkdown(section: ByteMapSection): string {
  const { title, size, align } = section;
  const rows = fieldRows(section).map(({ field, depth, key }) => [
    String(field.offset),
    String(field.size),
    field.isPadding ? "*padding*" : code(depth === 0 ? field.name : key),
    field.type === "" ? "" : code(field.type),
    cellMarkdown({ text: field.note ?? "", ...(field.mark && { mark: field.mark }) }),
  ]);
  const columns = [
    { title: "offset", isRight: true },
    { title: "size", isRight: true },
    { title: "field", isRight: false },
    { title: "type", isRight: false },
    { title: "", isRight: false },
  ];
  const head = `### ${escapeText(title)}: ${size} ${size === 1 ? "byte" : "bytes"}, aligned to ${align}\n`;
  return `${head}\n${table(columns, rows)}`;
}

function cellMarkdown({ text, mark }: Cell): string {
  const escaped = escapeText(text);
  return mark === "differs" ? `**${escaped === "" ? "≠" : `${escaped} ≠`}**` : escaped;
}

function table(
  columns: readonly { readonly title: string; readonly isRight: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [
    columns.map(({ title }) => escapeText(title)),
    columns.map(({ isRight }) => (isRight ? "---:" : "---")),
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** Of a name or a type: what would end the span or the cell is written so that it does neither. */
function code(text: string): string {
  const plain = oneLine(text);
  return /[`|]/.test(plain) ? escapeText(plain) : `\`${plain}\``;
}

function escapeText(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_<>[\]|#~&]/g, (c) => `\\${c}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
