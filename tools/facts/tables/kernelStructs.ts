/** Layouts of the structs that kernels exchange with programs. */
import { byKey } from "../byKey.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";
import { type StructField, structRow } from "../structRow.ts";

export const kernelStructs: FactsFile = {
  name: "kernelStructs",
  data: ["structs_linux", "os_structs"],
  tables: structTables,
};

interface LinuxStructFacts {
  readonly source: string;
  readonly structs: readonly {
    readonly type: string;
    readonly go: readonly string[];
    readonly layouts: readonly {
      readonly arches: readonly string[];
      readonly size: number;
      readonly align: number;
      readonly fields: readonly StructField[];
    }[];
  }[];
}

interface GoStruct {
  readonly size: number;
  readonly align: number;
  readonly f: readonly StructField[] | null;
  readonly targets: string;
  readonly cite: string;
}

interface GoStructFacts {
  readonly source: string;
  readonly "go1.27": Readonly<Record<string, readonly GoStruct[]>>;
  /** FreeBSD changed its kevent with version 12, and took a new number for the call. */
  readonly b7f1777a70: { readonly keventt: readonly GoStruct[] };
}

/** What C calls the structs that package runtime declares for other systems than Linux. */
const cNames: Readonly<Record<string, string>> = {
  Overlapped: "OVERLAPPED",
  bintime: "struct bintime",
  itimerval: "struct itimerval",
  keventt: "struct kevent",
  lwpparams: "struct lwp_params",
  overlappedEntry: "OVERLAPPED_ENTRY",
  pollfd: "struct pollfd",
  portevent: "port_event_t",
  rtprio: "struct rtprio",
  sigactiont: "struct sigaction",
  sigcontext: "struct sigcontext",
  siginfo: "siginfo_t",
  stackt: "stack_t",
  stat: "struct stat",
  tforkt: "struct __tfork",
  thrparam: "struct thr_param",
  timespec: "struct timespec",
  timeval: "struct timeval",
  ucontext: "ucontext_t",
  ucontextt: "ucontext_t",
  umtx_time: "struct _umtx_time",
  usigactiont: "struct sigaction",
  vdsoTimehands: "struct vdso_timehands",
  vdsoTimekeep: "struct vdso_timekeep",
};

/** What package syscall calls those of them that it declares with the same layout. */
const syscallNames: Readonly<Record<string, string>> = {
  timespec: "syscall.Timespec",
  timeval: "syscall.Timeval",
};

/** The rows of a struct on the targets that `other` does not match. */
function goStructRows(structs: readonly GoStruct[], other: RegExp): string[] {
  return structs.flatMap(({ size, align, f, targets }) => {
    const own = targets.split(" ").filter((target) => !other.test(target));
    return own.length > 0 && f ? [structRow(own.join(","), { size, align, fields: f })] : [];
  });
}

function structTables(facts: Facts): Table[] {
  const linux = facts("structs_linux") as LinuxStructFacts;
  const others = facts("os_structs") as GoStructFacts;
  return [
    {
      name: "linuxStructs",
      doc: "What Linux exchanges with programs: a line `# GO-TYPES C-TYPE` before its layouts: GOARCHes|size|align|fields (name offset size type), in bytes; size 0: Go groups what stands there in its own way.",
      source: linux.source,
      rows: linux.structs.flatMap(({ type, go, layouts }) => [
        `# ${go.join(",")} ${type}`,
        ...layouts.map((layout) => structRow(layout.arches.join(","), layout)),
      ]),
    },
    {
      name: "otherStructs",
      doc: "The same for other systems, as package runtime declares it after their headers: targets|size|align|fields.",
      source: others.source,
      rows: Object.entries(cNames)
        .sort(byKey)
        .flatMap(([name, type]) => {
          const rows = goStructRows(others["go1.27"][name] ?? [], /^(linux|android)\//);
          if (name === "keventt") rows.push(...goStructRows(others.b7f1777a70.keventt, /^(?!freebsd)/));
          const go = [`runtime.${name}`, syscallNames[name]].filter((known) => known !== undefined);
          return [`# ${go.join(",")} ${type}`, ...rows];
        }),
    },
  ];
}
