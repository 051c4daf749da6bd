/**
 * The system calls of an assembly function on one system: each instruction that enters the kernel or
 * calls a function of a library, with the number that reaches it, the call this is, and what was loaded
 * for its arguments. What cannot be followed has a reason in place of a number.
 */
import { memoByKey } from "../../base/memo.ts";
import { abiOf, type Gate, placeArguments, type SyscallAbi } from "../../oslayer/abi.ts";
import { type DecodedNumber, decodeNumber } from "../../oslayer/decodeNumber.ts";
import { type Import, importByName } from "../../oslayer/imports.ts";
import type { Parameter } from "../../oslayer/factRows.ts";
import type { Syscall } from "../../oslayer/syscall.ts";
import { syscallByName } from "../../oslayer/syscalls.ts";
import { kernelOf, type System } from "../../oslayer/system.ts";
import type { Expr, Instruction, Operand } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { targetOf } from "../targets/target.ts";
import type { AsmFunction } from "./asmCode.ts";
import { asmFlow, type Step } from "./asmFlow.ts";
import { type AsmValue, propagateConstants, type ValueState } from "./constantPropagation.ts";

export interface Trap {
  /** "trap": an instruction that enters the kernel, or a call of a helper that is one. "library": a call of a library's function. */
  readonly kind: "trap" | "library";
  /** The instruction, in the function's file. */
  readonly statement: Instruction;
  /** How the system is called; undefined where programs of the target enter no kernel this way. */
  readonly abi: SyscallAbi | undefined;
  /** The instruction's constant operand; undefined where it has none. */
  readonly operand: number | undefined;
  /** Whether it is the instruction that the target's kernel is entered by. */
  readonly isOwnGate: boolean;
  readonly number: TrapNumber;
  /** Undefined where the number is not known or means nothing. */
  readonly call: Syscall | undefined;
  /** Of "library". */
  readonly library: { readonly name: string; readonly import: Import | undefined } | undefined;
  /** In the order of the prototype; where that is not known, the registers that were loaded. */
  readonly arguments: readonly TrapArgument[];
}

export type TrapNumber =
  | {
      readonly kind: "constant";
      readonly decoded: DecodedNumber;
      /** The expressions it was made of, in the function's file. */
      readonly from: readonly Expr[];
    }
  /** It is an argument of the Go function, plus a constant; in a register where `name` is "". */
  | { readonly kind: "argument"; readonly name: string; readonly added: bigint }
  /** It is what the register held when the function was entered, and that is no argument of a Go function. */
  | { readonly kind: "entry" }
  /** It depends on the way taken, or comes from where it cannot be followed to. */
  | { readonly kind: "varies" | "unknown" }
  /** There is none: a library's function has a name, and a foreign trap has no place for one. */
  | { readonly kind: "none" };

export interface TrapArgument {
  /** Undefined where the prototype is not known. */
  readonly parameter: Parameter | undefined;
  /** The register, or the slot as `8(SP)`; two where the argument is 64 bits on a 32-bit target. */
  readonly places: readonly string[];
  /** What is in each place. */
  readonly values: readonly AsmValue[];
}

/** What to look for: "kernel" leaves out the calls of libraries. */
export type TrapScope = "kernel" | "all";

/** The system calls of a function, in the order of its text; the same array each time. */
export function trapsOf(fn: AsmFunction, system: System, scope: TrapScope): readonly Trap[] {
  const words = scope === "kernel" ? kernelWords : allWords;
  // On nacl a register is called, and the macro that said what for is gone from the code.
  if (!words.test(fn.source) && system.goos !== "nacl") return none;
  return (scope === "kernel" ? kernelTraps : allTraps)(fn, targetOf(system.goos, system.goarch));
}

const kernelTraps = memoByKey((fn: AsmFunction, system: System) => findTraps(fn, system, "kernel"));
const allTraps = memoByKey((fn: AsmFunction, system: System) => findTraps(fn, system, "all"));

