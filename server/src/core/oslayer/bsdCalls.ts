/** The system calls of freebsd, netbsd, openbsd and dragonfly, whose numbers are the same on every architecture. */
import {
  dragonflySyscalls,
  freebsdSyscalls,
  netbsdSyscalls,
  openbsdSyscalls,
} from "../facts/generated/bsdSyscalls.ts";
import { callRows, type CallRow } from "./factRows.ts";
import { type CallFacts, type CallTable, callTable, syscall, type Syscall } from "./syscall.ts";
import { compareVersions } from "./system.ts";

/**
 * A call kept for old programs is named after the last release that had it as its own: until then
 * freebsd11_kevent was kevent. "o" and COMPAT alone are 4.3BSD's.
 */
export function freebsdCalls(): CallTable {
  const rows = callRows(freebsdSyscalls);
  const renewed = new Set(rows.filter(({ attributes }) => attributes.has("src")).map(({ name }) => name));
  const calls = rows.map((row) => {
    const { name, attributes } = row;
    const facts = plain(row, freebsdSyscalls.source);
    const flags = (attributes.get("flags") ?? "").split(",");
    if (flags.includes("OBSOL")) return syscall({ ...facts, standing: "removed" });
    const release = flags.find((flag) => flag.startsWith("COMPAT"))?.slice("COMPAT".length);
    if (release === "") return kept(facts, [name.replace(/^o/, "")], "4.3BSD", undefined);
    if (release !== undefined)
      return kept(facts, [name.replace(`freebsd${release}_`, "")], "FreeBSD", release);
    // FreeBSD 15 gave getgroups and setgroups another number; only a newer list than the master file has it.
    const isReplaced = !attributes.has("src") && renewed.has(name);
    return isReplaced ? kept(facts, [], "FreeBSD", "14") : syscall(facts);
  });
  return callTable(afterThose(calls));
}

/** The table's own names carry a version, __kevent50, where Go's constants do not. */
export function netbsdCalls(): CallTable {
  const rows = callRows(netbsdSyscalls);
  const names = new Set(rows.map(({ name }) => name));
  const calls = rows.map((row) => {
    const { name, attributes } = row;
    const facts = plain(row, netbsdSyscalls.source);
    const old = attributes.get("old");
    const [, version = "", own] = /^compat_(\d\d)_(\w+)$/.exec(name) ?? [];
    if (own === undefined) return syscall({ ...facts, aka: old === undefined ? [] : [old] });
    // __fhstat30 is fhstat, stat12 is stat, and oreboot is reboot.
    const [, undecorated = own] = /^__(\w+)\d\d$/.exec(own) ?? /^(\w+?)\d\d$/.exec(own) ?? [];
    const base =
      undecorated.startsWith("o") && names.has(undecorated.slice(1)) ? undecorated.slice(1) : undecorated;
    if (version === "43") return kept(facts, [own, base], "4.3BSD", undefined);
    // 1.6 for 16; from 2.0 on the second digit counts releases of one series.
    const [major = "", minor = ""] = version;
    return kept(facts, [own, base], "NetBSD", Number(major) < 2 ? `${major}.${minor}` : major);
  });
  return callTable(afterThose(calls));
}

/** A call of an earlier release, and the names it then had. */
function kept(
  facts: CallFacts,
  names: readonly string[],
  system: string,
  release: string | undefined,
): Syscall {
  return syscall({
    ...facts,
    standing: "compat",
    aka: [...new Set(names)].filter((name) => name !== facts.name),
    until: release,
    note: `${system}${release === undefined ? "" : ` ${release}`}'s, kept for old programs`,
  });
}

/** Of the calls that have had one name, each came with the release after the last one of the one before. */
function afterThose(calls: readonly Syscall[]): Syscall[] {
  const ends = new Map<string, string[]>();
  for (const { standing, name, aka, until } of calls) {
    if (standing !== "compat" || until === undefined) continue;
    for (const base of [name, ...aka]) ends.set(base, [...(ends.get(base) ?? []), until]);
  }
  return calls.map((call) => {
    const earlier = [call.name, ...call.aka]
      .flatMap((name) => ends.get(name) ?? [])
      .filter((end) => call.until === undefined || compareVersions(end, call.until) < 0)
      .sort(compareVersions);
    const last = call.standing === "current" || call.until !== undefined ? earlier.at(-1) : undefined;
    return last === undefined ? call : { ...call, since: nextRelease(last) };
  });
}

function nextRelease(release: string): string {
  const [major, minor] = release.split(".");
  if (minor === undefined) return String(Number(major) + 1);
  return minor === "6" ? "2" : `${major}.${Number(minor) + 1}`;
}

/**
 * Versions are dates of the master file: OpenBSD gives numbers to other calls as it likes. While it
 * took the padding out of an argument list, pad_mmap was the old mmap under its old number.
 */
export function openbsdCalls(): CallTable {
  const { source } = openbsdSyscalls;
  return callTable(
    callRows(openbsdSyscalls).map((row) => {
      const [, unpadded] = /^pad_(\w+)$/.exec(row.name) ?? [];
      const facts = plain(row, source);
      return syscall(unpadded === undefined ? facts : { ...facts, aka: [unpadded] });
    }),
  );
}

export function dragonflyCalls(): CallTable {
  return callTable(
    callRows(dragonflySyscalls).map((row) =>
      syscall({
        ...plain(row, dragonflySyscalls.source),
        standing: row.attributes.get("flags") === "NOIMPL" ? "unimplemented" : "current",
      }),
    ),
  );
}

function plain({ number, name, signature, attributes }: CallRow, source: string): CallFacts {
  return {
    number,
    name,
    // The master files name the call break, and the function behind it obreak; Go took the latter.
    aka: name === "break" ? ["obreak"] : [],
    since: attributes.get("since"),
    until: attributes.get("until"),
    prototype: signature && { ...signature, source },
    source,
  };
}
