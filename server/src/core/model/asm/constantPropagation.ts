/**
 * What registers and stack slots hold at each step of an assembly function, followed along its
 * control flow: constants through copies and arithmetic, arguments, addresses. Where two ways
 * meet that differ, nothing is known. It must not know what the values are used for.
 */
import { arches, type GoArch } from "../../facts/arch.ts";
import type { Architecture } from "../../facts/architecture.ts";
import {
  type Arithmetic,
  arithmeticOf,
  isAddressMove,
  isMove,
  isNegation,
  isNotMove,
  isRawCode,
  onlyReads,
  writesAll,
} from "../../facts/dataFlow.ts";
import { isConditional } from "../../facts/controlFlow.ts";
import { isStackPointer, isZeroRegister, registerName } from "../../facts/register.ts";
import type {
  Expr,
  Instruction,
  MemoryOperand,
  Operand,
  RegisterRef,
  SymbolOperand,
} from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import type { AsmFunction } from "./asmCode.ts";
import { type AsmFlow, asmFlow } from "./asmFlow.ts";

/** What a register or a slot holds. Constants are signed 64-bit numbers. */
export type AsmValue =
  /** `from`: the expressions it was made of, in the function's file. */
  | { readonly kind: "constant"; readonly value: bigint; readonly from: readonly Expr[] }
  /** The Go argument at an offset of the frame, and a constant added to it; "" where the code does not name it. */
  | { readonly kind: "argument"; readonly name: string; readonly offset: number; readonly added: bigint }
  /** Where that argument is. */
  | { readonly kind: "argumentAddress"; readonly name: string; readonly offset: number }
  /** What a symbol holds, or with `isAddress` where it is. */
  | { readonly kind: "symbol"; readonly name: string; readonly isAddress: boolean }
  /** Something an operand says, as Go's assembler writes it: memory `8(R0)`, an address `$24(SP)`. */
  | { readonly kind: "operand"; readonly text: string }
  /** Whatever it was when the function was entered. */
  | { readonly kind: "entry" }
  /** What another register was then. */
  | { readonly kind: "register"; readonly name: string }
  /** Left by the instruction, which is a trap, or computed by it. */
  | { readonly kind: "result" | "computed"; readonly by: Instruction }
  /** It depends on the way taken, or nothing is known. */
  | { readonly kind: "varies" | "unknown" };

export interface ValueState {
  /** By the register's name; every name of a register will do. */
  register(name: string): AsmValue;
  /** The stack slot `offset` bytes above the hardware stack pointer, as the code there would write `8(SP)`. */
  slot(offset: number): AsmValue;
}

export interface ValueOptions {
  /** Registers that a trap changes; none of the others. */
  readonly trapWrites: readonly string[];
  /** Whether a call of this does no more than trap. */
  readonly isTrapCall: (target: Operand) => boolean;
}

const unknown: AsmValue = { kind: "unknown" };
const varies: AsmValue = { kind: "varies" };
const entry: AsmValue = { kind: "entry" };
const none: readonly never[] = [];

/** More places than this at once, and nothing is known any more: the work stays linear. */
const mostPlaces = 96;

/** Calls `visit` for every step that is wanted, in the order of the text, with what holds before it. */
export function propagateConstants(
  fn: AsmFunction,
  goarch: GoArch,
  options: ValueOptions,
  isWanted: readonly boolean[],
  visit: (step: number, state: ValueState) => void,
): void {
  const flow = asmFlow(fn, goarch);
  const follower = new Follower(fn, arches[goarch], options);
  const lasts = flow.blocks.map(({ from, to }) => {
    for (let at = to - 1; at >= from; at--) if (isWanted[at]) return at;
    return -1;
  });
  const before = statesBefore(
    flow,
    follower,
    lasts.flatMap((last, i) => (last >= 0 ? [i] : [])),
  );
  flow.blocks.forEach(({ from }, i) => {
    const last = lasts[i]!;
    if (last < 0) return;
    // What cannot be reached from the entry may be entered with anything.
    const state = before[i] ?? Places.lost();
    const values: ValueState = {
      register: (name) => follower.read(state, name),
      slot: (offset) => follower.slot(state, offset),
    };
    for (let at = from; at <= last; at++) {
      if (isWanted[at]) visit(at, values);
      follower.run(flow, at, state);
    }
  });
}

