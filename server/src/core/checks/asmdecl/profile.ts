/**
 * What vet's asmdecl pass knew and did in each Go release, as data: the
 * architectures it checks and the habits it changed. The rules read this record
 * and never ask for a release number.
 *
 * From Go 1.12 on the pass is x/tools' go/analysis/passes/asmdecl as vendored in
 * that release; before, it was cmd/vet/asmdecl.go.
 */
import type { Sizes } from "../../model/type.ts";

export interface AsmProfile {
  /** The first release of Go 1 that behaves so: 24 is Go 1.24. */
  readonly since: number;
  readonly arches: readonly VetArch[];
  /** Whose size rules the pass applied; see `Sizes.rules`. */
  readonly sizes: Sizes["rules"];
  /** Messages print the name of a type alias instead of what it stands for (`gotypesalias`). */
  readonly printsAliases: boolean;
  /**
   * How cmd/vet worked before it was built on go/analysis: comments are read as
   * code, a `$` before an operand means nothing, NOFRAME changes little, functions
   * of other packages are reported, ABI selectors are part of a name, and nested arrays lie at offset 0.
   */
  readonly beforeAnalysis: boolean;
}

/** What the pass must know of an architecture beyond sizes and byte order. Identity counts: each profile has its own records. */
export interface VetArch {
  readonly name: string;
  /** How assembly code spells the hardware stack pointer. */
  readonly stack: string;
  /** Frames have room for the caller's link register. */
  readonly linkRegister: boolean;
  /** Text that, in an ABIInternal function, counts as writing the result: the first registers for one, and system calls. */
  readonly writesResult: readonly string[];
}

const go111Arches = [
  "386 SP",
  "arm R13 lr",
  "arm64 RSP lr",
  "amd64 SP",
  "amd64p32 SP",
  "mips R29 lr",
  "mipsle R29 lr",
  "mips64 R29 lr",
  "mips64le R29 lr",
  "ppc64 R1 lr",
  "ppc64le R1 lr",
  "s390x R15 lr",
];

const go119Arches = [
  "386 SP",
  "arm R13 lr",
  "arm64 RSP lr R0 F0",
  "amd64 SP - AX X0",
  "mips R29 lr",
  "mipsle R29 lr",
  "mips64 R29 lr",
  "mips64le R29 lr",
  "ppc64 R1 lr R3 F1",
  "ppc64le R1 lr R3 F1",
  "riscv64 SP lr",
  "s390x R15 lr",
  "wasm SP",
  "loong64 R3 lr",
];

const go121Arches = replaceRows(go119Arches, ["riscv64 SP lr X10 F10"]);

const go124Arches = replaceRows(go121Arches, [
  "arm64 RSP lr R0 F0 SVC",
  "amd64 SP - AX X0 SYSCALL",
  "ppc64 R1 lr R3 F1 SYSCALL",
  "ppc64le R1 lr R3 F1 SYSCALL",
  "riscv64 SP lr X10 F10 ECALL",
  "loong64 R3 lr R4 F0 SYSCALL",
]);

/** Newest first. */
export const asmProfiles: readonly AsmProfile[] = [
  profile(24, go124Arches, { sizes: "gc", printsAliases: true }),
  profile(23, go121Arches, { sizes: "gc", printsAliases: true }),
  profile(22, go121Arches, { sizes: "gc" }),
  profile(21, go121Arches, {}),
  profile(12, go119Arches, {}),
  profile(0, go111Arches, { beforeAnalysis: true }),
];

/** How any of the profiles spells a stack pointer. */
export const stackRegisters: ReadonlySet<string> = new Set(
  asmProfiles.flatMap((profile) => profile.arches.map((arch) => arch.stack)),
);

/** The profile of Go 1.`minor`. */
export function profileFor(minor: number): AsmProfile {
  return asmProfiles.find((profile) => profile.since <= minor) ?? asmProfiles.at(-1)!;
}

function profile(
  since: number,
  rows: readonly string[],
  habits: Partial<Pick<AsmProfile, "sizes" | "printsAliases" | "beforeAnalysis">>,
): AsmProfile {
  const arches = rows.map((row): VetArch => {
    const [name = "", stack = "", link = "", ...writesResult] = row.split(" ");
    return { name, stack, linkRegister: link === "lr", writesResult };
  });
  return { since, arches, sizes: "std", printsAliases: false, beforeAnalysis: false, ...habits };
}

function replaceRows(rows: readonly string[], newer: readonly string[]): string[] {
  const name = (row: string): string => row.slice(0, row.indexOf(" "));
  return rows.map((row) => newer.find((other) => name(other) === name(row)) ?? row);
}