const none: readonly never[] = [];

/** Whether a text can have a system call at all: what saves parsing most files. */
export function mentionsTrap(text: string, scope: TrapScope): boolean {
  return (scope === "kernel" ? kernelWords : allWords).test(text);
}

const kernelWords =
  /\b(?:SYSCALL|SYSENTER|SVC|SWI|ECALL|SCALL|NACL_SYS\w*)\b|\bINT[ \t]+\$(?!3\b)|\b(?:sysenter|_vdso)\(SB\)|0x10\(GS\)/;
const allWords = new RegExp(`${kernelWords.source}|libc_|runtime·_[A-Z]`);

function findTraps(fn: AsmFunction, system: System, scope: TrapScope): readonly Trap[] {
  const { steps } = asmFlow(fn, system.goarch);
  const isTrap = steps.map((step) => mayTrap(step, system, scope));
  if (!isTrap.includes(true)) return none;
  const abi = abiOf(system, "trap");
  const traps: Trap[] = [];
  const isInternal = fn.text.symbol?.abi === "ABIInternal";
  const options = {
    trapWrites: abi ? [...abi.resultRegisters, ...abi.clobbers] : [],
    isTrapCall: (target: Operand) => isTrapHelper(system, target),
  };
  propagateConstants(fn, system.goarch, options, isTrap, (at, state) => {
    const { statement, flow } = steps[at]!;
    if (statement.kind !== "instruction") return;
    const find = flow === "trap" ? kernelTrap : calledTrap;
    const trap = find(statement, system, abi, state, isInternal);
    if (trap && (scope === "all" || trap.kind === "trap")) traps.push(trap);
  });
  return traps;
}

function mayTrap({ flow, statement }: Step, system: System, scope: TrapScope): boolean {
  if (flow === "trap") return isKernelGate(statement as Instruction);
  if ((flow !== "call" && flow !== "jump") || statement.kind !== "instruction") return false;
  const target = statement.operands.at(-1);
  if (target && isTrapHelper(system, target)) return true;
  if (scope === "kernel" && system.goos !== "nacl") return false;
  if (target?.kind === "symbol") return libraryName(target.symbol.name) !== undefined;
  // Through a register: nacl's addresses, libraries' functions.
  return target?.kind === "name" || target?.kind === "memory";
}

/** INT $3 stops for a debugger; a kernel takes others. */
function isKernelGate({ name, operands }: Instruction): boolean {
  if (name !== "INT") return true;
  const operand = constantOf(operands[0]);
  return operand !== undefined && [0x2e, 0x40, 0x80, 0x81, 0x82].includes(operand);
}

/**
 * Whether a call of this is a trap on 386: of darwin's runtime·sysenter, and on linux of what the kernel
 * names in its auxiliary vector, which Go kept in runtime·_vdso, and the C library keeps in 0x10(GS).
 */
function isTrapHelper({ goos, goarch }: System, target: Operand): boolean {
  if (goarch !== "386") return false;
  const kernel = kernelOf(goos);
  if (target.kind === "symbol") {
    const { name } = target.symbol;
    if (kernel === "darwin") return /(?:^|·)sysenter$/.test(name);
    return kernel === "linux" && target.prefix === "*" && /(?:^|·)_vdso$/.test(name);
  }
  if (kernel !== "linux" || target.kind !== "memory" || target.base?.name !== "GS" || !target.offset)
    return false;
  return evaluate(target.offset, () => undefined) === 0x10n;
}

/** "open" of `libc_open` and `runtime·libc_open`; undefined for any other symbol. */
function libraryName(symbol: string): string | undefined {
  return /(?:^|·)libc_(\w+)$/.exec(symbol)?.[1];
}

function constantOf(operand: Operand | undefined): number | undefined {
  if (operand?.kind === "immediate") {
    const value = evaluate(operand.value, () => undefined);
    return value === undefined ? undefined : Number(value);
  }
  return undefined;
}

