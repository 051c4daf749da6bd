/**
 * What vet's asmdecl pass knew and did in each Go release, as data: the
 * architectures it checks and the habits it changed; and what its framepointer pass
 * did. The rules read this record and never ask for a release number.
 *
 * From Go 1.12 on the pass is x/tools' go/analysis/passes/asmdecl as vendored in
 * that release; before, it was cmd/vet/asmdecl.go.
 */
import { arches, type GoArch } from "../../facts/arch.ts";
import type { Sizes } from "../../model/go/type.ts";

export interface AsmProfile {
  /** The first release of Go 1 that behaves so: 24 is Go 1.24. */
  readonly since: number;
  readonly arches: readonly VetArch[];
  /** Whose size rules the pass applied; see `Sizes.rules`. */
  readonly sizeRules: Sizes["rules"];
  /** Messages print the name of a type alias instead of what it stands for (`gotypesalias`). */
  readonly keepAliases: boolean;
  /**
   * How cmd/vet worked before it was built on go/analysis: comments are read as
   * code, a `$` before an operand means nothing, NOFRAME changes little, functions
   * of other packages are reported, ABI selectors are part of a name, and nested arrays lie at offset 0.
   */
  readonly beforeAnalysis: boolean;
  /**
   * What vet's framepointer pass knew: nothing before Go 1.16, amd64 up to Go 1.24, then arm64 too;
   * since then conditional jumps do not end its search.
   */
  readonly framePointer: "none" | "amd64" | "amd64 and arm64";
}

/** What the pass must know of an architecture. Identity counts: each profile has its own records. */
export interface VetArch {
  readonly name: GoArch;
  /** Bytes of an int and of a pointer. */
  readonly wordSize: number;
  /** How assembly code spells the hardware stack pointer. */
  readonly stack: string;
  /** Text that marks a line as one that moves the stack pointer. */
  readonly stackWrites: readonly string[];
  /** Frames have room for the caller's link register. */
  readonly linkRegister: boolean;
  /** Text that, in an ABIInternal function, counts as writing the result: the first registers for one, and system calls. */
  readonly writesResult: readonly string[];
}

/** What, by itself, counts as writing the result of an ABIInternal function. */
type WritesResult = Partial<Record<GoArch, readonly string[]>>;

const go111Arches: readonly GoArch[] = [
  "386",
  "arm",
  "arm64",
  "amd64",
  "amd64p32",
  "mips",
  "mipsle",
  "mips64",
  "mips64le",
  "ppc64",
  "ppc64le",
  "s390x",
];

const go119Arches: readonly GoArch[] = [
  ...go111Arches.filter((name) => name !== "amd64p32"),
  "riscv64",
  "wasm",
  "loong64",
];

const go119Results: WritesResult = {
  amd64: ["AX", "X0"],
  arm64: ["R0", "F0"],
  ppc64: ["R3", "F1"],
  ppc64le: ["R3", "F1"],
};

const go121Results: WritesResult = { ...go119Results, riscv64: ["X10", "F10"] };

const go124Results: WritesResult = {
  amd64: ["AX", "X0", "SYSCALL"],
  arm64: ["R0", "F0", "SVC"],
  loong64: ["R4", "F0", "SYSCALL"],
  ppc64: ["R3", "F1", "SYSCALL"],
  ppc64le: ["R3", "F1", "SYSCALL"],
  riscv64: ["X10", "F10", "ECALL"],
};

/** Newest first. */
export const asmProfiles: readonly AsmProfile[] = [
  profile(25, go119Arches, go124Results, {
    sizeRules: "gc",
    keepAliases: true,
    framePointer: "amd64 and arm64",
  }),
  profile(24, go119Arches, go124Results, { sizeRules: "gc", keepAliases: true }),
  profile(23, go119Arches, go121Results, { sizeRules: "gc", keepAliases: true }),
  profile(22, go119Arches, go121Results, { sizeRules: "gc" }),
  profile(21, go119Arches, go121Results, {}),
  profile(16, go119Arches, go119Results, {}),
  profile(12, go119Arches, go119Results, { framePointer: "none" }),
  profile(0, go111Arches, {}, { beforeAnalysis: true, framePointer: "none" }),
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
  names: readonly GoArch[],
  results: WritesResult,
  habits: Partial<Pick<AsmProfile, "sizeRules" | "keepAliases" | "beforeAnalysis" | "framePointer">>,
): AsmProfile {
  const records = names.map((name): VetArch => {
    const { wordSize, stackRegister, linkRegister } = arches[name];
    const moves = [`, ${stackRegister}`, `,\t${stackRegister}`];
    return {
      name,
      wordSize,
      stack: stackRegister,
      stackWrites: habits.beforeAnalysis
        ? moves
        : [...moves, `NOP ${stackRegister}`, `NOP\t${stackRegister}`],
      linkRegister: linkRegister !== undefined,
      writesResult: results[name] ?? [],
    };
  });
  return {
    since,
    arches: records,
    sizeRules: "std",
    keepAliases: false,
    beforeAnalysis: false,
    framePointer: "amd64",
    ...habits,
  };
}

/** The profiles by the names a user gives them. */
export const profileNames = ["go1.25", "go1.24", "go1.23", "go1.22", "go1.21", "go1.19", "go1.11"] as const;
