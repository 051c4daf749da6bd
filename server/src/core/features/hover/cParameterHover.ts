/** Hover in assembly of Go's first years on `8(SP)`: the parameter that C has there at the function's entry. */
import { codeBlock, codeSpan } from "../../base/markdown.ts";
import type { FrameSlotEntity } from "../entity/entity.ts";
import { cDeclarationsNear } from "./cHover.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

/** As long as the function pushes nothing. */
export function cParameterHover({
  snapshot,
  directory,
  source,
  entity,
  targets,
}: HoverInput<FrameSlotEntity>): Hover | undefined {
  if (source.kind !== "asm" || entity.name !== undefined || entity.offset === undefined) return undefined;
  const { start } = entity.span;
  const around = source.asm.outline.texts.findLast(({ span }) => span.start <= start);
  const [declared] = around ? cDeclarationsNear(snapshot, directory, around.name, targets[0]!) : [];
  const place = `${entity.offset}(${entity.base})`;
  const param = declared?.params.find((param) => param.place === place);
  if (!declared || !param) return undefined;
  const what = codeSpan(`${param.type} ${param.name}`.trim());
  return { span: entity.span, markdown: `${what} at the entry of\n\n${codeBlock("c", declared.text)}` };
}