function kernelTrap(
  statement: Instruction,
  system: System,
  abi: SyscallAbi | undefined,
  state: ValueState,
  isInternal: boolean,
): Trap {
  const operand = constantOf(statement.operands[0]);
  const isOwnGate = abi !== undefined && isGateOf(abi, system, statement, operand);
  // In another target's instruction nothing is where this one has it.
  if (!abi || !isOwnGate)
    return trapOf("trap", statement, abi, { operand, isOwnGate, number: { kind: "none" } });
  const number = numberOf(valueOfNumber(statement, system, abi, state), system, operand, isInternal);
  return numbered(statement, system, abi, state, { operand, isOwnGate, number });
}

function isGateOf(
  abi: SyscallAbi,
  { goos, goarch }: System,
  { name, operands }: Instruction,
  operand: number | undefined,
): boolean {
  // riscv64's older name.
  const instruction = name === "SCALL" ? "ECALL" : name;
  // freebsd takes its calls from amd64 programs this way too; Go did until 1.5: e785e3acf8:src/runtime/sys_freebsd_amd64.s.
  if (kernelOf(goos) === "freebsd" && goarch === "amd64" && name === "INT") return operand === 0x80;
  const own = abi.gates.filter((gate: Gate) => gate.instruction === instruction);
  if (own.length === 0) return false;
  if (abi.numberPlace === "operand" || operands.length === 0) return true;
  if (goarch === "arm" && operand !== undefined && operand > 0) {
    // The number of the OABI: Go's freebsd port had it until 2013.
    if (kernelOf(goos) === "freebsd" || (kernelOf(goos) === "linux" && operand >= 0x900000)) return true;
  }
  // These kernels do not look at it.
  if (name === "SVC" && goarch === "arm64") return true;
  return own.some((gate) => gate.operand === undefined || operand === undefined || gate.operand === operand);
}

function valueOfNumber(
  { operands }: Instruction,
  { goos, goarch }: System,
  abi: SyscallAbi,
  state: ValueState,
): AsmValue {
  const [operand] = operands;
  const constant = constantOf(operand) ?? 0;
  const kernel = kernelOf(goos);
  if (kernel === "netbsd" && constant === 0) {
    // Call 0 is syscall(2), for which the number is one more argument: sys/arch/{arm,aarch64}/*/syscall.c of NetBSD.
    if (goarch === "arm64") return state.register("R17");
    if (goarch === "arm") {
      const number = state.register("R0");
      return number.kind === "constant" ? { ...number, value: number.value + 0xa00000n } : number;
    }
  }
  if (kernel === "freebsd" && goarch === "arm" && constant === 0) {
    // The OABI too has its number in the instruction, and 0 for syscall(2), which reads it from the first argument.
    const number = state.register("R7");
    return number.kind === "entry" ? state.register("R0") : number;
  }
  const isInOperand =
    abi.numberPlace === "operand" ||
    // SVC takes 8 bits of number, and 0 for register R1: arch/s390/kernel/syscall.c.
    goarch === "s390x" ||
    // The OABI.
    ((kernel === "linux" || kernel === "freebsd") && goarch === "arm");
  if (isInOperand && (constant !== 0 || operand?.kind === "name")) return operandValue(operand, state);
  return abi.numberRegister === undefined ? { kind: "unknown" } : state.register(abi.numberRegister);
}

function operandValue(operand: Operand | undefined, state: ValueState): AsmValue {
  if (operand?.kind === "name") return state.register(operand.name);
  if (operand?.kind !== "immediate") return { kind: "unknown" };
  const value = evaluate(operand.value, () => undefined);
  return value === undefined ? { kind: "unknown" } : { kind: "constant", value, from: [operand.value] };
}

