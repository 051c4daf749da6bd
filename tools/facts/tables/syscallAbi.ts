/** How a target's kernel is called: instruction, registers, errors. */
import type { Facts, FactsFile, Table } from "../factsFile.ts";

export const syscallAbi: FactsFile = {
  name: "syscallAbi",
  data: ["syscall_abi"],
  tables: abiTables,
};

interface AbiFacts {
  readonly source: string;
  readonly bases: Readonly<Record<string, number | string | Readonly<Record<string, string>>>>;
  readonly abi: readonly Readonly<
    Record<string, string | number | Readonly<Record<string, number | string>>>
  >[];
}

const abiColumns = [
  "goos",
  "goarch",
  "rev",
  "trap",
  "number",
  "args",
  "result",
  "error",
  "base",
  "clobbers",
  "note",
  "libc",
  "cite",
] as const;

function abiTables(facts: Facts): Table[] {
  const { source, bases, abi } = facts("syscall_abi") as AbiFacts;
  const cell = (value: AbiFacts["abi"][number][string] | undefined): string => {
    if (value === undefined) return "";
    if (typeof value !== "object") return String(value);
    return Object.entries(value)
      .map(([key, part]) => `${key}=${part}`)
      .join(" ");
  };
  return [
    {
      name: "syscallAbis",
      doc: `Separated by tabs: ${abiColumns.join(", ")}.`,
      source,
      rows: abi.map((row) => {
        const unknown = Object.keys(row).find(
          (key) => !abiColumns.includes(key as (typeof abiColumns)[number]),
        );
        if (unknown !== undefined) throw new Error(`syscall_abi: a new column ${unknown}`);
        return abiColumns
          .map((column) => cell(row[column]))
          .join("\t")
          .trimEnd();
      }),
    },
    {
      name: "numberBases",
      doc: "What a class of numbers begins with.",
      source,
      rows: Object.entries(bases).flatMap(([name, base]) =>
        typeof base === "object"
          ? Object.entries(base).map(([cls, value]) => `${name} ${cls}|${value}`)
          : [`${name}|${base}`],
      ),
    },
  ];
}
