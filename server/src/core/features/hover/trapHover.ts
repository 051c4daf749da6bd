/**
 * Hover on an instruction that enters the kernel, or on the number that reaches it:
 * which call it is on each target, and what is loaded for its arguments.
 */
import { escapeMarkdown } from "../../base/markdown.ts";
import type { Syscall } from "../../oslayer/syscall.ts";
import { type FoundTrap, trapsIn } from "../../runtime/packageTraps.ts";
import { unresolvedText } from "../unresolvedText.ts";
import { callDescription } from "./callDescription.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";
import { type Group, groupNames } from "../groupTargets.ts";

export function trapHover(input: HoverInput): Hover | undefined {
  const { snapshot, directory, source, entity, targets } = input;
  if (source.kind !== "asm") return undefined;
  const at = entity.span.start;
  const traps = trapsIn(snapshot, directory, source.name).filter(
    ({ trap, span, numberSpan }) =>
      trap.kind === "trap" && (isIn(span, at) || (numberSpan !== undefined && isIn(numberSpan, at))),
  );
  const groups = traps.flatMap((found): (Group<Syscall> & { found: FoundTrap })[] => {
    const { call } = found.trap;
    return call ? [{ value: call, targets: [...found.targets], found }] : [];
  });
  // The target that is spoken of first elsewhere comes first here.
  groups.sort((a, b) => rank(a.targets, targets) - rank(b.targets, targets));
  const [first] = groups;
  if (!first) return unknownText(input, traps);
  return { span: entity.span, markdown: callDescription(input, merged(groups), first.found.loaded) };
}

function isIn({ start, end }: { readonly start: number; readonly end: number }, offset: number): boolean {
  return start <= offset && offset < end;
}

function rank(targets: readonly number[], order: readonly number[]): number {
  return Math.min(...targets.map((target) => order.indexOf(target)));
}

/** One line for targets on which it is the same call. */
function merged(groups: readonly Group<Syscall>[]): Group<Syscall>[] {
  const byCall = new Map<string, Group<Syscall>>();
  for (const group of groups) {
    const { name, number } = group.value;
    const key = `${name} ${number} ${group.value.class}`;
    const same = byCall.get(key);
    const targets = new Set([...(same?.targets ?? []), ...group.targets]);
    byCall.set(key, { value: same?.value ?? group.value, targets: [...targets] });
  }
  return [...byCall.values()];
}

/** Why there is no call to speak of. */
function unknownText({ snapshot, entity }: HoverInput, traps: readonly FoundTrap[]): Hover | undefined {
  const lines = new Map<string, number[]>();
  for (const found of traps) {
    const { number } = found.trap;
    const text =
      number.kind === "constant"
        ? `no system call has the number ${number.decoded.number}`
        : unresolvedText(found);
    lines.set(text, [...(lines.get(text) ?? []), ...found.targets]);
  }
  if (lines.size === 0) return undefined;
  const all = snapshot.world.targets;
  const markdown = [...lines].map(
    ([text, targets]) => `${escapeMarkdown(text)} on ${escapeMarkdown(groupNames({ targets }, all))}\n`,
  );
  return { span: entity.span, markdown: markdown.join("\n") };
}
