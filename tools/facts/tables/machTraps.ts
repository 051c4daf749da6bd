/** Mach traps, calls that belong to a machine, and messages of Mach. */
import { type Arguments, callRow, signature } from "../callRow.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";
import { xnuVersion } from "../xnuVersion.ts";

export const machTraps: FactsFile = {
  name: "machTraps",
  data: ["mach_traps"],
  tables: machTables,
};

interface MachFacts {
  readonly source: string;
  readonly mdep: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly traps: readonly {
    readonly n: number;
    readonly name: string;
    readonly since: string;
    readonly removed_after?: string;
    readonly ret: string;
    readonly args: Arguments;
    readonly history?: readonly (readonly [first: string, last: string, name: string, nargs: number])[];
  }[];
  readonly mig: Readonly<
    Record<
      string,
      {
        readonly subsystem: string;
        readonly base: number;
        readonly routines: readonly (readonly [id: number, name: string, args: readonly string[]])[];
      }
    >
  >;
}

function machTables(facts: Facts): Table[] {
  const { source, mdep, traps, mig } = facts("mach_traps") as MachFacts;
  const rows = traps.flatMap(({ n, name, since, removed_after, ret, args, history = [] }) => {
    const older = history.filter(([, , step], i) => step !== name && step !== history[i + 1]?.[2]);
    return [
      ...older.map(([, last, step]) => {
        const [first] = history.find(([, , other]) => other === step)!;
        return callRow(n, step, "", { since: xnuVersion(first), until: xnuVersion(last) });
      }),
      callRow(n, name, signature(ret, args), {
        since: xnuVersion(older.length > 0 ? history.find(([, , step]) => step === name)![0] : since),
        until: removed_after && xnuVersion(removed_after),
      }),
    ];
  });
  return [
    {
      name: "machTraps",
      doc: "number|name|C signature|since and until, as versions of xnu.",
      source,
      rows,
    },
    {
      name: "machdepCalls",
      doc: "number|name|signature|GOARCH of the machine-dependent calls.",
      source,
      rows: Object.entries(mdep).flatMap(([arch, calls]) =>
        Object.entries(calls).map(([number, name]) =>
          callRow(Number(number) % 0x1000000, name.replace(/\(unused\)$/, ""), "", { arch }),
        ),
      ),
    },
    {
      name: "migMessages",
      doc: "A line `# subsystem file` before its messages: id|name. A reply's id is 100 more.",
      source,
      rows: Object.entries(mig).flatMap(([file, { subsystem, routines }]) => [
        `# ${subsystem} ${file}`,
        ...routines.map(([id, name]) => `${id}|${name}`),
      ]),
    },
  ];
}
