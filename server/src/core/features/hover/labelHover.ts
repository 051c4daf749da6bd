/** Hover on a label: from which lines of the function the code comes there. */
import { codeSpan } from "../../base/markdown.ts";
import { LineIndex } from "../../base/lineIndex.ts";
import { statementsAround } from "../entity/asmEntity.ts";
import type { LabelEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

/** Of more the rest is counted. */
const mostLines = 12;

export function labelHover({ source, entity }: HoverInput<LabelEntity>): Hover | undefined {
  if (source.kind !== "asm" && source.kind !== "header") return undefined;
  const { name, span } = entity;
  const { statements, shift } = statementsAround(source, span.start);
  const around = statements.findLast(({ start }) => start <= span.start - shift);
  const ofFunction = statements.filter(({ text }) => text === around?.text);
  if (!ofFunction.some((statement) => statement.kind === "label" && statement.name === name))
    return undefined;
  const index = new LineIndex(source.text);
  const lines = ofFunction.flatMap((statement) => {
    if (statement.kind !== "instruction") return [];
    const isUse = statement.operands.some((operand) => operand.kind === "name" && operand.name === name);
    return isUse ? [index.lineAt(statement.start + shift) + 1] : [];
  });
  const shown = lines.slice(0, mostLines).join(", ");
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : "";
  const used =
    lines.length === 0
      ? "no instruction names it"
      : `named on ${lines.length === 1 ? "line" : "lines"} ${shown}${more}`;
  return { span, markdown: `label ${codeSpan(name)}: ${used}\n` };
}
