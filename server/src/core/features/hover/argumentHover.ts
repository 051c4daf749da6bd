/** Hover on an argument or result in assembly, `x+8(FP)`: what is there, on each target that builds the file. */
import { codeBlock, codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import type { Slot } from "../../model/go/frame.ts";
import type { ArgumentEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";
import { frameOn, functionAround } from "./functionOf.ts";
import { groupNames, groupTargets } from "../groupTargets.ts";

export function argumentHover(input: HoverInput<ArgumentEntity>): Hover | undefined {
  const { snapshot, targets, entity } = input;
  const { name, span, offset } = entity;
  const around = functionAround(input);
  if (!around) return undefined;
  const found = groupTargets(
    targets,
    (target) => {
      const frame = frameOn(snapshot, around, target);
      const slot = frame?.slots.get(name);
      return slot && { slot };
    },
    ({ slot }) => slotText(slot),
  );
  const [first] = found;
  if (!first) return undefined;
  const { targets: all } = snapshot.world;
  const lines = found.map((group) => {
    const where = found.length > 1 ? ` on ${escapeMarkdown(groupNames(group, all))}` : "";
    const { slot } = group.value;
    const isHere = offset === undefined || slot.offset === offset;
    const wrong = isHere ? "" : `, not at ${offset}`;
    return `- ${slotText(slot)}${wrong}${where}${parts(slot)}`;
  });
  return { span, markdown: [`${codeSpan(name)} of\n`, codeBlock("go", around.header), ...lines].join("\n") };
}

function slotText({ type, offset, size }: Slot): string {
  return `${codeSpan(type)}, ${size} ${size === 1 ? "byte" : "bytes"} at ${codeSpan(`${offset}(FP)`)}`;
}

/** What else may be named in it. */
function parts({ inner }: Slot): string {
  if (inner.length === 0) return "";
  const shown = inner.slice(0, 8).map(({ name, offset }) => codeSpan(`${name}+${offset}(FP)`));
  return `: ${shown.join(", ")}${inner.length > shown.length ? " …" : ""}`;
}
