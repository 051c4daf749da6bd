/**
 * Hover on a system call by name, `SYS_READ` or a name of a `//sys` line: what it is where the file is built, and
 * elsewhere. Where the package declares the constant, its number tells which call it is.
 */
import { escapeMarkdown } from "../../base/markdown.ts";
import { decodeNumber } from "../../oslayer/decodeNumber.ts";
import { prototypeText, type Syscall } from "../../oslayer/syscall.ts";
import { meaningsOf, syscallByName } from "../../oslayer/syscalls.ts";
import type { System } from "../../oslayer/system.ts";
import type { SystemCallEntity } from "../entity/entity.ts";
import { groupNames, groupTargets } from "../groupTargets.ts";
import { callDescription } from "./callDescription.ts";
import { declaredNumber } from "./declaredNumber.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";
import { importHover, libraryPrefix } from "./libraryHover.ts";

export function systemCallHover(input: HoverInput<SystemCallEntity>): Hover | undefined {
  const { call, mayBeLibrary } = input.entity;
  if (mayBeLibrary && call.startsWith(libraryPrefix))
    return importHover(input, call.slice(libraryPrefix.length));
  return callHover(input) ?? (mayBeLibrary ? importHover(input, call) : undefined);
}

/** What a name stands for on a target. */
interface Meaning {
  /** Undefined where the kernel has no call of the number. */
  readonly call: Syscall | undefined;
  readonly number: number;
  /** What there is to say against the name; "" for nothing. */
  readonly remark: string;
}

function callHover(input: HoverInput<SystemCallEntity>): Hover | undefined {
  const { snapshot, targets, entity } = input;
  const all = snapshot.world.targets;
  const groups = groupTargets(
    targets,
    (target) => meaningOn(input, all[target]!, target),
    ({ call, number, remark }) =>
      `${call ? `${call.name} ${call.class} ${prototypeText(call)}` : ""} ${number} ${remark}`,
  );
  const unknown = groups
    .filter(({ value }) => !value.call)
    .map((group) => {
      const { number, remark } = group.value;
      return `- **${number}** on ${escapeMarkdown(groupNames(group, all))} (${escapeMarkdown(remark)})\n`;
    });
  const known = groups.flatMap(({ value: { call, remark }, targets }) =>
    call ? [{ value: call, targets, remark }] : [],
  );
  const parts = [...unknown, ...(known.length > 0 ? [callDescription(input, known)] : [])];
  return parts.length > 0 ? { span: entity.span, markdown: parts.join("") } : undefined;
}

/** What a SIGSYS is sent for: constants of the kernel that are called as if they were calls. */
const signalCodes: ReadonlyMap<string, number> = new Map([
  ["SECCOMP", 1],
  ["USER_DISPATCH", 2],
]);

function meaningOn(input: HoverInput<SystemCallEntity>, system: System, target: number): Meaning | undefined {
  const { name, call: callName, mayBeLibrary } = input.entity;
  const constant = mayBeLibrary ? `SYS_${callName.toUpperCase()}` : name;
  const byName = syscallByName(system, callName);
  const declared = /^_*SYS_/.test(constant) ? declaredNumber(input, constant, target) : undefined;
  if (declared === undefined) return byName && { call: byName, number: byName.number, remark: "" };
  if (signalCodes.get(callName) === declared) return undefined;
  const { class: cls, number, call } = decodeNumber(system, declared);
  const meanings = cls ? meaningsOf(system, number, cls) : [];
  const own =
    meanings.find(({ name }) => isSameName(name, callName)) ??
    meanings.find(({ aka }) => aka.some((name) => isSameName(name, callName)));
  if (own) return { call: own, number, remark: "" };
  if (byName?.number === number && byName.class === cls) return { call: byName, number, remark: "" };
  // SYS_SYSCALL_BASE, SYS_MAXSYSCALL: numbers of the table, not in it.
  if (!byName && callName.includes("SYSCALL")) return undefined;
  if (!call)
    return (
      byName && {
        call,
        number,
        remark: `no system call has this number; to the kernel ${byName.name} is ${byName.number}`,
      }
    );
  const remark = byName
    ? `though named ${constant}: to the kernel ${byName.name} is ${byName.number}`
    : `though named ${constant}, which the kernel does not have`;
  return { call, number, remark };
}

/** Whether names are the same but for letter case and underscores in front. */
function isSameName(a: string, b: string): boolean {
  return a.replace(/^_+/, "").toLowerCase() === b.replace(/^_+/, "").toLowerCase();
}
