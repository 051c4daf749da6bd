/** Names of error numbers, per target. A number may have several names: EAGAIN is EWOULDBLOCK. */
import { once } from "../base/memo.ts";
import { errnoTables } from "../facts/generated/errnos.ts";
import { sectionsOf } from "./factRows.ts";
import { isFor } from "./syscall.ts";
import { kernelOf, type System } from "./system.ts";

export interface Errno {
  /** Positive. */
  readonly number: number;
  /** In alphabetical order. */
  readonly names: readonly string[];
  /** What the system says of it; undefined where it says nothing. */
  readonly message: string | undefined;
  readonly source: string;
}

interface ErrnoTable {
  readonly goos: string;
  readonly arches: string;
  readonly errnos: readonly Errno[];
}

const tables = once(() => {
  const said = new Map<string, string>();
  return sectionsOf(errnoTables).map(({ head, rows }): ErrnoTable => {
    const [goos = "", arches = ""] = head;
    const errnos = new Map<number, Errno>();
    for (const row of rows) {
      const [digits = "", name = "", own] = row.split("|");
      const message = own ?? said.get(name) ?? "";
      said.set(name, message);
      const number = Number(digits);
      const names = [...(errnos.get(number)?.names ?? []), name];
      errnos.set(number, {
        number,
        names,
        message: message === "" ? undefined : message,
        source: errnoTables.source,
      });
    }
    return { goos, arches, errnos: [...errnos.values()] };
  });
});

/** The errors of a target by number; none for plan9, whose errors are texts, and windows, whose numbers Go made up. */
export function errnosOf({ goos, goarch }: System): readonly Errno[] {
  const own = tables().filter((table) => table.goos === goos || table.goos === kernelOf(goos));
  // An architecture that no longer has a port had the numbers of the others.
  return (own.find(({ arches }) => isFor(arches, goarch)) ?? own[0])?.errnos ?? [];
}

/** The error of a number, which may be negative as Linux returns it. */
export function errnoByNumber(system: System, number: number): Errno | undefined {
  return errnosOf(system).find((errno) => errno.number === Math.abs(number));
}

export function errnoByName(system: System, name: string): Errno | undefined {
  return errnosOf(system).find(({ names }) => names.includes(name));
}
