/** System calls of Plan 9 and Native Client. */
import { type Arguments, callRow, signature } from "../callRow.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";

export const otherSyscalls: FactsFile = {
  name: "otherSyscalls",
  data: ["syscalls_misc"],
  tables: otherTables,
};

interface OtherFacts {
  readonly plan9: {
    readonly source: string;
    readonly syscalls: readonly (readonly [number, string])[];
  };
  readonly nacl: {
    readonly source: string;
    readonly go_only: Readonly<Record<string, number>>;
    readonly syscalls: readonly (readonly [number, string, Arguments?])[];
  };
}

function otherTables(facts: Facts): Table[] {
  const { plan9, nacl } = facts("syscalls_misc") as OtherFacts;
  return [
    {
      name: "plan9Syscalls",
      doc: "number|name",
      source: plan9.source,
      rows: plan9.syscalls.map(([number, name]) => callRow(number, name, "")),
    },
    {
      name: "naclSyscalls",
      doc: "number|name|C signature without the implicit thread pointer|src where only Go names it.",
      source: nacl.source,
      rows: [
        ...nacl.syscalls.map(([number, name, args]) => callRow(number, name, signature("int", args))),
        ...Object.entries(nacl.go_only).map(([name, number]) => callRow(number, name, "", { src: "go" })),
      ].sort((a, b) => Number.parseInt(a) - Number.parseInt(b)),
    },
  ];
}
