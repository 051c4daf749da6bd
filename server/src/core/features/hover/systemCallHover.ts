/** Hover on a system call by name, `SYS_READ` or a name of a `//sys` line: what it is where the file is built, and elsewhere. */
import { prototypeText } from "../../oslayer/syscall.ts";
import { syscallByName } from "../../oslayer/syscalls.ts";
import type { SystemCallEntity } from "../entity/entity.ts";
import { groupTargets } from "../groupTargets.ts";
import { callDescription } from "./callDescription.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";
import { importHover, libraryPrefix } from "./libraryHover.ts";

export function systemCallHover(input: HoverInput<SystemCallEntity>): Hover | undefined {
  const { call, mayBeLibrary } = input.entity;
  if (mayBeLibrary && call.startsWith(libraryPrefix))
    return importHover(input, call.slice(libraryPrefix.length));
  return callHover(input) ?? (mayBeLibrary ? importHover(input, call) : undefined);
}

function callHover(input: HoverInput<SystemCallEntity>): Hover | undefined {
  const { snapshot, targets, entity } = input;
  const all = snapshot.world.targets;
  const groups = groupTargets(
    targets,
    (target) => syscallByName(all[target]!, entity.call),
    (call) => `${call.name} ${call.class} ${call.number} ${prototypeText(call)}`,
  );
  return groups.length > 0 ? { span: entity.span, markdown: callDescription(input, groups) } : undefined;
}
