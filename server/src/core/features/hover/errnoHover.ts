/** Hover on an error number by name: its number in the source and wherever else it has one, and what it means. */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { errnoByName, errnoByNumber } from "../../oslayer/errno.ts";
import type { ErrnoEntity } from "../entity/entity.ts";
import { constantNumbers, type ConstantTable, firstAnswer } from "./constantNumbers.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

const table: ConstantTable = {
  authority: "to the kernel",
  numberOf: (system, name) => errnoByName(system, name)?.number,
  namesOf: (system, number) => errnoByNumber(system, number)?.names ?? [],
};

export function errnoHover(input: HoverInput<ErrnoEntity>): Hover | undefined {
  const { constant: name, span } = input.entity;
  const numbers = constantNumbers(input, table);
  if (numbers === undefined) return undefined;
  const errno = firstAnswer(input, (system) => errnoByName(system, name));
  const others = errno?.names.filter((other) => other !== name) ?? [];
  const also = others.length > 0 ? `, also ${others.map(codeSpan).join(", ")}` : "";
  const message = errno?.message === undefined ? "" : `: ${escapeMarkdown(errno.message)}`;
  return { span, markdown: `${codeSpan(name)}${also}${message}\n\n${numbers}` };
}
