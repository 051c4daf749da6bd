/** What hovers say of a system call: its number where the file is built, its registers, and what it is on other systems. */
import { codeBlock, codeSpan, escapeMarkdown, markdownTable } from "../../base/markdown.ts";
import { abiOf, placeArguments } from "../../oslayer/abi.ts";
import { elsewhereRows, errorText, remarkOn, systemsText } from "../../oslayer/callText.ts";
import { counterparts } from "../../oslayer/counterparts.ts";
import { parameterText, prototypeText, type Syscall } from "../../oslayer/syscall.ts";
import { callSystems } from "../../oslayer/syscalls.ts";
import { kernelOf, type System } from "../../oslayer/system.ts";
import { type Group, groupNames } from "../groupTargets.ts";
import type { HoverInput } from "./hoverSource.ts";

/** A call, the targets on which a place means it, and what there is to say against the place. */
export interface CallGroup extends Group<Syscall> {
  readonly remark?: string;
}

/**
 * What there is to say of a call that has these forms on the targets of the file. `loaded` says, for each
 * argument of the first form, what is in its places.
 */
export function callDescription(
  input: Pick<HoverInput, "snapshot" | "targets">,
  groups: readonly CallGroup[],
  loaded: readonly (readonly string[])[] = [],
): string {
  const here = groups.map((group) => hereText(input, group)).join("\n");
  return `${here}\n\n${details(input, groups[0]!, loaded)}`;
}

function hereText({ snapshot }: Pick<HoverInput, "snapshot" | "targets">, group: CallGroup): string {
  const { value: call, targets } = group;
  const all = snapshot.world.targets;
  const remarks = [group.remark ?? "", remarkOn(all[targets[0]!]!, call)].filter((remark) => remark !== "");
  const remark = remarks.length > 0 ? ` (${escapeMarkdown(remarks.join("; "))})` : "";
  return `- ${codeSpan(call.name)}, **${call.number}** on ${escapeMarkdown(groupNames(group, all))}${remark}`;
}

/** Prototype and registers on the first target, and the counterparts of other systems. */
function details(
  input: Pick<HoverInput, "snapshot" | "targets">,
  { value: call, targets }: Group<Syscall>,
  loaded: readonly (readonly string[])[],
): string {
  const all = input.snapshot.world.targets;
  const system = all[targets[0]!]!;
  const abi = abiOf(system, "trap") ?? abiOf(system);
  const prototype = prototypeText(call);
  const parts: string[] = [];
  if (prototype !== undefined) parts.push(codeBlock("c", prototype));
  if (abi && call.prototype && abi.kind === "trap") {
    const rows = placeArguments(system, abi, call.prototype.parameters).map(({ parameter, places }, i) => [
      codeSpan(places.join(", ")),
      codeSpan(parameterText(parameter)),
      ...(loaded.length > 0 ? [codeSpan((loaded[i] ?? []).join(", "))] : []),
    ]);
    const without = loaded.length > 0 ? [""] : [];
    parts.push(
      markdownTable(
        [
          { title: `on ${system.name}`, isRight: false },
          { title: abi.trap, isRight: false },
          ...(loaded.length > 0 ? [{ title: "here", isRight: false }] : []),
        ],
        [
          [codeSpan(abi.number), "number", ...without],
          ...rows,
          [codeSpan(abi.result), `result; ${escapeMarkdown(errorText(abi, call.class))}`, ...without],
        ],
      ),
    );
  }
  const here = new Set(input.targets.map((i) => `${kernelOf(all[i]!.goos)} ${all[i]!.goarch}`));
  parts.push(callsElsewhere(call, (other) => here.has(`${kernelOf(other.goos)} ${other.goarch}`)));
  return parts.filter((part) => part !== "").join("\n");
}

/** More rows than this say little. */
const mostRows = 10;

export function callsElsewhere(call: Syscall, isHere: (system: System) => boolean): string {
  const others = callSystems().filter((system) => !isHere(system));
  const rows = elsewhereRows(counterparts(call, others));
  if (rows.length === 0) return "";
  const lines = rows
    .slice(0, mostRows)
    .map(
      ({ number, name, systems }) =>
        `- ${number} ${escapeMarkdown(name)} on ${escapeMarkdown(systemsText(systems, others))}`,
    );
  const more = rows.length > mostRows ? [`- and ${rows.length - mostRows} more`] : [];
  return `Elsewhere\n\n${[...lines, ...more].join("\n")}\n`;
}
