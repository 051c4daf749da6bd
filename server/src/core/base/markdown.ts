/** Pieces of Markdown in which any text stays what it is. It must not know what is written about. */

/** A text in the middle of a line. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_<>[\]|#~&]/g, (c) => `\\${c}`);
}

/** A name or a type; what would end the span, or a table's cell around it, is written so that it does neither. */
export function codeSpan(text: string): string {
  const plain = oneLine(text);
  if (plain === "") return "";
  return /[`|]/.test(plain) ? escapeMarkdown(plain) : `\`${plain}\``;
}

/** Lines of source; the fence is longer than any run of ticks in them. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}\n`;
}

export interface MarkdownColumn {
  readonly title: string;
  readonly isRight: boolean;
}

/** Cells are Markdown already. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [
    columns.map(({ title }) => escapeMarkdown(title)),
    columns.map(({ isRight }) => (isRight ? "---:" : "---")),
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
