/** System calls of FreeBSD, NetBSD, OpenBSD and DragonFly. */
import { type Arguments, callRow, signature } from "../callRow.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";

export const bsdSyscalls: FactsFile = {
  name: "bsdSyscalls",
  data: ["syscalls_bsd"],
  tables: bsdTables,
};

interface BsdCall {
  readonly n: number;
  readonly name: string;
  readonly ret?: string;
  readonly args?: Arguments;
  readonly flags?: string;
  readonly src?: string;
  readonly gdb_name?: string;
  readonly since?: string;
  readonly hist?: readonly Lifetime[];
}

type Lifetime = readonly [number: number, first: string, last: string];

interface BsdSystem {
  readonly source: string;
  readonly syscalls: readonly BsdCall[];
}

interface OpenbsdSystem extends BsdSystem {
  readonly gone: Readonly<Record<string, readonly Lifetime[]>>;
}

function bsdTables(facts: Facts): Table[] {
  const { freebsd, netbsd, openbsd, dragonfly } = facts("syscalls_bsd") as Readonly<
    Record<"freebsd" | "netbsd" | "dragonfly", BsdSystem> & { openbsd: OpenbsdSystem }
  >;
  const lives = [
    ...openbsd.syscalls.flatMap(({ n, name, ret, args, since, hist }) =>
      (hist ?? [[n, since ?? "", ""] as const]).map((life) => ({
        life,
        name,
        signature: signature(ret, args),
      })),
    ),
    ...Object.entries(openbsd.gone).flatMap(([name, lives]) =>
      lives.map((life) => ({ life, name, signature: "" })),
    ),
  ];
  // The history begins and ends somewhere; what was there then has no known beginning, or no end.
  const dates = lives.flatMap(({ life }) => life.slice(1) as string[]).filter((date) => date !== "");
  const oldest = dates.reduce((a, b) => (a < b ? a : b));
  const newest = dates.reduce((a, b) => (a > b ? a : b));
  const openbsdRows = lives
    .sort((a, b) => a.life[0] - b.life[0] || (a.life[1] < b.life[1] ? -1 : 1))
    .map(({ life: [number, first, last], name, signature }) =>
      callRow(number, name, signature, {
        since: first === "" || first === oldest ? undefined : first,
        until: last === "" || last === newest ? undefined : last,
      }),
    );
  return [
    {
      name: "freebsdSyscalls",
      doc: "number|name|C signature|flags of the master file where it is not a plain call, src where it is another file.",
      source: freebsd.source,
      rows: freebsd.syscalls.map(bsdRow),
    },
    {
      name: "netbsdSyscalls",
      doc: "number|name|C signature|old: the name with its version; src where only a debugger's list has it.",
      source: netbsd.source,
      rows: netbsd.syscalls.map(bsdRow),
    },
    {
      name: "openbsdSyscalls",
      doc: "number|name|C signature|since and until, as dates of the master file. Calls were renumbered.",
      source: openbsd.source,
      rows: openbsdRows,
    },
    {
      name: "dragonflySyscalls",
      doc: "number|name|C signature|flags of the master file where it is not a plain call.",
      source: dragonfly.source,
      rows: dragonfly.syscalls.map(bsdRow),
    },
  ];
}

function bsdRow({ n, name, ret, args, flags, src, gdb_name: old }: BsdCall): string {
  return callRow(n, name, signature(ret, args), { flags: flags?.replaceAll("|", ","), src, old });
}
