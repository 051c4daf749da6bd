/** What package runtime does about each signal, and what it hands to the kernel for that. */
import type { Facts, FactsFile, Table } from "../factsFile.ts";
import { type StructField, structRow } from "../structRow.ts";

export const signals: FactsFile = {
  name: "signals",
  data: ["signals"],
  tables: (facts) => [...signalTables(facts), ...setupTables(facts)],
};

interface SignalFacts {
  readonly revs: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly tables: Readonly<
          Record<
            string,
            {
              readonly file: string;
              readonly n: number;
              readonly rows: readonly (
                | readonly [number: number, name: string, flags: string]
                | readonly [first: number, last: number, name: string, flags: string]
              )[];
            }
          >
        >;
      }
    >
  >;
}

function signalTables(facts: Facts): Table[] {
  const { revs } = facts("signals") as SignalFacts;
  const newest = revs["go1.27"]!;
  const rows = Object.entries({ nacl: revs["b7f1777a70"]!.tables["nacl"]!, ...newest.tables }).flatMap(
    ([system, { file, n, rows }]) => [
      `# ${system} ${n} ${system === "nacl" ? revs["b7f1777a70"]!.source : newest.source}/${file.replace(/^src\/runtime\//, "")}`,
      ...rows.map((row) =>
        row.length === 3 ? `${row[0]}|${row[1]}|${row[2]}` : `${row[0]}-${row[1]}|${row[2]}|${row[3]}`,
      ),
    ],
  );
  return [
    {
      name: "signalTables",
      doc: "A line `# GOOS count file` before its rows: number or range|name|flags (N notify, K kill, T throw, P panic, D default, E exit, S set stack, U unblock, I ignored by default).",
      source: `${newest.source}; ${revs["b7f1777a70"]!.source}`,
      rows: rows.map((row) => row.replace(/\|+$/, "")),
    },
  ];
}

interface SetupFacts {
  readonly revs: Readonly<
    Record<
      "go1.27",
      {
        readonly source: string;
        readonly setsig: Readonly<Record<string, string>>;
        readonly gsignal_stack: Readonly<Record<string, { readonly bytes: number }>>;
        readonly targets: Readonly<
          Record<
            string,
            {
              readonly consts: Readonly<Record<string, number>>;
              readonly structs: Readonly<
                Record<
                  string,
                  {
                    readonly size: number;
                    readonly align: number;
                    readonly f?: readonly StructField[];
                  }
                >
              >;
            }
          >
        >;
      }
    >
  >;
}

/** What setsig hands to each system; targets that have all of it in common share a section. */
function setupTables(facts: Facts): Table[] {
  const { source, setsig, gsignal_stack: stacks, targets } = (facts("signals") as SetupFacts).revs["go1.27"];
  const sections = new Map<string, string[]>();
  for (const [target, { consts, structs }] of Object.entries(targets)) {
    const [goos = ""] = target.split("/");
    const system = { android: "linux", ios: "darwin", illumos: "solaris" }[goos] ?? goos;
    const rows = [
      `stack|${stacks[goos]?.bytes ?? ""}`,
      `setsig|${setsig[system] ?? ""}`,
      ...Object.entries(consts).map(([name, value]) => `const|${name}|${value}`),
      ...Object.entries(structs).flatMap(([name, { size, align, f }]) => [
        structRow(`struct|${name}`, { size, align, fields: f ?? [] }),
      ]),
    ];
    const key = rows.map((row) => row.replace(/\|+$/, "")).join("\n");
    sections.set(key, [...(sections.get(key) ?? []), target]);
  }
  return [
    {
      name: "signalSetups",
      doc: "A line `# targets` before what package runtime has there: stack|bytes of the signal stack; setsig|what it stores, in words; const|name|value; struct|name|size|align|fields (name offset size type).",
      source,
      rows: [...sections].flatMap(([rows, targets]) => [`# ${targets.join(",")}`, ...rows.split("\n")]),
    },
  ];
}