/** What holds where each of the wanted blocks begins; undefined for one that cannot be reached from the entry. */
function statesBefore(
  flow: AsmFlow,
  follower: Follower,
  wanted: readonly number[],
): readonly (Places | undefined)[] {
  const { blocks } = flow;
  const before = blocks.map((): Places | undefined => undefined);
  if (blocks.length === 0) return before;
  const isNeeded = leadingTo(flow, wanted);
  before[0] = Places.atEntry();
  const queue = [0];
  const isQueued = new Uint8Array(blocks.length);
  for (let next = 0; next < queue.length; next++) {
    const i = queue[next]!;
    isQueued[i] = 0;
    const { from, to, successors } = blocks[i]!;
    const needed = successors.filter((successor) => isNeeded[successor]);
    if (needed.length === 0) continue;
    const state = before[i]!.copy();
    for (let at = from; at < to; at++) follower.run(flow, at, state);
    for (const successor of needed) {
      const known = before[successor];
      const joined = known ? known.joined(state) : state.copy();
      if (!joined) continue;
      before[successor] = joined;
      if (isQueued[successor]) continue;
      isQueued[successor] = 1;
      queue.push(successor);
    }
  }
  return before;
}

/** The blocks from which one of these can be reached: no others matter to what holds there. */
function leadingTo({ blocks }: AsmFlow, wanted: readonly number[]): Uint8Array {
  const isNeeded = new Uint8Array(blocks.length);
  const queue = [...wanted];
  for (const i of wanted) isNeeded[i] = 1;
  for (let i = queue.pop(); i !== undefined; i = queue.pop()) {
    for (const predecessor of blocks[i]!.predecessors) {
      if (isNeeded[predecessor]) continue;
      isNeeded[predecessor] = 1;
      queue.push(predecessor);
    }
  }
  return isNeeded;
}

/** What is known of registers, by name, and of stack slots, by "@" and their distance from the stack pointer at the entry. */
class Places {
  readonly known: Map<string, AsmValue>;
  /** What holds of places that are not in `known`. */
  rest: AsmValue;
  /** The stack pointer, less what it was at the entry; undefined where it is not known. */
  stack: number | undefined;

  private constructor(known: Map<string, AsmValue>, rest: AsmValue, stack: number | undefined) {
    this.known = known;
    this.rest = rest;
    this.stack = stack;
  }

  static atEntry(): Places {
    return new Places(new Map(), entry, 0);
  }

  static lost(): Places {
    return new Places(new Map(), unknown, undefined);
  }

  copy(): Places {
    return new Places(new Map(this.known), this.rest, this.stack);
  }

  get(place: string): AsmValue {
    return this.known.get(place) ?? this.rest;
  }

  set(place: string, value: AsmValue): void {
    if (this.known.size >= mostPlaces && !this.known.has(place)) this.forget();
    this.known.set(place, value);
  }

  /** Nothing is known any more, but where the stack pointer is. */
  forget(): void {
    this.known.clear();
    this.rest = unknown;
  }

  forgetStack(): void {
    for (const place of this.known.keys()) if (place.startsWith("@")) this.known.set(place, unknown);
  }

  /** What holds in either case; undefined where that is what holds here already. */
  joined(other: Places): Places | undefined {
    const rest = this.rest === other.rest ? this.rest : unknown;
    const known = new Map<string, AsmValue>();
    let isSame = rest === this.rest;
    for (const place of new Set([...this.known.keys(), ...other.known.keys()])) {
      const own = this.get(place);
      const value = isSameValue(own, other.get(place)) ? own : varies;
      if (value !== own) isSame = false;
      known.set(place, value);
    }
    if (known.size > mostPlaces)
      return this.rest === unknown && this.known.size === 0 ? undefined : Places.lost();
    const stack = this.stack === other.stack ? this.stack : undefined;
    return isSame && stack === this.stack ? undefined : new Places(known, rest, stack);
  }
}

function isSameValue(a: AsmValue, b: AsmValue): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "constant":
      return a.value === (b as typeof a).value;
    case "argument":
      return a.offset === (b as typeof a).offset && a.added === (b as typeof a).added;
    case "argumentAddress":
      return a.offset === (b as typeof a).offset;
    case "register":
      return a.name === (b as typeof a).name;
    case "symbol":
      return a.name === (b as typeof a).name && a.isAddress === (b as typeof a).isAddress;
    case "operand":
      return a.text === (b as typeof a).text;
    case "result":
    case "computed":
      return a.by === (b as typeof a).by;
    default:
      return true;
  }
}

