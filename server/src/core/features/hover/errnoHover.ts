/** Hover on an error number by name: its number wherever it has one, and what it means. */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { errnoByName } from "../../oslayer/errno.ts";
import type { System } from "../../oslayer/system.ts";
import type { ErrnoEntity } from "../entity/entity.ts";
import { firstAnswer, numbersBySystem } from "./constantNumbers.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

export function errnoHover({ snapshot, entity, targets }: HoverInput<ErrnoEntity>): Hover | undefined {
  const here = targets.map((i): System => snapshot.world.targets[i]!);
  const markdown = errnoText(entity.constant, here);
  return markdown === undefined ? undefined : { span: entity.span, markdown };
}

function errnoText(name: string, here: readonly System[]): string | undefined {
  const numbers = numbersBySystem(here, (system) => errnoByName(system, name)?.number);
  if (numbers === undefined) return undefined;
  const errno = firstAnswer(here, (system) => errnoByName(system, name));
  const others = errno?.names.filter((other) => other !== name) ?? [];
  const also = others.length > 0 ? `, also ${others.map(codeSpan).join(", ")}` : "";
  const message = errno?.message === undefined ? "" : `: ${escapeMarkdown(errno.message)}`;
  return `${codeSpan(name)}${also}${message}\n\n${numbers}`;
}
