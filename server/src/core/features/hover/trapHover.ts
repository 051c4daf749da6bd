/**
 * Hover on an instruction that enters the kernel, or on the number that reaches it:
 * which call it is on each target, and what is loaded for its arguments.
 */
import { escapeMarkdown } from "../../base/markdown.ts";
import type { Syscall } from "../../oslayer/syscall.ts";
import { type FoundTrap, trapsIn } from "../traps.ts";
import { callText } from "./callHover.ts";
import type { Hover, HoverInput } from "./hover.ts";
import { type Group, groupNames } from "./sameOn.ts";

export function trapHover(input: HoverInput): Hover | undefined {
  const { snapshot, directory, source, word, targets } = input;
  if (source.kind !== "asm") return undefined;
  // A statement without operands ends where the next one begins; what is pointed at is a word in it.
  const at = word.span.start;
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
  return { span: word.span, markdown: callText(input, merged(groups), first.found.loaded) };
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

/** A number that is known and means nothing. */
function unknownText({ snapshot, word }: HoverInput, traps: readonly FoundTrap[]): Hover | undefined {
  for (const { trap, targets } of traps) {
    if (trap.number.kind !== "constant") continue;
    const where = escapeMarkdown(groupNames({ targets: [...targets] }, snapshot.world.targets));
    return {
      span: word.span,
      markdown: `no system call has the number ${trap.number.decoded.number} on ${where}\n`,
    };
  }
  return undefined;
}
