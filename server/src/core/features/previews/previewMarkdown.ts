/**
 * A preview as Markdown, for a comment, an issue or a document: tables of GitHub's
 * kind. It must not know what is previewed.
 */
import { codeBlock, codeSpan, escapeMarkdown, markdownTable } from "../../base/markdown.ts";
import { targetNames } from "../../model/targets/targetNames.ts";
import { fieldRows } from "./fieldRows.ts";
import type { ByteMapSection, Cell, PreviewModel, PreviewSection } from "./previewModel.ts";
import type { RevisedSide } from "./revisedSides.ts";
import { type RevisionNames, revisionsText } from "./previewText.ts";

/** Lines that end in "\n". Places are left out: they mean nothing on another machine. */
export function previewMarkdown({ title, sides }: PreviewModel<unknown>): string {
  const blocks = sides.flatMap(({ targets, sections }) => [
    `## ${escapeMarkdown(targetNames(targets))}\n`,
    ...sections.map(sectionMarkdown),
  ]);
  return [`# ${escapeMarkdown(title)}\n`, ...blocks].join("\n");
}

/** Two revisions as one diff. */
export function revisionsMarkdown(
  title: string,
  sides: readonly RevisedSide<unknown>[],
  names: RevisionNames,
): string {
  return `# ${escapeMarkdown(title)}\n\n${codeBlock("diff", revisionsText(title, sides, names).trimEnd())}`;
}

function sectionMarkdown(section: PreviewSection<unknown>): string {
  switch (section.kind) {
    case "table":
      return `### ${escapeMarkdown(section.title)}\n\n${markdownTable(
        section.columns.map((column) => ({ title: column.title, isRight: column.align === "right" })),
        section.rows.map(({ cells }) => cells.map(cellMarkdown)),
      )}`;
    case "bytes":
      return bytesMarkdown(section);
    case "notes":
      return `### ${escapeMarkdown(section.title)}\n\n${section.notes.map((note) => `- ${cellMarkdown(note)}\n`).join("")}`;
  }
}

function bytesMarkdown(section: ByteMapSection<unknown>): string {
  const { title, size, align } = section;
  const rows = fieldRows(section).map(({ field, depth, key }) => [
    String(field.offset),
    String(field.size),
    field.isPadding ? "*padding*" : codeSpan(depth === 0 ? field.name : key),
    field.type === "" ? "" : codeSpan(field.type),
    cellMarkdown({ text: field.note ?? "", ...(field.mark && { mark: field.mark }) }),
  ]);
  const columns = [
    { title: "offset", isRight: true },
    { title: "size", isRight: true },
    { title: "field", isRight: false },
    { title: "type", isRight: false },
    { title: "", isRight: false },
  ];
  const head = `### ${escapeMarkdown(title)}: ${size} ${size === 1 ? "byte" : "bytes"}, aligned to ${align}\n`;
  return `${head}\n${markdownTable(columns, rows)}`;
}

function cellMarkdown({ text, mark }: Cell<unknown>): string {
  const escaped = escapeMarkdown(text);
  return mark === "differs" ? `**${escaped === "" ? "≠" : `${escaped} ≠`}**` : escaped;
}