/** Runs steps of one function on what is known. */
class Follower {
  private readonly arch: Architecture;
  private readonly options: ValueOptions;
  /** Where the pseudo-registers are above the hardware stack pointer at the entry, the frame being there: undefined where the frame is unknown. */
  private readonly frameTop: number | undefined;
  private readonly arguments: number | undefined;

  constructor({ text }: AsmFunction, arch: Architecture, options: ValueOptions) {
    this.arch = arch;
    this.options = options;
    const { size } = text.frame ?? {};
    const written = size ? evaluate(size, () => undefined) : 0n;
    const frame = written === undefined ? undefined : Math.max(0, Number(written));
    if (frame === undefined) return;
    const { linkArea } = arch.frame;
    // A leaf without a frame has not saved the link register; an x86 call has pushed the return address.
    this.frameTop = frame + (arch.registers.link !== undefined && frame > 0 ? linkArea : 0);
    this.arguments = this.frameTop + linkArea;
  }

  read(state: Places, name: string): AsmValue {
    const { registers } = this.arch;
    if (isZeroRegister(registers, name)) return { kind: "constant", value: 0n, from: [] };
    return state.get(registerName(registers, name));
  }

  slot(state: Places, offset: number): AsmValue {
    if (state.stack === undefined) return unknown;
    const at = state.stack + offset;
    const known = state.known.get(`@${at}`);
    if (known) return known;
    if (this.arguments !== undefined && at >= this.arguments)
      return { kind: "argument", name: "", offset: at - this.arguments, added: 0n };
    // It may have been written through a pointer.
    return unknown;
  }

  run({ steps }: AsmFlow, at: number, state: Places): void {
    const { statement, flow } = steps[at]!;
    if (statement.kind !== "instruction") {
      // A macro that was not expanded: get_tls(R) and the like.
      if (statement.kind === "macroUse" && statement.args) state.forget();
      return;
    }
    switch (flow) {
      case "next":
        break;
      case "trap":
        return this.trap(state, statement);
      case "call": {
        const target = statement.operands.at(-1);
        if (target && this.options.isTrapCall(target)) return this.trap(state, statement);
        return state.forget();
      }
      default:
        return;
    }
    if (isRawCode(statement.name)) this.rawCode(steps, at, state);
    else this.execute(state, statement);
  }

  /** Bytes are not disassembled but for the loads of a constant that some code writes so. */
  private rawCode(steps: AsmFlow["steps"], at: number, state: Places): void {
    state.forget();
    const { rawLoads } = this.arch.data;
    if (rawLoads.length === 0) return;
    const bytes: number[] = [];
    let last: Expr | undefined;
    for (let i = at; i > at - 7 && i >= 0; i--) {
      const { statement } = steps[i]!;
      const [operand] = statement.operands;
      if (statement.kind !== "instruction" || statement.name !== "BYTE" || operand?.kind !== "immediate")
        break;
      const byte = evaluate(operand.value, () => undefined);
      if (byte === undefined) return;
      last ??= operand.value;
      bytes.unshift(Number(BigInt.asUintN(8, byte)));
    }
    const load = rawLoads.find(
      ({ code }) => bytes.length === code.length + 4 && code.every((byte, i) => byte === bytes[i]),
    );
    if (!load || !last) return;
    const value = bytes.slice(-4).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    state.set(load.register, { kind: "constant", value: BigInt.asIntN(32, value), from: [last] });
  }

  private trap(state: Places, by: Instruction): void {
    for (const register of this.options.trapWrites) state.set(register, { kind: "result", by });
  }

  private execute(state: Places, statement: Instruction): void {
    const { name, suffix, operands } = statement;
    const implicit = this.arch.data.implicitWrites.get(name) ?? none;
    for (const register of implicit) state.set(register, { kind: "computed", by: statement });
    // A string instruction writes memory, most often the arguments on the stack.
    if (implicit.includes("DI")) state.forgetStack();
    if (this.movesStack(state, statement)) return;
    const last = operands.at(-1);
    if (!last) return;
    if (writesAll(name)) {
      for (const operand of operands) this.write(state, operand, { kind: "computed", by: statement });
      return;
    }
    if (onlyReads(name)) return;
    const value = this.result(state, statement);
    const isMaybe =
      isConditional(this.arch.flow, suffix) || name.startsWith("CMOV") || name.startsWith("CSEL");
    this.write(state, last, value, isMaybe);
    this.updateBases(state, statement);
  }

