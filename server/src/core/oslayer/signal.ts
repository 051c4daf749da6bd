/** Signals as Go's runtime tables them, per target: numbers, names and what the runtime does with each. */
import { signalTables } from "../facts/generated/signals.ts";
import { once, sectionsOf } from "./factRows.ts";
import { kernelOf, type System } from "./system.ts";

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
