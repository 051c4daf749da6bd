/** Signals as Go's runtime tables them, per target: numbers, names and what the runtime does with each. */
import { once } from "../base/memo.ts";
import { signalSetups, signalTables } from "../facts/generated/signals.ts";
import { sectionsOf } from "./factRows.ts";
import { kernelOf, type System, systemName } from "./system.ts";

export interface Signal {
  /** First and last number; they differ for a run of signals without names of their own. */
  readonly first: number;
  readonly last: number;
  /** "SIGSEGV"; of a run "signal N"; on plan9 the beginning of a note's text. */
  readonly name: string;
  /** The runtime's flags, one letter each: see facts/generated/signals.ts. */
  readonly flags: string;
  /** The table in package runtime. */
  readonly source: string;
}

interface SignalTable {
  readonly count: number;
  readonly signals: readonly Signal[];
}

const tables = once(
  () =>
    new Map(
      sectionsOf(signalTables).map(
        ({ head: [system = "", count, ...source], rows }): [string, SignalTable] => {
          const signals = rows.map((row): Signal => {
            const [range = "", name = "", flags = ""] = row.split("|");
            const [first = "", last = first] = range.split("-");
            return { first: Number(first), last: Number(last), name, flags, source: source.join(" ") };
          });
          return [system, { count: Number(count), signals }];
        },
      ),
    ),
);

/** The signals of a target; on plan9 they are notes, whose number is the place in the runtime's table. None on windows, js and wasip1. */
export function signalsOf(system: System): readonly Signal[] {
  return tableOf(system)?.signals ?? [];
}

/** The runtime's _NSIG: the length of its table, which is not always the headers' NSIG. Undefined where it has none. */
export function signalCount(system: System): number | undefined {
  return tableOf(system)?.count;
}

function tableOf({ goos, goarch }: System): SignalTable | undefined {
  const kernel = kernelOf(goos);
  return tables().get(kernel === "linux" && goarch.startsWith("mips") ? "linux/mips*" : kernel);
}

export function signalByNumber(system: System, number: number): Signal | undefined {
  return signalsOf(system).find(({ first, last }) => number >= first && number <= last);
}

export function signalByName(system: System, name: string): Signal | undefined {
  return signalsOf(system).find((signal) => signal.name === name);
}

/** What package runtime of Go 1.27 hands to a system to install a handler. */
export interface KnownSetup {
  /** Of the stack that handlers run on, in bytes. */
  readonly stackSize: number | undefined;
  /** What setsig stores, in words. */
  readonly setsig: string;
  readonly constants: readonly { readonly name: string; readonly value: number }[];
  readonly structs: readonly KnownStruct[];
  readonly source: string;
}

/** A Go struct; all numbers are bytes. */
export interface KnownStruct {
  readonly name: string;
  readonly size: number;
  readonly align: number;
  /** None of a type that is no struct. */
  readonly fields: readonly {
    readonly name: string;
    readonly offset: number;
    readonly size: number;
    readonly type: string;
  }[];
}

const setups = once(() => {
  const byTarget = new Map<string, KnownSetup>();
  for (const { head, rows } of sectionsOf(signalSetups)) {
    const found = { stackSize: undefined as number | undefined, setsig: "" };
    const constants: { name: string; value: number }[] = [];
    const structs: KnownStruct[] = [];
    for (const row of rows) {
      const [kind, name = "", ...more] = row.split("|");
      if (kind === "stack" && name !== "") found.stackSize = Number(name);
      if (kind === "setsig") found.setsig = [name, ...more].join("|");
      if (kind === "const") constants.push({ name, value: Number(more[0]) });
      if (kind === "struct") structs.push(readStruct(name, more));
    }
    for (const target of (head[0] ?? "").split(","))
      byTarget.set(target, { ...found, constants, structs, source: signalSetups.source });
  }
  return byTarget;
});

function readStruct(name: string, [size, align, fields = ""]: readonly string[]): KnownStruct {
  const parts = fields.split(";").filter((field) => field !== "");
  return {
    name,
    size: Number(size),
    align: Number(align),
    fields: parts.map((field) => {
      const [name = "", offset, size, ...type] = field.split(" ");
      return { name, offset: Number(offset), size: Number(size), type: type.join(" ") };
    }),
  };
}

/** Undefined on systems without sigaction. */
export function knownSetup(system: System): KnownSetup | undefined {
  return setups().get(systemName(system));
}