  private write(state: Places, operand: Operand, value: AsmValue, isMaybe = false): void {
    switch (operand.kind) {
      case "name":
        return this.setRegister(state, operand.name, value, isMaybe);
      case "register":
        return this.setRegister(state, operand.register.name, unknown, isMaybe);
      case "registerPair":
        this.setRegister(state, operand.first.name, unknown, isMaybe);
        return this.setRegister(state, operand.second.name, unknown, isMaybe);
      case "registerList":
        for (const { first, last } of operand.items) {
          const names = last ? registersBetween(first.name, last.name) : [first.name];
          if (!names) return state.forget();
          for (const name of names) this.setRegister(state, name, unknown, isMaybe);
        }
        return;
      case "colonPair":
        this.write(state, operand.first, unknown, isMaybe);
        return this.write(state, operand.second, unknown, isMaybe);
      case "memory":
      case "symbol": {
        const place = this.placeOf(state, operand);
        if (place !== undefined) this.set(state, place, value, isMaybe);
        return;
      }
      default:
    }
  }

  private setRegister(state: Places, name: string, value: AsmValue, isMaybe: boolean): void {
    const { registers } = this.arch;
    this.set(state, registerName(registers, name), registers.parts.has(name) ? varies : value, isMaybe);
  }

  private set(state: Places, place: string, value: AsmValue, isMaybe: boolean): void {
    state.set(place, isMaybe && !isSameValue(state.get(place), value) ? varies : value);
  }

  /** The stack slot that an operand is, as a key of Places; undefined for any other memory. */
  private placeOf(state: Places, operand: MemoryOperand | SymbolOperand): string | undefined {
    if (operand.index || operand.prefix !== "") return undefined;
    if (operand.kind === "memory") {
      if (!operand.base || !this.isStack(operand.base) || state.stack === undefined) return undefined;
      const offset = operand.offset ? evaluate(operand.offset, () => undefined) : 0n;
      return offset === undefined ? undefined : `@${state.stack + Number(offset)}`;
    }
    const { symbol } = operand;
    if (symbol.base !== "SP" || this.frameTop === undefined) return undefined;
    const offset = symbol.offset ? evaluate(symbol.offset, () => undefined) : 0n;
    return offset === undefined ? undefined : `@${this.frameTop + Number(offset)}`;
  }

  private isStack({ name }: RegisterRef): boolean {
    return isStackPointer(this.arch.registers, name);
  }

  private isStackName(operand: Operand | undefined): boolean {
    return operand?.kind === "name" && isStackPointer(this.arch.registers, operand.name);
  }

  /** Whether the instruction does nothing but move the stack pointer, or a push or pop. */
  private movesStack(state: Places, statement: Instruction): boolean {
    const { name, operands } = statement;
    const [first] = operands;
    const word = this.arch.wordSize;
    if (/^PUSH[LQ]$/.test(name)) {
      if (state.stack === undefined) return true;
      const value = first ? this.valueOf(state, first) : unknown;
      state.stack -= word;
      state.set(`@${state.stack}`, value);
      return true;
    }
    if (/^POP[LQ]$/.test(name)) {
      const value = this.slot(state, 0);
      if (first) this.write(state, first, value);
      if (state.stack !== undefined) state.stack += word;
      return true;
    }
    if (/^(?:PUSHA|PUSHF|POPA|POPF|ADJSP|ENTER|LEAVE)/.test(name)) {
      state.stack = undefined;
      return true;
    }
    if (!this.isStackName(operands.at(-1)) || onlyReads(name)) return false;
    const distance = this.stackDistance(statement);
    state.stack = state.stack === undefined || distance === undefined ? undefined : state.stack + distance;
    return true;
  }

