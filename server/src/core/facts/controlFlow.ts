/**
 * What may come after an instruction, and how the files of architectures list those that do anything but go on
 * to the next: jumps, calls, returns and traps, by the names that Go's assembler gives them. It must not know
 * operands, files, or any architecture.
 *
 * The lists of jumps are those of cmd/asm/internal/arch (arch.go, arm.go and so on), which
 * test/conformance/controlFlow.test.ts reads again; what the assembler need not tell apart,
 * calls from jumps and traps from arithmetic, is the manual of each processor.
 */

/**
 * What comes after an instruction. "next": the one behind it. "jump": its target. "branch": either.
 * "call": its target, and the one behind it when that returns. "return": the caller. "trap": the
 * kernel, then the one behind it. "stop": nothing, the program ends or faults.
 */
export type ControlFlow = "next" | "jump" | "branch" | "call" | "return" | "trap" | "stop";

export type FlowTable = ReadonlyMap<string, ControlFlow>;

/** What the assembler has under these names everywhere: cmd/internal/obj/util.go. */
const common: readonly (readonly [ControlFlow, string])[] = [
  ["jump", "JMP"],
  ["call", "CALL"],
  ["return", "RET"],
  ["stop", "UNDEF"],
];

/** The table of an architecture, which adds these to what all have; names are parted by spaces. */
export function flowTable(rows: readonly (readonly [flow: ControlFlow, names: string])[]): FlowTable {
  return new Map(
    [...common, ...rows].flatMap(([flow, names]) => names.split(" ").map((name) => [name, flow] as const)),
  );
}
