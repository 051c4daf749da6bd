/** Signatures of the functions in the Linux kernel that serve system calls. */
import { type Arguments, parameters } from "../callRow.ts";
import { joinArches } from "../columns.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";
import type { LinuxFacts } from "../linuxFacts.ts";

export const linuxPrototypes: FactsFile = {
  name: "linuxPrototypes",
  data: ["protos_linux", "syscalls_linux"],
  tables: prototypeTables,
};

interface LinuxPrototype {
  readonly args: Arguments;
  readonly file: string;
  readonly variants?: readonly { readonly file: string; readonly args: Arguments }[];
  readonly by_goarch?: Readonly<Record<string, readonly string[]>>;
}

/** Directories of arch/ in the kernel, and the GOARCHes they serve. */
const kernelArches: Readonly<Record<string, readonly string[]>> = {
  arm: ["arm"],
  arm64: ["arm64"],
  loongarch: ["loong64"],
  mips: ["mips", "mipsle", "mips64", "mips64le"],
  powerpc: ["ppc64", "ppc64le"],
  riscv: ["riscv64"],
  s390: ["s390x"],
  x86: ["386", "amd64"],
};

function prototypeTables(facts: Facts): Table[] {
  const { protos, source } = facts("protos_linux") as {
    readonly source: string;
    readonly protos: Readonly<Record<string, LinuxPrototype>>;
  };
  const { tables } = facts("syscalls_linux") as LinuxFacts;
  const called = new Set(
    Object.values(tables).flatMap(({ nums, entry }) =>
      nums.map(([, name]) => (entry[name] ?? name).replace(/^_*sys_/, "").replace(/_wrapper$/, "")),
    ),
  );
  const rows = Object.entries(protos).flatMap(([name, prototype]) => {
    // What only 32-bit programs on a 64-bit kernel reach, and what no table names.
    if (!called.has(name) || name === "ni_syscall") return [];
    const row = (args: Arguments, file: string, arches: readonly string[] = []) =>
      `${name}${arches.length > 0 ? `@${joinArches(arches)}` : ""}|long(${parameters(args)})|${file}`;
    if (prototype.by_goarch) {
      const orders = new Map<string, string[]>();
      for (const [arch, order] of Object.entries(prototype.by_goarch)) {
        orders.set(order.join(" "), [...(orders.get(order.join(" ")) ?? []), arch]);
      }
      return [...orders].map(([order, arches]) => {
        const args = order.split(" ").map((word) => prototype.args.find(([, name]) => name === word)!);
        return row(args, prototype.file, arches);
      });
    }
    const variants = (prototype.variants ?? []).flatMap(({ file, args }) => {
      const directory = /^arch\/(\w+)\/(?!um\/)/.exec(file)?.[1];
      if (directory !== undefined) return [row(args, file, kernelArches[directory])];
      // CONFIG_OLD_SIGSUSPEND3: the mask is the third argument on the older of the 32-bit systems.
      return name === "sigsuspend" && args.length === 3 ? [row(args, file, ["386", "arm", "s390x"])] : [];
    });
    return [row(prototype.args, prototype.file), ...variants];
  });
  return [
    {
      name: "linuxPrototypes",
      doc: "Name of the kernel's function without sys_, after an @ the GOARCHes it is for, C signature, file.",
      source,
      rows: rows.sort(),
    },
  ];
}