  /** How far an instruction that writes the stack pointer moves it. */
  private stackDistance({ name, operands, suffix }: Instruction): number | undefined {
    if (isConditional(this.arch.flow, suffix)) return undefined;
    const [first, second] = operands;
    const by = first?.kind === "immediate" ? evaluate(first.value, () => undefined) : undefined;
    const isOwn = operands.length === 2 || (operands.length === 3 && this.isStackName(second));
    const arithmetic = arithmeticOf(name);
    if (by !== undefined && isOwn && arithmetic === "add") return Number(by);
    if (by !== undefined && isOwn && arithmetic === "subtract") return -Number(by);
    if (
      isAddressMove(name) &&
      first?.kind === "memory" &&
      first.base &&
      this.isStack(first.base) &&
      !first.index
    ) {
      const offset = first.offset ? evaluate(first.offset, () => undefined) : 0n;
      return offset === undefined ? undefined : Number(offset);
    }
    return undefined;
  }

  /** `MOVW.W R0, -4(R13)` and `MOVD.P 16(RSP), R0` move their base register. */
  private updateBases(state: Places, { name, suffix, operands }: Instruction): void {
    if (suffix === "" || !this.arch.data.movesBases) return;
    if (!/\.(?:\w*[WP]\w*)/.test(suffix)) return;
    for (const operand of operands) {
      if (operand.kind !== "memory" || !operand.base) continue;
      const offset = operand.offset ? evaluate(operand.offset, () => undefined) : 0n;
      if (!this.isStack(operand.base)) {
        this.setRegister(state, operand.base.name, unknown, false);
      } else if (name === "MOVM" || offset === undefined || state.stack === undefined) {
        state.stack = undefined;
      } else {
        state.stack += Number(offset);
        if (operand === operands.at(-1) && suffix.includes("W")) {
          // What was stored lies where the stack pointer is now.
          state.set(`@${state.stack}`, this.valueOf(state, operands[0]!));
        }
      }
    }
  }

  /** What an instruction leaves in its last operand. */
  private result(state: Places, statement: Instruction): AsmValue {
    const { name, operands } = statement;
    const [first, second] = operands;
    const computed: AsmValue = { kind: "computed", by: statement };
    if (!first) return computed;
    if (operands.length === 2 && second) {
      if (isMove(name)) return this.valueOf(state, first);
      if (isAddressMove(name)) return this.addressOf(state, first);
      if (isNotMove(name)) return this.mapConstant(this.valueOf(state, first), (value) => ~value) ?? computed;
    }
    if (isNegation(name)) return this.mapConstant(this.valueOf(state, first), (value) => -value) ?? computed;
    if (operands.length === 1 && /^(?:INC|DEC)[BWLQ]$/.test(name)) {
      const step = name.startsWith("INC") ? 1n : -1n;
      return this.mapConstant(this.valueOf(state, first), (value) => value + step) ?? computed;
    }
    const arithmetic = arithmeticOf(name);
    if (arithmetic === undefined || operands.length < 2 || operands.length > 3 || !second) return computed;
    return this.calculate(state, arithmetic, first, second) ?? computed;
  }

  private calculate(
    state: Places,
    arithmetic: Arithmetic,
    first: Operand,
    second: Operand,
  ): AsmValue | undefined {
    const isSelf = first.kind === "name" && second.kind === "name" && first.name === second.name;
    if (isSelf && (arithmetic === "xor" || arithmetic === "subtract"))
      return { kind: "constant", value: 0n, from: [] };
    const [a, b] = [this.valueOf(state, first), this.valueOf(state, second)];
    if (a.kind !== "constant") return undefined;
    if (b.kind === "constant") {
      const value = BigInt.asIntN(64, calculated(arithmetic, a.value, b.value));
      return { kind: "constant", value, from: [...b.from, ...a.from].slice(0, 8) };
    }
    // An argument is no negative number as long as it is to be a system call's.
    if (b.kind === "argument" && (arithmetic === "add" || arithmetic === "or"))
      return { ...b, added: b.added + a.value };
    // ADD $24, R13, R0 is the address 24(R13).
    const isSum = arithmetic === "add" && this.isStackName(second);
    return isSum ? { kind: "operand", text: `$${a.value}(${this.arch.registers.stack})` } : undefined;
  }

  private mapConstant(value: AsmValue, map: (value: bigint) => bigint): AsmValue | undefined {
    return value.kind === "constant" ? { ...value, value: BigInt.asIntN(64, map(value.value)) } : undefined;
  }

