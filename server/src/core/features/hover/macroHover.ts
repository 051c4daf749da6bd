/** Hover on a macro where it is used: its definitions as they are written, in the file or in what it includes. */
import { codeBlock, escapeMarkdown } from "../../base/markdown.ts";
import { macroDefinition } from "../definition/macroDefinition.ts";
import { statementsAround } from "../entity/asmEntity.ts";
import type { MacroEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

/** Of more definitions or lines the rest is left out. */
const mostDefinitions = 3;
const mostLines = 12;

export function macroHover(input: HoverInput<MacroEntity>): Hover | undefined {
  const { snapshot, entity, options } = input;
  const parts = macroDefinition(input)
    .slice(0, mostDefinitions)
    .flatMap(({ directory, file, span }) => {
      const source = snapshot.file(directory, file);
      if (source?.kind !== "asm" && source?.kind !== "header") return [];
      const { statements } = statementsAround(source, 0);
      const define = statements.find(({ start, end }) => start <= span.start && span.start < end);
      if (!define) return [];
      const lines = source.text.slice(define.start, define.end).split("\n");
      const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), "…"] : lines;
      const name = escapeMarkdown(file);
      const place = options.link ? `[${name}](${options.link(directory, file, span)})` : name;
      return [`${codeBlock("go.asm", shown.join("\n"))}\ndefined in ${place}\n`];
    });
  return parts.length > 0 ? { span: entity.span, markdown: parts.join("\n") } : undefined;
}
