/**
 * The control-flow graph of one assembly function on one architecture: its instructions, cut into
 * blocks, and which block may run after which. Every operand is taken at its word; nothing is known
 * here of what instructions do besides, nor of what a called function does with its caller.
 *
 * A jump to an address that only the run knows leaves the function as far as the graph tells; who
 * follows values must take a block without predecessors for one that is entered with anything.
 */
import { memoByKey } from "../../base/memo.ts";
import { arches, type GoArch } from "../../facts/arch.ts";
import type { Architecture, ControlFlow, FlowRules } from "../../facts/architecture.ts";
import { isConditional } from "../../facts/controlFlow.ts";
import { isLinkRegister, isZeroRegister } from "../../facts/register.ts";
import type {
  Instruction,
  MacroUse,
  Operand,
  PseudoDirective,
  Statement,
  SymbolRef,
} from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import type { AsmFunction } from "./asmCode.ts";

export interface AsmFlow {
  /**
   * What the assembler counts for `2(PC)`: instructions, PCDATA, FUNCDATA and PCALIGN. A macro of
   * funcdata.h or go_tls.h, which code is not expanded by, counts as the one that it stands for.
   */
  readonly steps: readonly Step[];
  /** In the order of the text; the first is where the function is entered. None where there is no step. */
  readonly blocks: readonly Block[];
}

export interface Step {
  readonly statement: Instruction | MacroUse | PseudoDirective;
  /** Operands taken into account: `BR (LR)` returns. */
  readonly flow: ControlFlow;
}

/** Steps `from` up to, not including, `to`, that run one after the other. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** Indexes of blocks, each once: what may run next. A call of a label has the label's block here too. */
  readonly successors: readonly number[];
  readonly predecessors: readonly number[];
  /** How control may leave the function behind the last step; empty where it cannot. */
  readonly exits: readonly Exit[];
}

/**
 * "return": to the caller. "tail": a jump to another function, which returns to the caller. "stop":
 * nowhere. "unknown": to an address in a register or memory, or a label that is not there. "end": past
 * the last instruction of the function.
 */
export type Exit =
  | { readonly kind: "return" | "stop" | "unknown" | "end" }
  | { readonly kind: "tail"; readonly symbol: SymbolRef };

/** The graph of a function on an architecture; the same object each time it is asked for. */
export const asmFlow = memoByKey(({ statements }: AsmFunction, goarch: GoArch) =>
  createFlow(statements, arches[goarch]),
);

/** Where a step may go. */
interface Leaving {
  /** Indexes of steps. */
  readonly steps: readonly number[];
  readonly exits: readonly Exit[];
}

function createFlow(statements: readonly Statement[], arch: Architecture): AsmFlow {
  const { steps, labels } = stepsOf(statements, arch);
  const leavings = new Map<number, Leaving>();
  const leads = new Uint8Array(steps.length + 1);
  leads[0] = 1;
  const regions = arch.flow.isStructured ? wasmRegions(steps) : undefined;
  steps.forEach((step, at) => {
    const leaving = regions
      ? leavingOfWasm(step, at, regions, labels)
      : leavingOf(step, at, steps.length, labels, arch);
    if (!leaving) return;
    leavings.set(at, leaving);
    leads[at + 1] = 1;
    for (const target of leaving.steps) leads[target] = 1;
  });
  return { steps, blocks: blocksOf(steps.length, leads, leavings) };
}

function stepsOf(statements: readonly Statement[], arch: Architecture) {
  const steps: Step[] = [];
  // A label stands for the step behind it, which may be none.
  const labels = new Map<string, number>();
  for (const statement of statements) {
    switch (statement.kind) {
      case "label":
        if (!labels.has(statement.name)) labels.set(statement.name, steps.length);
        break;
      case "instruction":
        steps.push({ statement, flow: flowOf(statement, arch) });
        break;
      case "macroUse":
      case "funcdata":
      case "pcdata":
      case "pcalign":
        steps.push({ statement, flow: "next" });
        break;
      default:
    }
  }
  return { steps, labels };
}

function flowOf(
  { name, suffix, operands }: Instruction,
  { flow: rules, registers }: Architecture,
): ControlFlow {
  const flow = rules.instructions.get(name) ?? "next";
  const last = operands.at(-1);
  switch (flow) {
    case "next":
      return last && writesCounter(name, suffix, last, rules) ? "jump" : flow;
    case "call":
      // JAL ZERO, label and JALR ZERO, (T0) leave no address to return to.
      return rules.callNamesLink &&
        operands.length === 2 &&
        isZeroRegister(registers, registerOf(operands[0]!))
        ? "jump"
        : flow;
    case "jump":
      return last && isLinkRegister(registers, registerOf(last)) ? "return" : flow;
    case "return":
      // RET runtime·f(SB) is a jump to f that puts the frame away first.
      return last?.kind === "symbol" ? "jump" : flow;
    default:
      return flow;
  }
}

