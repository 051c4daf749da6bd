/** Hover on an argument or result in assembly, `x+8(FP)`: what is there, on each target that builds the file. */
import { codeBlock, codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import type { Slot } from "../../model/go/frame.ts";
import type { Hover, HoverInput } from "./hover.ts";
import { frameOn, functionAround } from "./functionOf.ts";
import { groupNames, groupTargets } from "../groupTargets.ts";
import { lineAt } from "./wordAt.ts";

const operand = /([\p{L}_][\p{L}\p{N}_]*)([+-]\d+)\(FP\)/gu;

export function argumentHover(input: HoverInput): Hover | undefined {
  const { source, offset, snapshot, targets } = input;
  if (source.kind !== "asm") return undefined;
  const line = lineAt(source.text, offset);
  const at = offset - line.start;
  const match = [...line.text.matchAll(operand)].find(
    ({ index, 0: text }) => index <= at && at <= index + text.length,
  );
  const around = match && functionAround(input);
  if (!match || !around) return undefined;
  const [written, name = "", digits = "0"] = match;
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
    const isHere = slot.offset === Number(digits);
    const wrong = isHere ? "" : `, not at ${Number(digits)}`;
    return `- ${slotText(slot)}${wrong}${where}${parts(slot)}`;
  });
  const start = line.start + match.index;
  return {
    span: { start, end: start + written.length },
    markdown: [`${codeSpan(name)} of\n`, codeBlock("go", around.header), ...lines].join("\n"),
  };
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