function numberOf(
  value: AsmValue,
  system: System,
  operand: number | undefined,
  isInternal: boolean,
): TrapNumber {
  switch (value.kind) {
    case "constant":
      return { kind: "constant", decoded: decodeNumber(system, value.value, { operand }), from: value.from };
    case "argument":
      return { kind: "argument", name: value.name, added: value.added };
    case "entry":
    case "register":
      return isInternal ? { kind: "argument", name: "", added: 0n } : { kind: "entry" };
    case "varies":
      return { kind: "varies" };
    default:
      return { kind: "unknown" };
  }
}

/** A call of a library's function, of a helper that traps, or on nacl of the kernel's own code. */
function calledTrap(
  statement: Instruction,
  system: System,
  abi: SyscallAbi | undefined,
  state: ValueState,
  isInternal: boolean,
): Trap | undefined {
  const target = statement.operands.at(-1)!;
  if (abi && isTrapHelper(system, target)) {
    const number = numberOf(state.register(abi.numberRegister ?? ""), system, undefined, isInternal);
    return numbered(statement, system, abi, state, { operand: undefined, isOwnGate: true, number });
  }
  if (target.kind === "symbol") {
    const library = libraryName(target.symbol.name);
    return library === undefined ? undefined : libraryCall(statement, system, library, state);
  }
  const register =
    target.kind === "name"
      ? target.name
      : target.kind === "memory" && !target.offset
        ? target.base?.name
        : undefined;
  const value = register === undefined ? undefined : state.register(register);
  if (value?.kind === "constant" && abi?.numberPlace === "address") {
    const number = numberOf(value, system, undefined, isInternal);
    return numbered(statement, system, abi, state, { operand: undefined, isOwnGate: true, number });
  }
  if (value?.kind !== "symbol") return undefined;
  const library =
    libraryName(value.name) ?? (system.goos === "windows" ? /·_(\w+)$/.exec(value.name)?.[1] : undefined);
  return library === undefined ? undefined : libraryCall(statement, system, library, state);
}

function libraryCall(statement: Instruction, system: System, name: string, state: ValueState): Trap {
  const abi = abiOf(system, "library");
  const call = syscallByName(system, name, { class: "unix" });
  const trap = trapOf("library", statement, abi, {
    operand: undefined,
    isOwnGate: true,
    number: { kind: "none" },
  });
  return {
    ...trap,
    call,
    library: { name, import: importByName(system, name) },
    arguments: argumentsOf(system, abi, call, state),
  };
}

type Entering = Pick<Trap, "operand" | "isOwnGate" | "number">;

function trapOf(
  kind: Trap["kind"],
  statement: Instruction,
  abi: SyscallAbi | undefined,
  entering: Entering,
): Trap {
  return { kind, statement, abi, ...entering, call: undefined, library: undefined, arguments: [] };
}

function numbered(
  statement: Instruction,
  system: System,
  abi: SyscallAbi,
  state: ValueState,
  entering: Entering,
): Trap {
  const { number } = entering;
  const call = number.kind === "constant" ? number.decoded.call : undefined;
  return {
    ...trapOf("trap", statement, abi, entering),
    call,
    arguments: argumentsOf(system, abi, call, state),
  };
}

function argumentsOf(
  system: System,
  abi: SyscallAbi | undefined,
  call: Syscall | undefined,
  state: ValueState,
): readonly TrapArgument[] {
  if (!abi) return [];
  if (call?.prototype) {
    return placeArguments(system, abi, call.prototype.parameters).map(({ parameter, places }) => ({
      parameter,
      places,
      values: places.map((place) => valueAt(place, state)),
    }));
  }
  const loaded: TrapArgument[] = [];
  for (const place of abi.argumentRegisters) {
    const value = state.register(place);
    if (value.kind === "entry") break;
    loaded.push({ parameter: undefined, places: [place], values: [value] });
  }
  return loaded;
}

function valueAt(place: string, state: ValueState): AsmValue {
  const slot = /^(\d+)\(\w+\)$/.exec(place);
  if (slot) return state.slot(Number(slot[1]));
  return place === "stack" ? { kind: "unknown" } : state.register(place);
}