/** Whether an instruction jumps by writing to the program counter as to any register. */
function writesCounter(name: string, suffix: string, last: Operand, { programCounter }: FlowRules): boolean {
  if (!programCounter) return false;
  const { register, readers } = programCounter;
  // With a list of registers last, an instruction loads them.
  if (last.kind === "registerList")
    return last.items.some((item) => (item.last ?? item.first).name === register);
  return last.kind === "name" && last.name === register && !readers.has(name) && suffix !== ".S";
}

/** The register that an operand names or points with: R1, (R1). */
function registerOf(operand: Operand): string {
  if (operand.kind === "name") return operand.name;
  if (operand.kind !== "memory" || operand.offset || operand.index) return "";
  return operand.base?.name ?? "";
}

/** Undefined for a step with which no block ends. */
function leavingOf(
  { statement, flow }: Step,
  at: number,
  count: number,
  labels: ReadonlyMap<string, number>,
  arch: Architecture,
): Leaving | undefined {
  if (statement.kind !== "instruction" || flow === "next" || flow === "trap") return undefined;
  const { operands, suffix } = statement;
  const target = targetOf(operands.at(-1), at, count, labels);
  const mayPass = flow === "branch" || isConditional(arch.flow, suffix);
  const next = at + 1 < count ? [at + 1] : [];
  const ends: readonly Exit[] = at + 1 < count ? [] : [{ kind: "end" }];
  if (flow === "call")
    return target.kind === "step" ? { steps: [...next, target.step], exits: ends } : undefined;
  const own = ownLeaving(flow, target, operands.at(-1), arch);
  if (!mayPass) return own;
  return { steps: [...own.steps, ...next], exits: [...own.exits, ...ends] };
}

function ownLeaving(
  flow: ControlFlow,
  target: JumpTarget,
  last: Operand | undefined,
  { registers }: Architecture,
): Leaving {
  if (flow === "return") return { steps: [], exits: [{ kind: "return" }] };
  if (flow === "stop") return { steps: [], exits: [{ kind: "stop" }] };
  if (target.kind === "step") return { steps: [target.step], exits: [] };
  if (target.kind === "tail") return { steps: [], exits: [target] };
  // BC 12, 30, (LR) and the like: a return under a condition.
  const isReturn = last !== undefined && isLinkRegister(registers, registerOf(last));
  return { steps: [], exits: [{ kind: isReturn ? "return" : "unknown" }] };
}

type JumpTarget =
  | { readonly kind: "step"; readonly step: number }
  | { readonly kind: "tail"; readonly symbol: SymbolRef }
  | { readonly kind: "unknown" };

/** `asmJump` of cmd/asm/internal/asm/asm.go, and for `n(PC)` linkpatch of cmd/internal/obj/pass.go. */
function targetOf(
  operand: Operand | undefined,
  at: number,
  count: number,
  labels: ReadonlyMap<string, number>,
): JumpTarget {
  switch (operand?.kind) {
    case "name":
      return operand.prefix === "" ? stepAt(labels.get(operand.name), count) : { kind: "unknown" };
    case "memory": {
      const { prefix, base, index, offset } = operand;
      if (prefix !== "" || index || base?.name !== "PC") return { kind: "unknown" };
      const distance = offset ? evaluate(offset, () => undefined) : 0n;
      // The TEXT counts as one before the first.
      const step = distance === undefined ? undefined : at + Number(distance);
      return stepAt(step === -1 ? 0 : step, count);
    }
    case "symbol": {
      const { prefix, symbol, index } = operand;
      if (prefix !== "" || index) return { kind: "unknown" };
      if (symbol.base === "SB") return { kind: "tail", symbol };
      if (symbol.base !== "PC" || symbol.offset) return { kind: "unknown" };
      return stepAt(labels.get(symbol.name), count);
    }
    default:
      return { kind: "unknown" };
  }
}

function stepAt(step: number | undefined, count: number): JumpTarget {
  return step !== undefined && step >= 0 && step < count ? { kind: "step", step } : { kind: "unknown" };
}

/** A Block, Loop or If of wasm and its End, as indexes of steps; the function itself is a region too. */
interface WasmRegion {
  readonly start: number;
  readonly isLoop: boolean;
  /** Of an If, the step behind its Else. */
  otherwise: number | undefined;
  end: number;
}

