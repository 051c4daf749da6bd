/** What is said of system calls and of how they are made, in words that every view of them shares. */
import type { SyscallAbi } from "./abi.ts";
import type { Counterpart } from "./counterparts.ts";
import { macosOf } from "./darwinCalls.ts";
import type { Syscall } from "./syscall.ts";
import { kernelOf, type System, systemName } from "./system.ts";

export const classNames: Readonly<Record<Syscall["class"], string>> = {
  unix: "system calls",
  mach: "Mach traps",
  machdep: "machine-dependent calls",
  private: "calls of this architecture alone",
};

/** How a failure of a call of this class shows. */
export function errorText({ error }: SyscallAbi, cls: Syscall["class"]): string {
  return cls === "mach" ? "a kern_return_t or the name of a port, never a carry flag" : error.text;
}

/** "SYSCALL, number in AX, arguments in DI SI DX R10 R8 R9; result in AX; …" */
export function abiText(abi: SyscallAbi | undefined, cls: Syscall["class"] = "unix"): string {
  if (!abi) return "";
  const { trap, number, result, revision } = abi;
  const since = revision === "go1.27" ? "" : ` [${revision}]`;
  const where = abi.kind === "trap" ? `, number in ${number}` : "";
  return `${trap}${where}, arguments in ${abi.arguments}; result in ${result}; ${errorText(abi, cls)}${since}`;
}

/** What there is to say against a call; nothing where it is as usual. */
export function remarkOn(system: System, { standing, since, until, note }: Syscall): string {
  const span = [
    since && `since ${versionText(system, since)}`,
    until && `until ${versionText(system, until)}`,
  ];
  const words = [
    standing === "current" || (note !== undefined && standing !== "removed") ? undefined : standing,
    ...span,
    note,
  ];
  return words.filter((word) => word !== undefined && word !== "").join("; ");
}

function versionText(system: System, version: string): string {
  if (kernelOf(system.goos) !== "darwin") return version;
  const release = macosOf(version);
  return release === undefined ? `xnu-${version}` : `macOS ${release}`;
}

/** A number and name that a call has on some systems. */
export interface ElsewhereRow {
  readonly number: number;
  /** With what sets it apart: "openat instead", "thr_new likewise". */
  readonly name: string;
  readonly systems: readonly System[];
}

/** The counterparts of a call, those alike together, in the order given. */
export function elsewhereRows(elsewhere: readonly Counterpart[]): ElsewhereRow[] {
  const rows = new Map<
    string,
    { readonly number: number; readonly name: string; readonly systems: System[] }
  >();
  for (const { system, call, relation } of elsewhere) {
    const remark = relation === "same" ? "" : relation === "successor" ? " instead" : " likewise";
    const gone = call.standing === "current" || call.standing === "alias" ? "" : ` (${call.standing})`;
    const name = `${call.name}${remark}${gone}`;
    const key = `${call.number} ${name}`;
    const row = rows.get(key) ?? { number: call.number, name, systems: [] };
    rows.set(key, row);
    row.systems.push(system);
  }
  return [...rows.values()];
}

/** "freebsd, linux/386": a system by its name alone where it is there with all its architectures. */
export function systemsText(systems: readonly System[], all: readonly System[]): string {
  const texts = systems.map((system) => {
    const own = countOf(system.goos, systems);
    return own > 1 && own === countOf(system.goos, all) ? system.goos : systemName(system);
  });
  return [...new Set(texts)].join(", ");
}

function countOf(goos: string, systems: readonly System[]): number {
  return systems.filter((system) => system.goos === goos).length;
}
