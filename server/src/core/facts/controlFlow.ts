/**
 * Where control goes after an instruction, by the names that Go's assembler gives: jumps, calls, returns and
 * traps. It must not know operands or files.
 *
 * The lists of jumps in arch/ are those of cmd/asm/internal/arch (arch.go, arm.go and so on), which
 * test/conformance/controlFlow.test.ts reads again; what the assembler need not tell apart,
 * calls from jumps and traps from arithmetic, is the manual of each processor.
 */
import type { ControlFlow, FlowRules } from "./architecture.ts";
import { wordMap } from "./wordMap.ts";

/** Instructions by what comes after them, those of cmd/internal/obj/util.go added, which are the same everywhere. */
export function flowTable(
  ...rows: readonly (readonly [flow: ControlFlow, names: string])[]
): FlowRules["instructions"] {
  return wordMap(["jump", "JMP"], ["call", "CALL"], ["return", "RET"], ["stop", "UNDEF"], ...rows);
}

/** What holds of most architectures; a file of arch/ says what differs. */
export const plainFlow: Omit<FlowRules, "instructions"> = {
  conditions: new Set(),
  programCounter: undefined,
  callNamesLink: false,
  isStructured: false,
  carry: { branches: new Set(), conditions: new Set() },
};

/** Whether an instruction with this suffix (".EQ", ".P.NE", "" for none) runs only under a condition. */
export function isConditional({ conditions }: FlowRules, suffix: string): boolean {
  return suffix !== "" && conditions.size > 0 && suffix.split(".").some((part) => conditions.has(part));
}

/** Whether an instruction looks at the carry flag. */
export function readsCarry({ carry }: FlowRules, name: string, suffix: string): boolean {
  return carry.branches.has(name) || suffix.split(".").some((part) => carry.conditions.has(part));
}
