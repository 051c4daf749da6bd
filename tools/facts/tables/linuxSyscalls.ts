/** Numbers of Linux's system calls, a column for each architecture, and what Go's lists of them have besides. */
import { byKey } from "../byKey.ts";
import { callRow } from "../callRow.ts";
import { columnNames, columnsOf, linuxColumns } from "../columns.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";
import type { LinuxFacts } from "../linuxFacts.ts";

export const linuxSyscalls: FactsFile = {
  name: "linuxSyscalls",
  data: ["syscalls_linux"],
  tables: linuxTables,
};

function linuxTables(facts: Facts): Table[] {
  const { tables, private: own } = facts("syscalls_linux") as LinuxFacts;
  const numbers = new Map<string, Map<string, number>>();
  const entries = new Map<string, string[]>();
  const extra = {
    goOnly: new Map<string, string[]>(),
    pseudo: new Map<string, string[]>(),
    xsys: new Map<string, string[]>(),
  };
  for (const [arch, table] of Object.entries(tables)) {
    for (const [number, name] of table.nums) {
      const row = numbers.get(name) ?? new Map<string, number>();
      if (row.has(arch)) throw new Error(`linux/${arch}: ${name} twice`);
      numbers.set(name, row.set(arch, number - table.base));
    }
    for (const [name, entry] of Object.entries(table.entry)) add(entries, `${name} ${entry}`, arch);
    for (const [name, number] of Object.entries(table.go_only)) add(extra.goOnly, `${name} ${number}`, arch);
    for (const [name, number] of Object.entries(table.pseudo)) add(extra.pseudo, `${name} ${number}`, arch);
    for (const name of table.only_in_xsys) add(extra.xsys, name, arch);
  }
  const rows = [...numbers].sort(byKey).map(([name, row]) => {
    const cells = linuxColumns.map((column) => columnsOf(row, column, name) ?? "-");
    return `${name} ${cells.join(" ")}`;
  });
  const sources = Object.values(tables).map(({ source }) => source.split(" ", 1)[0]!);
  const source = `${[...new Set(sources)].join(", ")} (Linux 6.19.9); golang/sys@e8c1c3274309 and go1.27, zsysnum_linux_*.go`;
  const { source: privateSource, ...privateNumbers } = own.arm;
  return [
    {
      name: "linuxBases",
      doc: "GOARCH, what is added to the number in linuxNumbers, and the kernel's own table.",
      source,
      rows: Object.entries(tables).map(
        ([arch, { base, source }]) => `${arch} ${base} ${source.replace(/^\S+ /, "").split(";", 1)[0]!}`,
      ),
    },
    {
      name: "linuxNumbers",
      doc: `Name and number without base, a column each for ${linuxColumns.map(({ name }) => name).join(", ")}.`,
      source,
      rows,
    },
    {
      name: "linuxEntries",
      doc: "Name, the kernel's function where that is not sys_NAME, and the columns it is so in. sys_ni_syscall: not implemented.",
      source,
      rows: withArches(entries),
    },
    {
      name: "linuxGoOnly",
      doc: "Constants SYS_X that only Go's package syscall has, their numbers, and the columns of linuxNumbers.",
      source: "go1.27 src/syscall/zsysnum_linux_*.go",
      rows: withArches(extra.goOnly),
    },
    {
      name: "linuxPseudo",
      doc: "Constants SYS_X that are no calls but bookkeeping of the headers, their values, and the columns of linuxNumbers.",
      source: "golang/sys@e8c1c3274309 and go1.27, zsysnum_linux_*.go",
      rows: withArches(extra.pseudo),
    },
    {
      name: "linuxUnreleased",
      doc: "Calls newer than the kernel's table, or not implemented by it, and the columns of linuxNumbers.",
      source: "golang/sys@e8c1c3274309 unix/zsysnum_linux_*.go",
      rows: withArches(extra.xsys),
    },
    {
      name: "armPrivateCalls",
      doc: "Number and name of the calls that only 32-bit arm has.",
      source: `${privateSource}`,
      rows: Object.entries(privateNumbers)
        .filter(([name]) => /^[a-z]/.test(name) && name !== "oabi_base")
        .map(([name, number]) => callRow(Number(number), name, "")),
    },
  ];
}

function add(map: Map<string, string[]>, key: string, arch: string): void {
  const arches = map.get(key);
  if (arches) arches.push(arch);
  else map.set(key, [arch]);
}

function withArches(map: ReadonlyMap<string, readonly string[]>): string[] {
  return [...map].sort(byKey).map(([key, arches]) => `${key} ${columnNames(arches)}`);
}
