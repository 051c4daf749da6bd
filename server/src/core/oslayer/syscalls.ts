/**
 * System calls by number and by name, on any target that has them. A target whose programs enter the
 * kernel through a library only (windows, solaris, aix) has none; see imports.ts.
 *
 * Numbers are those of Go's constants SYS_X: with the base on linux/mips, without the class on darwin.
 * What stands in assembly is read by decodeNumber.
 */
import { oncePerKey } from "../base/memo.ts";
import { type GoArch, isGoArch } from "../facts/arch.ts";
import { type GoOS, isGoOS } from "../facts/os.ts";
import { naclSyscalls, plan9Syscalls } from "../facts/generated/otherSyscalls.ts";
import { abiSystems } from "./abi.ts";
import { dragonflyCalls, freebsdCalls, netbsdCalls, openbsdCalls } from "./bsdCalls.ts";
import { darwinCalls, xnuOf } from "./darwinCalls.ts";
import { callRows, type FactTable } from "./factRows.ts";
import { linuxCalls } from "./linuxCalls.ts";
import { type CallClass, type CallTable, callTable, syscall, type Syscall } from "./syscall.ts";
import { compareVersions, kernelOf, type System } from "./system.ts";

export interface CallQuery {
  /**
   * As the system was at that version: "12" of freebsd, "5.0" of netbsd, "10.12" of macOS or
   * "xnu-3789.51.2", a date "2019-10-17" of openbsd. Undefined: as it is now, or was last.
   */
  readonly version?: string | undefined;
  /** Which table of the kernel; the ordinary one where not given. */
  readonly class?: CallClass | undefined;
}

interface TableMaker {
  readonly read: (goarch: GoArch) => CallTable | undefined;
  /** The numbers differ by architecture; else any one stands for all. */
  readonly byArch: boolean;
}

const none: TableMaker = { read: () => undefined, byArch: false };

/** How the table of each system's own kernel is read; none where there are no numbers, or the kernel is another's. */
const tableMakers: Readonly<Record<GoOS, TableMaker>> = {
  aix: none,
  android: none,
  darwin: { read: darwinCalls, byArch: true },
  dragonfly: { read: dragonflyCalls, byArch: false },
  freebsd: { read: freebsdCalls, byArch: false },
  illumos: none,
  ios: none,
  js: none,
  linux: { read: linuxCalls, byArch: true },
  nacl: { read: () => simpleCalls(naclSyscalls), byArch: false },
  netbsd: { read: netbsdCalls, byArch: false },
  openbsd: { read: openbsdCalls, byArch: false },
  plan9: { read: () => simpleCalls(plan9Syscalls), byArch: false },
  solaris: none,
  wasip1: none,
  windows: none,
};

const tables = oncePerKey((key: string): CallTable | undefined => {
  const [kernel = "", goarch = ""] = key.split("/");
  return isGoOS(kernel) && isGoArch(goarch) ? tableMakers[kernel].read(goarch) : undefined;
});

function simpleCalls(table: FactTable): CallTable {
  const { source } = table;
  return callTable(
    callRows(table).map(({ number, name, signature }) =>
      syscall({ number, name, prototype: signature && { ...signature, source }, source }),
    ),
  );
}

function tableOf({ goos, goarch }: System): CallTable | undefined {
  const kernel = kernelOf(goos);
  return tables(`${kernel}/${tableMakers[kernel].byArch ? goarch : "386"}`);
}

/** Every call of a target, all that is removed included, by class and number; empty where it has no numbers. */
export function syscallsOf(system: System): readonly Syscall[] {
  return tableOf(system)?.calls ?? [];
}

/** What a number means; undefined where it means nothing. A number that is no longer used has its last meaning. */
export function syscallByNumber(system: System, number: number, query: CallQuery = {}): Syscall | undefined {
  return meaningsOf(system, number, query.class).find((call) => isAlive(system, call, query.version));
}

/** Every meaning a number has had, newest first. */
export function meaningsOf(system: System, number: number, cls: CallClass = "unix"): readonly Syscall[] {
  return tableOf(system)?.numbered(number, cls) ?? [];
}

/**
 * The call of a name: "read", "SYS_READ", darwin's "sys_read", netbsd's "__kevent50". The one that
 * works today comes before what is kept for old programs, that before what is gone. Where no class is
 * asked for the ordinary calls come first.
 */
export function syscallByName(system: System, name: string, query: CallQuery = {}): Syscall | undefined {
  return syscallsNamed(system, name).find(
    (call) =>
      (query.class === undefined || call.class === query.class) && isAlive(system, call, query.version),
  );
}

/** Every call that has had a name: openbsd's mmap was number 197 and is 49. */
export function syscallsNamed(system: System, name: string): readonly Syscall[] {
  return tableOf(system)?.named(name) ?? [];
}

/** A version that cannot be read is the newest one. */
function isAlive(system: System, { since, until }: Syscall, version: string | undefined): boolean {
  if (version === undefined) return true;
  const at = kernelOf(system.goos) === "darwin" ? xnuOf(version) : version;
  if (at === undefined) return until === undefined;
  return (
    (since === undefined || compareVersions(at, since) >= 0) && (until === undefined || isWithin(at, until))
  );
}

/** 11.4 is within 11, and 5.0.2 within 5.0. */
function isWithin(version: string, until: string): boolean {
  const parts = until.split(/\D/).length;
  return compareVersions(version.split(/\D/).slice(0, parts).join("."), until) <= 0;
}

/** Every system whose calls have numbers, Go's former ports included; those that share another's kernel are left out. */
export function callSystems(): readonly System[] {
  return abiSystems().filter(({ goos }) => tableMakers[goos] !== none);
}
