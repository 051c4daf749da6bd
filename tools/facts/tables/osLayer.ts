/** How package runtime uses each system: threads, sleep, the network poller, random bytes, auxiliary vector and vDSO. */
import type { Facts, FactsFile, Table } from "../factsFile.ts";

export const osLayer: FactsFile = {
  name: "osLayer",
  data: ["os_layer", "vdso"],
  tables: osLayerTables,
};

type Constants = Readonly<Record<string, number>>;
type Primitive = readonly [
  goos: string,
  revision: string,
  primitive: string,
  constants: Constants,
  note: string,
];
type EventLayout = readonly [
  targets: string,
  size: number,
  fields: readonly (readonly [string, number, number])[],
];

interface AuxvFacts {
  readonly values: Constants;
  readonly used?: Readonly<Record<string, readonly string[]>>;
  readonly cite: string;
}

interface OsLayerFacts {
  readonly source: string;
  readonly threads: readonly (readonly [...Primitive, cite: string])[];
  readonly semaphores: readonly (readonly [...Primitive, cite: string])[];
  readonly netpoll: readonly (readonly [...Primitive, layouts: readonly EventLayout[], cite: string])[];
  readonly random: readonly (readonly [goos: string, revision: string, source: string, cite: string])[];
  /** Beside the systems, remarks on others. */
  readonly auxv: Readonly<Record<string, AuxvFacts | string | readonly string[]>>;
}

interface VdsoFacts {
  readonly source: string;
  readonly revs: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly version: string;
            readonly version_hash: string;
            readonly file: string;
            readonly symbols: readonly {
              readonly name: string;
              readonly elf_hash: string;
              readonly gnu_hash?: string;
              readonly var: string;
            }[];
          }
        >
      >
    >
  >;
}

function constantsText(constants: Constants): string {
  return Object.entries(constants)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

function primitiveRow([goos, revision, primitive, constants, note]: Primitive, cite: string): string {
  // A fork of Go kept the tags of releases.
  return [goos, revision.replace(/^\w+\.(?=go1)/, ""), primitive, constantsText(constants), note, cite].join(
    "\t",
  );
}

function osLayerTables(facts: Facts): Table[] {
  const { source, threads, semaphores, netpoll, random, auxv } = facts("os_layer") as OsLayerFacts;
  const vdso = facts("vdso") as VdsoFacts;
  const doc = "Separated by tabs: GOOSes, revision, what is used, constants, a note, files.";
  const layouts = new Set(
    netpoll.flatMap(([goos, revision, , , , layouts]) =>
      layouts.flatMap(([targets, size, fields]) => {
        const own = targets.split(" ").filter((target) => goos.split(" ").includes(target.split("/")[0]!));
        const parts = fields.map((field) => field.join(":")).join(" ");
        return own.length === 0 ? [] : [[revision, own.join(" "), size, parts].join("\t")];
      }),
    ),
  );
  return [
    {
      name: "threadStarts",
      doc,
      source,
      rows: threads.map(([a, b, c, d, e, cite]) => primitiveRow([a, b, c, d, e], cite)),
    },
    {
      name: "sleepAndWake",
      doc,
      source,
      rows: semaphores.map(([a, b, c, d, e, cite]) => primitiveRow([a, b, c, d, e], cite)),
    },
    {
      name: "networkPollers",
      doc,
      source,
      rows: netpoll.map(([a, b, c, d, e, , cite]) => primitiveRow([a, b, c, d, e], cite)),
    },
    {
      name: "pollerEvents",
      doc: "Separated by tabs: revision, targets, bytes of the event, its fields as name:offset:size.",
      source,
      rows: [...layouts],
    },
    {
      name: "randomSources",
      doc: "Separated by tabs: GOOSes, revision, where random bytes come from at start, files.",
      source,
      rows: random.map((cells) => cells.join("\t")),
    },
    {
      name: "auxvTags",
      doc: "Separated by tabs: GOOSes, tags with their values, who looks at which, files.",
      source,
      rows: Object.entries(auxv).flatMap(([goos, entry]) => {
        if (typeof entry === "string" || !("cite" in entry)) return [];
        const used = Object.entries(entry.used ?? {}).map(([who, tags]) => `${who}: ${tags.join(" ")}`);
        return [[goos, constantsText(entry.values), used.join("; "), entry.cite].join("\t")];
      }),
    },
    {
      name: "vdsoTables",
      doc: "A line `# revision GOARCH version its hash file` before its symbols: name|ELF hash|GNU hash|variable.",
      source: vdso.source,
      rows: Object.entries(vdso.revs).flatMap(([revision, arches]) =>
        Object.entries(arches).flatMap(([goarch, { version, version_hash, file, symbols }]) => [
          `# ${revision} ${goarch} ${version} ${version_hash} ${file}`,
          ...symbols.map(
            ({ name, elf_hash, gnu_hash = "", var: variable }) =>
              `${name}|${elf_hash}|${gnu_hash}|${variable}`,
          ),
        ]),
      ),
    },
  ];
}
