/**
 * The system calls of darwin: BSD calls, Mach traps and machine-dependent calls with their history,
 * and the message ids of Mach's own interface. Versions are those of the kernel, xnu, or of macOS.
 */
import { once } from "../base/memo.ts";
import type { GoArch } from "../facts/arch.ts";
import { darwinSyscalls, macosVersions } from "../facts/generated/darwinSyscalls.ts";
import { machdepCalls, machTraps, migMessages } from "../facts/generated/machTraps.ts";
import { callRows, type CallRow, rowsOf, sectionsOf } from "./factRows.ts";
import { type CallClass, type CallTable, callTable, syscall, type Syscall } from "./syscall.ts";
import { compareVersions } from "./system.ts";

export function darwinCalls(goarch: GoArch): CallTable {
  const machdep = callRows(machdepCalls).filter(({ attributes }) => attributes.get("arch") === goarch);
  return callTable([...sharedCalls(), ...machdep.map((row) => call(row, "machdep", machdepCalls.source))]);
}

/** The calls that every architecture has. */
const sharedCalls = once(() => [
  ...callRows(darwinSyscalls).map((row, i, rows) => {
    const next = rows[i + 1];
    const isRevised = next?.number === row.number && next.name === row.name;
    const facts = call(row, "unix", darwinSyscalls.source);
    return isRevised ? { ...facts, standing: "compat" as const, note: "its earlier arguments" } : facts;
  }),
  ...callRows(machTraps).map((row) => call(row, "mach", machTraps.source)),
]);

function call({ number, name, signature, attributes }: CallRow, cls: CallClass, source: string): Syscall {
  return syscall({
    name,
    number,
    class: cls,
    since: attributes.get("since"),
    until: attributes.get("until"),
    prototype: signature && { ...signature, source },
    source,
  });
}

const releases = once(() => rowsOf(macosVersions).map((row) => row.split(" ") as [string, string, string]));

/** The release of macOS that has a version of xnu: "10.12" for "3789.51.2". */
export function macosOf(xnu: string): string | undefined {
  return releases().find(
    ([, first, last]) => compareVersions(xnu, first) >= 0 && compareVersions(xnu, last) <= 0,
  )?.[0];
}

/** The version of xnu that is meant by "10.12", "11" or "xnu-3789.51.2": of a release the last one. */
export function xnuOf(version: string): string | undefined {
  const tag = /^xnu-(\d[\d.]*)$/.exec(version)?.[1];
  return tag ?? releases().find(([release]) => release === version)?.[2];
}

export interface MigMessage {
  readonly id: number;
  readonly name: string;
  /** "semaphore" of semaphore.defs. */
  readonly subsystem: string;
  /** The answer to the request of that name, whose id is 100 less. */
  readonly isReply: boolean;
  readonly source: string;
}

const messages = once(() => {
  const found = new Map<number, MigMessage>();
  for (const { head, rows } of sectionsOf(migMessages)) {
    const [subsystem = "", file = ""] = head;
    for (const row of rows) {
      const [id = "", name = ""] = row.split("|");
      found.set(Number(id), {
        id: Number(id),
        name,
        subsystem,
        isReply: false,
        source: `${migMessages.source}; osfmk/mach/${file}`,
      });
    }
  }
  return found;
});

/** What a message id stands for: 3418 is task's semaphore_create, 3518 its reply. */
export function migMessage(id: number): MigMessage | undefined {
  const request = messages().get(id);
  if (request) return request;
  const replied = messages().get(id - 100);
  return replied && { ...replied, id, isReply: true };
}
