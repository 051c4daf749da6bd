/**
 * What vet's asmdecl pass knew and did in each Go release, as data: the
 * architectures it checks and the habits it changed; and what its framepointer pass
 * did. The rules read this record and never ask for a release number.
 *
 * From Go 1.12 on the pass is x/tools' go/analysis/passes/asmdecl as vendored in
 * that release; before, it was cmd/vet/asmdecl.go.
 */
import { arches, goarches, type GoArch } from "../../facts/arch.ts";
import type { Architecture } from "../../facts/architecture.ts";
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
  readonly facts: Architecture;
  /** Bytes of an int and of a pointer. */
  readonly wordSize: number;
  /** How assembly code spells the hardware stack pointer. */
  readonly stack: string;
  /** Text that marks a line as one that moves the stack pointer. */
  readonly stackWrites: readonly string[];
  /** Frames have room for the caller's link register. */
  readonly linkRegister: boolean;
  /** Text that counts as writing the result of any function. */
  readonly resultWriters: readonly string[];
  /** Text that, in an ABIInternal function, counts as writing the result: the first registers for one, and system calls. */
  readonly internalResults: readonly string[];
}

/** Newest first. */
export const asmProfiles: readonly AsmProfile[] = [
  profile(25, {
    sizeRules: "gc",
    keepAliases: true,
    framePointer: "amd64 and arm64",
  }),
  profile(24, { sizeRules: "gc", keepAliases: true }),
  profile(23, { sizeRules: "gc", keepAliases: true }),
  profile(22, { sizeRules: "gc" }),
  profile(21, {}),
  profile(16, {}),
  profile(12, { framePointer: "none" }),
  profile(0, { beforeAnalysis: true, framePointer: "none" }),
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
  habits: Partial<Pick<AsmProfile, "sizeRules" | "keepAliases" | "beforeAnalysis" | "framePointer">>,
): AsmProfile {
  const known = goarches.filter((name) => {
    const { first, last } = arches[name].vet;
    return since >= first && (last === undefined || since <= last);
  });
  const records = known.map((name): VetArch => {
    const facts = arches[name];
    const { stack, link } = facts.registers;
    const moves = [`, ${stack}`, `,\t${stack}`];
    return {
      name,
      facts,
      wordSize: facts.wordSize,
      stack,
      stackWrites: habits.beforeAnalysis ? moves : [...moves, `NOP ${stack}`, `NOP\t${stack}`],
      linkRegister: link !== undefined,
      resultWriters: facts.vet.resultWriters,
      internalResults: facts.vet.internalResults.flatMap((row) => (since >= row.since ? row.texts : [])),
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