  private valueOf(state: Places, operand: Operand): AsmValue {
    switch (operand.kind) {
      case "immediate": {
        const value = evaluate(operand.value, () => undefined);
        return value === undefined ? unknown : { kind: "constant", value, from: [operand.value] };
      }
      case "name":
        return operand.prefix === "" ? this.ofRegister(state, operand.name) : unknown;
      case "memory":
      case "symbol":
        return operand.prefix === "$"
          ? this.addressOf(state, { ...operand, prefix: "" })
          : this.load(state, operand);
      default:
        return unknown;
    }
  }

  private ofRegister(state: Places, name: string): AsmValue {
    if (this.arch.registers.parts.has(name)) return unknown;
    const value = this.read(state, name);
    // A copy of what a register held at the entry says which one.
    return value.kind === "entry" ? { kind: "register", name } : value;
  }

  private load(state: Places, operand: MemoryOperand | SymbolOperand): AsmValue {
    if (operand.prefix !== "" || operand.index) return unknown;
    if (operand.kind === "symbol") {
      const { name, base, offset: written } = operand.symbol;
      const offset = written ? evaluate(written, () => undefined) : 0n;
      if (offset === undefined) return unknown;
      if (base === "FP") return { kind: "argument", name, offset: Number(offset), added: 0n };
      if (base === "SB") return offset === 0n ? { kind: "symbol", name, isAddress: false } : unknown;
    }
    if (operand.kind === "memory" && operand.base?.name === "FP") {
      // Before Go 1.5 arguments needed no name.
      const offset = operand.offset ? evaluate(operand.offset, () => undefined) : 0n;
      return offset === undefined
        ? unknown
        : { kind: "argument", name: "", offset: Number(offset), added: 0n };
    }
    const place = this.placeOf(state, operand);
    if (place !== undefined) {
      const known = state.known.get(place);
      if (known) return known;
      // Above the frame are the arguments, where the caller has put them.
      const offset = Number(place.slice(1)) - (this.arguments ?? Infinity);
      const name = operand.kind === "symbol" ? operand.symbol.name : "";
      if (offset >= 0) return { kind: "argument", name, offset, added: 0n };
    }
    return { kind: "operand", text: textOf(operand) };
  }

  private addressOf(state: Places, operand: Operand): AsmValue {
    if (operand.kind === "symbol" && !operand.index) {
      const { name, base, offset: written } = operand.symbol;
      const offset = written ? evaluate(written, () => undefined) : 0n;
      if (offset === undefined) return unknown;
      if (base === "FP") return { kind: "argumentAddress", name, offset: Number(offset) };
      if (base === "SB") return { kind: "symbol", name, isAddress: true };
    }
    if (operand.kind !== "memory" && operand.kind !== "symbol") return unknown;
    return { kind: "operand", text: `$${textOf(operand)}` };
  }
}

/** Of `[R1-R4]`; undefined where the ends are no registers by number. */
function registersBetween(first: string, last: string): readonly string[] | undefined {
  const [from, to] = [/^R(\d{1,2})$/.exec(first)?.[1], /^R(\d{1,2})$/.exec(last)?.[1]];
  if (from === undefined || to === undefined) return undefined;
  return Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, i) => `R${Number(from) + i}`);
}

function calculated(arithmetic: Arithmetic, a: bigint, b: bigint): bigint {
  switch (arithmetic) {
    case "add":
      return b + a;
    case "subtract":
      return b - a;
    case "reverse":
      return a - b;
    case "and":
      return b & a;
    case "or":
      return b | a;
    case "xor":
      return b ^ a;
    case "andNot":
      return b & ~a;
    case "shiftLeft":
      return b << (a & 63n);
  }
}

function textOf(operand: MemoryOperand | SymbolOperand): string {
  if (operand.kind === "symbol") {
    const { name, offset: written, base } = operand.symbol;
    const offset = written ? evaluate(written, () => undefined) : 0n;
    const sign = offset !== undefined && offset >= 0n ? "+" : "";
    return `${name}${sign}${offset ?? ""}(${base ?? ""})`;
  }
  const offset = operand.offset ? evaluate(operand.offset, () => undefined) : undefined;
  return `${offset ?? ""}${operand.base ? `(${operand.base.name})` : ""}`;
}
