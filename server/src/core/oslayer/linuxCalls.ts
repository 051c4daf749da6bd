/**
 * The system calls of Linux, by GOARCH: numbers from the kernel's own tables, prototypes of the
 * functions these name. It must not know how a call is made (abi.ts).
 */
import { memo, once } from "../base/memo.ts";
import { isGoArch, type GoArch } from "../facts/arch.ts";
import { linuxPrototypes } from "../facts/generated/linuxPrototypes.ts";
import {
  armPrivateCalls,
  linuxBases,
  linuxEntries,
  linuxGoOnly,
  linuxNumbers,
  linuxPseudo,
  linuxUnreleased,
} from "../facts/generated/linuxSyscalls.ts";
import { callRows, type FactTable, parseSignature, rowsOf } from "./factRows.ts";
import {
  type CallKey,
  type CallTable,
  isFor,
  lazyCallTable,
  type Prototype,
  syscall,
  type Syscall,
} from "./syscall.ts";

/** The columns of the generated table: little-endian mips and ppc64 share one with big-endian. */
const columns = ["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "ppc64", "riscv64", "s390x"];

function columnOf(goarch: GoArch): string {
  return goarch.replace(/^(mips(?:64)?|ppc64)le$/, "$1");
}

/** What is added to every number: 4000 on 32-bit mips, 5000 on 64-bit, else 0. */
export function linuxBase(goarch: GoArch): number {
  return bases().get(goarch)?.base ?? 0;
}

const bases = once(
  () =>
    new Map(
      rowsOf(linuxBases).map((row) => {
        const [goarch = "", base = "", ...source] = row.split(" ");
        return [goarch, { base: Number(base), source: source.join(" ") }];
      }),
    ),
);

/** A call before anything but its name and number is read: of some hundreds, few are asked for. */
interface LinuxKey extends CallKey {
  readonly call: () => Syscall;
}

/** Undefined on an architecture that Linux has and Go has not. */
export function linuxCalls(goarch: GoArch): CallTable | undefined {
  const own = bases().get(goarch);
  if (!own) return undefined;
  const column = columnOf(goarch);
  const entries = wordsFor(linuxEntries, column);
  const unreleased = wordsFor(linuxUnreleased, column);
  const index = columns.indexOf(column) + 1;
  const keys: LinuxKey[] = [];
  for (const words of numberRows()) {
    const [name = "", word = "-"] = [words[0], words[index]];
    if (word === "-") continue;
    const number = own.base + Number(word);
    // runtime/sys_linux_amd64.s and sys_linux_386.s have the name with a second t.
    const aka = name === "setitimer" ? ["setittimer"] : none;
    const call = (): Syscall => {
      const entry = entries.get(name) ?? `sys_${name}`;
      const prototype = entry === "sys_ni_syscall" ? undefined : prototypeOf(entry, goarch);
      return syscall({
        name,
        aka,
        number,
        entry,
        // The prototypes are all of that kernel's: a function without one is a name in the table only.
        // mips has its indirect call in assembly (arch/mips/kernel/scall32-o32.S).
        standing: prototype || entry === "sys_syscall" || unreleased.has(name) ? "current" : "unimplemented",
        prototype,
        note:
          noteOf(name, goarch) ??
          (unreleased.has(name) ? "not in Linux 6.19, or not implemented there" : undefined),
        source: own.source,
      });
    };
    keys.push({ name, aka, number, class: "unix", call });
  }
  for (const [name, word] of wordsFor(linuxGoOnly, column)) {
    const number = own.base + Number(word);
    const same = keys.find((key) => key.number === number)?.call();
    const call = syscall({
      name,
      number,
      standing: same ? "alias" : "unimplemented",
      entry: same?.entry,
      prototype: same?.prototype,
      note: same
        ? `a constant of Go's own; the kernel's name is ${same.name}`
        : "a constant of Go's own, for the ABI before EABI; an EABI kernel does not implement it",
      source: linuxGoOnly.source,
    });
    keys.push({ name, aka: none, number, class: "unix", call: () => call });
  }
  if (goarch === "arm") {
    const { source } = armPrivateCalls;
    for (const { number, name } of callRows(armPrivateCalls)) {
      const key = { name, aka: none, number, class: "private" } as const;
      keys.push({ ...key, call: () => syscall({ ...key, source }) });
    }
  }
  return lazyCallTable(keys, ({ call }) => call());
}

const none: readonly never[] = [];

const numberRows = once(() => rowsOf(linuxNumbers).map((row) => row.split(" ")));

/** Constants SYS_X that are no calls, such as arm64's SYS_ARCH_SPECIFIC_SYSCALL: lower-case name to value. */
export function linuxPseudoConstants(goarch: GoArch): ReadonlyMap<string, number> {
  return new Map([...wordsFor(linuxPseudo, columnOf(goarch))].map(([name, value]) => [name, Number(value)]));
}

/** Name to second word, of rows "name word columns" or "name columns" that hold for a column. */
function wordsFor(table: FactTable, column: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, word, columns } of wordRows(table)) if (columns.includes(column)) found.set(name, word);
  return found;
}

interface WordRow {
  readonly name: string;
  readonly word: string;
  readonly columns: readonly string[];
}

const wordRows = memo((table: FactTable): readonly WordRow[] =>
  rowsOf(table).map((row) => {
    const [name = "", ...rest] = row.split(" ");
    return { name, word: rest[0]!, columns: rest.at(-1)!.split(",") };
  }),
);

interface PrototypeRow {
  readonly arches: string | undefined;
  /** Most are the same on every architecture, and are parsed for the first that asks. */
  readonly prototype: () => Prototype | undefined;
}

const prototypes = once(() => {
  const rows = new Map<string, PrototypeRow[]>();
  for (const row of rowsOf(linuxPrototypes)) {
    const [head = "", text = "", source = ""] = row.split("|");
    const [name = "", arches] = head.split("@");
    const prototype = once(() => {
      const signature = parseSignature(text);
      return signature && { ...signature, source };
    });
    const known = rows.get(name);
    if (known) known.push({ arches, prototype });
    else rows.set(name, [{ arches, prototype }]);
  }
  return rows;
});

function prototypeOf(entry: string, goarch: GoArch): Prototype | undefined {
  // arch/mips/kernel/syscall.c: descriptors come back in two registers, so nothing is passed.
  if (entry === "sysm_pipe") {
    return { result: "long", parameters: [], source: "arch/mips/kernel/syscall.c" };
  }
  // Assembly around the plain function: arch/mips/kernel/scall*.S, arch/arm/kernel/entry-common.S.
  const name = entry.replace(/^_*sys_/, "").replace(/_wrapper$/, "");
  const rows = prototypes().get(name) ?? [];
  const row =
    rows.find(({ arches }) => arches !== undefined && isFor(arches, goarch)) ??
    rows.find(({ arches }) => arches === undefined);
  return row?.prototype();
}

function noteOf(name: string, goarch: GoArch): string | undefined {
  if (name === "pipe" && goarch.startsWith("mips")) return "the two descriptors come back in R2 and R3";
  if (name === "mmap2") return "the offset counts units of 4096 bytes";
  return undefined;
}

/** The GOARCHes that have a table. */
export function linuxArches(): readonly GoArch[] {
  return [...bases().keys()].filter(isGoArch);
}
