/** The system calls of freebsd, netbsd, openbsd and dragonfly, whose numbers are the same on every architecture. */
import {
  dragonflySyscalls,
  freebsdSyscalls,
  netbsdSyscalls,
  openbsdSyscalls,
} from "../facts/generated/bsdSyscalls.ts";
import { callRows, type CallRow } from "./factRows.ts";
import { type CallFacts, type CallTable, callTable, syscall } from "./syscall.ts";

/**
 * A call kept for old programs is named after the last release that had it as its own: until then
 * freebsd11_kevent was kevent. "o" and COMPAT alone are 4.3BSD's.
 */
export function freebsdCalls(): CallTable {
  const rows = callRows(freebsdSyscalls);
  const renewed = new Set(rows.filter(({ attributes }) => attributes.has("src")).map(({ name }) => name));
  const calls = rows.map((row) => {
    const { name, attributes } = row;
    const flags = (attributes.get("flags") ?? "").split("|");
    const facts = plain(row, freebsdSyscalls.source);
    if (flags.includes("OBSOL")) return syscall({ ...facts, standing: "removed" });
    const compat = flags.find((flag) => flag.startsWith("COMPAT"));
    if (compat !== undefined) {
      const release = compat.slice("COMPAT".length);
      const base = release === "" ? name.replace(/^o/, "") : name.replace(`freebsd${release}_`, "");
      return syscall({
        ...facts,
        standing: "compat",
        aka: base === name ? [] : [base],
        until: release === "" ? undefined : release,
        note: release === "" ? "4.3BSD's, kept for old programs" : `FreeBSD ${release}'s, kept for old programs`,
        prototype: facts.prototype,
      });
    }
    // The two numbers that FreeBSD 15 gave getgroups and setgroups, besides the older ones.
    const isReplaced = !attributes.has("src") && renewed.has(name);
    return syscall(
      isReplaced
        ? { ...facts, standing: "compat", until: "14", note: "FreeBSD 14's, kept for old programs" }
        : facts,
    );
  });
  return callTable(calls);
}

/** The table's own names carry a version, __kevent50, where Go's constants do not. */
export function netbsdCalls(): CallTable {
  const calls = callRows(netbsdSyscalls).map((row) => {
    const { name, attributes } = row;
    const facts = plain(row, netbsdSyscalls.source);
    const old = attributes.get("old");
    const [, version, base] = /^compat_(\d\d)_+(\w+?)$/.exec(name) ?? [];
    if (version === undefined || base === undefined) return syscall({ ...facts, aka: old === undefined ? [] : [old] });
    const isBsd = version === "43";
    const release = `${Number(version[0])}.${version[1]}`;
    const undecorated = base.replace(new RegExp(`${version}$`), "").replace(/^o(?=[a-z]{3})/, isBsd ? "" : "o");
    return syscall({
      ...facts,
      standing: "compat",
      aka: undecorated === base ? [base] : [base, undecorated],
      until: isBsd ? undefined : release,
      note: isBsd ? "4.3BSD's, kept for old programs" : `NetBSD ${release}'s, kept for old programs`,
    });
  });
  return callTable(calls);
}

/** Versions are dates of the master file: OpenBSD gives numbers to other calls as it likes. */
export function openbsdCalls(): CallTable {
  return callTable(callRows(openbsdSyscalls).map((row) => syscall(plain(row, openbsdSyscalls.source))));
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
    since: attributes.get("since"),
    until: attributes.get("until"),
    prototype: signature && { ...signature, source },
    source,
  };
}
