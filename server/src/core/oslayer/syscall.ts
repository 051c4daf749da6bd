/** What is known of one system call, and a table of them. It must not know any one system. */
import { once } from "../base/memo.ts";
import type { GoArch } from "../facts/arch.ts";
import { type Parameter, type Signature } from "./factRows.ts";
import { compareVersions } from "./system.ts";

/**
 * Which table of the kernel a number counts in: its ordinary one, darwin's Mach traps and
 * machine-dependent calls, or the calls that arm's Linux port alone has.
 */
export type CallClass = "unix" | "mach" | "machdep" | "private";

/**
 * What a caller meets today: "current" works; "removed" did once; "compat" is an older form kept for
 * old programs; "unimplemented" has a number and nothing behind it; "alias" is a constant of Go's for
 * a call of another name.
 */
export type Standing = "current" | "compat" | "alias" | "unimplemented" | "removed";

export interface Prototype extends Signature {
  readonly parameters: readonly Parameter[];
  /** The file or table it was read from. */
  readonly source: string;
}

export interface Syscall {
  /** In lower case where the system's own table has it so; SYS_ and the name in upper case is Go's constant. */
  readonly name: string;
  /** Other names for this number: without a version's decoration, or with it. */
  readonly aka: readonly string[];
  /** As Go's constant SYS_X has it: with linux/mips's base, without darwin's class. */
  readonly number: number;
  readonly class: CallClass;
  readonly standing: Standing;
  /** First and last version with this meaning, as far as known; undefined: always, and still. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Undefined where the arguments are not known. */
  readonly prototype: Prototype | undefined;
  /** The function in the kernel, where the system's table names it. */
  readonly entry: string | undefined;
  /** One clause a caller should know. */
  readonly note: string | undefined;
  /** Where the number was read. */
  readonly source: string;
}

export interface CallTable {
  /** By class and number; of one number, the newest meaning first. */
  readonly calls: readonly Syscall[];
  /** Every meaning a number has had in a class, newest first. */
  numbered(number: number, cls: CallClass): readonly Syscall[];
  /** Every call that has had a name, the one to use today first. Letter case does not matter. */
  named(name: string): readonly Syscall[];
}

/** A Syscall with what is usual left out. */
export type CallFacts = Pick<Syscall, "name" | "number" | "source"> & Partial<Syscall>;

export function syscall(facts: CallFacts): Syscall {
  return {
    aka: [],
    class: "unix",
    standing: facts.until === undefined ? "current" : "removed",
    since: undefined,
    until: undefined,
    prototype: undefined,
    entry: undefined,
    note: undefined,
    ...facts,
  };
}

/** The name of Go's constant: SYS_READ. */
export function goConstant(call: Syscall): string {
  return `SYS_${call.name.toUpperCase()}`;
}

/** C's declaration: "ssize_t read(int fd, void *buf, size_t nbyte)"; undefined where unknown. */
export function prototypeText({ name, prototype }: Syscall): string | undefined {
  if (!prototype) return undefined;
  const parameters = prototype.parameters.map(parameterText).join(", ") || "void";
  return `${prototype.result}${prototype.result.endsWith("*") ? "" : " "}${name}(${parameters})`;
}

export function parameterText({ type, name }: Parameter): string {
  return `${type}${type.endsWith("*") ? "" : " "}${name}`;
}

const standings: readonly Standing[] = ["current", "compat", "alias", "unimplemented", "removed"];
const classes: readonly CallClass[] = ["unix", "private", "mach", "machdep"];

/** What a call is found by. */
export type CallKey = Pick<Syscall, "name" | "aka" | "number" | "class">;

/** The table of all calls of a system. */
export function callTable(calls: readonly Syscall[]): CallTable {
  return lazyCallTable(calls, (call) => call);
}

/** The same of calls that are made, each once, when somebody looks them up. */
export function lazyCallTable<Key extends CallKey>(
  keys: readonly Key[],
  callOf: (key: Key) => Syscall,
): CallTable {
  const made = new Map<Key, Syscall>();
  const make = (key: Key): Syscall => {
    let call = made.get(key);
    if (!call) made.set(key, (call = callOf(key)));
    return call;
  };
  const byNumber = once(() => indexBy(keys, ({ number }) => [number]));
  const byName = once(() =>
    indexBy(keys, ({ name, aka }) => [name, ...aka].map((name) => name.toLowerCase())),
  );
  const inOrder = once(() =>
    keys
      .map(make)
      .sort((a, b) => rank(classes, a.class, b.class) || a.number - b.number || newestFirst(a, b)),
  );
  return {
    get calls() {
      return inOrder();
    },
    numbered(number, cls) {
      const found = byNumber().get(number) ?? [];
      return found
        .filter((key) => key.class === cls)
        .map(make)
        .sort(newestFirst);
    },
    named(name) {
      const key = name.toLowerCase();
      const found = byName().get(key) ?? byName().get(key.replace(/^_*sys_/, "")) ?? [];
      return found
        .map(make)
        .sort(
          (a, b) =>
            rank(classes, a.class, b.class) ||
            rank(standings, a.standing, b.standing) ||
            Number(b.name.toLowerCase() === key) - Number(a.name.toLowerCase() === key) ||
            newestFirst(a, b) ||
            a.number - b.number,
        );
    },
  };
}

function newestFirst(a: Syscall, b: Syscall): number {
  if (a.until !== b.until) {
    if (a.until === undefined) return -1;
    if (b.until === undefined) return 1;
    return compareVersions(b.until, a.until);
  }
  return rank(standings, a.standing, b.standing) || compareVersions(b.since ?? "", a.since ?? "");
}

function rank<T>(order: readonly T[], a: T, b: T): number {
  return order.indexOf(a) - order.indexOf(b);
}

function indexBy<T, Index>(calls: readonly T[], indicesOf: (call: T) => readonly Index[]): Map<Index, T[]> {
  const found = new Map<Index, T[]>();
  for (const call of calls) {
    for (const index of indicesOf(call)) {
      const list = found.get(index);
      if (!list) found.set(index, [call]);
      // Two of a call's names may differ in letter case alone.
      else if (list.at(-1) !== call) list.push(call);
    }
  }
  return found;
}

/** Whether a row or column that lists GOARCHes is for this one. */
export function isFor(arches: string, goarch: GoArch): boolean {
  return arches.split(",").includes(goarch);
}