interface WasmRegions {
  readonly count: number;
  /** By the step that opens them, or that is an Else. */
  readonly opened: ReadonlyMap<number, WasmRegion>;
  /** Around each Br, BrIf and BrTable, the innermost last. */
  readonly around: ReadonlyMap<number, readonly WasmRegion[]>;
}

function wasmRegions(steps: readonly Step[]): WasmRegions {
  const opened = new Map<number, WasmRegion>();
  const around = new Map<number, readonly WasmRegion[]>();
  const open: WasmRegion[] = [];
  steps.forEach(({ statement }, at) => {
    if (statement.kind !== "instruction") return;
    switch (statement.name) {
      case "Block":
      case "Loop":
      case "If": {
        const isLoop = statement.name === "Loop";
        const region = { start: at, isLoop, otherwise: undefined, end: steps.length };
        opened.set(at, region);
        open.push(region);
        break;
      }
      case "Else": {
        const region = open.at(-1);
        if (!region) break;
        region.otherwise = at + 1;
        opened.set(at, region);
        break;
      }
      case "End": {
        const region = open.pop();
        if (region) region.end = at;
        break;
      }
      case "Br":
      case "BrIf":
      case "BrTable":
        // Deeper than this nobody nests, and copies would not stay linear.
        if (open.length <= 64) around.set(at, [...open]);
        break;
      default:
    }
  });
  return { count: steps.length, opened, around };
}

function leavingOfWasm(
  { statement, flow }: Step,
  at: number,
  regions: WasmRegions,
  labels: ReadonlyMap<string, number>,
): Leaving | undefined {
  if (statement.kind !== "instruction") return undefined;
  const go = (step: number): Leaving =>
    step < regions.count ? { steps: [step], exits: [] } : { steps: [], exits: [{ kind: "end" }] };
  const both = (a: Leaving, b: Leaving): Leaving => ({
    steps: [...a.steps, ...b.steps],
    exits: [...a.exits, ...b.exits],
  });
  const region = regions.opened.get(at);
  if (statement.name === "If" && region) return both(go(at + 1), go(region.otherwise ?? region.end));
  if (statement.name === "Else" && region) return go(region.end);
  const last = statement.operands.at(-1);
  if (flow === "return") return { steps: [], exits: [{ kind: "return" }] };
  if (flow === "stop") return { steps: [], exits: [{ kind: "stop" }] };
  if (flow !== "jump" && flow !== "branch") return undefined;
  let own: Leaving = { steps: [], exits: [{ kind: "unknown" }] };
  if (last?.kind === "symbol" && last.symbol.base === "SB") {
    own = { steps: [], exits: [{ kind: "tail", symbol: last.symbol }] };
  } else if (statement.name !== "BrTable") {
    const target = wasmTarget(last, regions.around.get(at) ?? [], labels);
    if (target) own = go(target.isLoop ? target.start : target.end);
  }
  return flow === "branch" ? both(own, go(at + 1)) : own;
}

/** The region that `Br $1` or `Br label` names: the label stands before what opens it. */
function wasmTarget(
  operand: Operand | undefined,
  around: readonly WasmRegion[],
  labels: ReadonlyMap<string, number>,
): WasmRegion | undefined {
  if (operand?.kind === "name") {
    const start = labels.get(operand.name);
    return around.find((region) => region.start === start);
  }
  if (operand?.kind !== "immediate") return undefined;
  const depth = evaluate(operand.value, () => undefined);
  return depth === undefined || depth < 0n || depth >= around.length
    ? undefined
    : around[around.length - 1 - Number(depth)];
}

function blocksOf(count: number, leads: Uint8Array, leavings: ReadonlyMap<number, Leaving>): Block[] {
  const blockOf = new Int32Array(count);
  const starts: number[] = [];
  for (let at = 0; at < count; at++) {
    if (leads[at]) starts.push(at);
    blockOf[at] = starts.length - 1;
  }
  const predecessors = starts.map((): number[] => []);
  const blocks = starts.map((from, i) => {
    const to = starts[i + 1] ?? count;
    const leaving = leavings.get(to - 1);
    const next: Leaving = to < count ? { steps: [to], exits: [] } : { steps: [], exits: [{ kind: "end" }] };
    const { steps, exits } = leaving ?? next;
    const successors = [...new Set(steps.map((step) => blockOf[step]!))];
    for (const successor of successors) predecessors[successor]!.push(i);
    return { from, to, successors, exits };
  });
  return blocks.map(({ from, to, successors, exits }, i) => {
    return { from, to, successors, predecessors: predecessors[i]!, exits };
  });
}
