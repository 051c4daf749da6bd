/**
 * What a TEXT of the workspace asks of the system, in the order of its lines: traps with
 * their numbers, and calls of other symbols. Arguments are read off without following
 * jumps: the runtime's short functions load them in the order of their lines. It must
 * not know what the calls are about.
 */
import { LatestCache } from "../base/memo.ts";
import type { AsmFunction } from "../model/asm/asmCode.ts";
import type { AsmValue } from "../model/asm/constantPropagation.ts";
import { type Trap, trapsOf } from "../model/asm/traps.ts";
import { abiOf, type SyscallAbi } from "../oslayer/abi.ts";
import type { DecodedNumber } from "../oslayer/decodeNumber.ts";
import type { System } from "../oslayer/system.ts";
import type { Instruction, Operand, SymbolRef } from "../syntax/asm/ast.ts";
import { evaluate } from "../syntax/asm/evaluate.ts";
import { codesOf, type FileCodes, includesSame } from "../workspace/codesOf.ts";
import { linkName } from "../linking/symbolName.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { AsmSource } from "../workspace/sourceFile.ts";
import { linksOf } from "../linking/linkIndex.ts";
import type { Location } from "../workspace/location.ts";

export type AssemblyCall = (
  | {
      readonly kind: "trap";
      /** Undefined where it is no constant. */
      readonly number: DecodedNumber | undefined;
      /** Bits that are set in the first argument on the way, `ORQ $0x80000, DI`. */
      readonly added: bigint;
      /** What is in the argument registers, up to the last that is set; undefined where none is. */
      readonly args: readonly AssemblyArgument[] | undefined;
      /** Whether every argument register is set: if the system takes more, it is from the stack. */
      readonly fillsRegisters: boolean;
    }
  /** Another symbol is called or jumped to, by the linker's name. */
  | { readonly kind: "symbol"; readonly symbol: string }
  /** What a register or memory holds is called. */
  | { readonly kind: "pointer" }
) & { readonly place: Location };

/** What was loaded last into an argument register: an argument of the TEXT by name, a number, or something else as written. */
export type AssemblyArgument =
  /** `offset` is that from FP, where it has one. */
  | { readonly kind: "argument"; readonly name: string; readonly offset: bigint | undefined }
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "other"; readonly text: string };

/**
 * The calls of a TEXT, by the linker's name, on the target with this index; undefined where there is none.
 * With `hasStackArguments`, `8(SP)` is an argument of that name, as in Go's first years.
 */
export function assemblyCalls(
  snapshot: Snapshot,
  directory: string,
  symbol: string,
  target: number,
  options: { readonly hasStackArguments?: boolean } = {},
): readonly AssemblyCall[] | undefined {
  const table = linksOf(snapshot).table(directory);
  const files = snapshot.directories.get(directory)?.files;
  const text = table?.textsByName.get(symbol)?.find(({ targets }) => targets.has(target));
  const file = text && files?.get(text.file);
  if (!table || file?.kind !== "asm") return undefined;
  // A preview asks for the same few functions for every target, and a file's code is soon forgotten.
  const system = snapshot.world.targets[target]!;
  const key = `${system.name} ${symbol} ${options.hasStackArguments}`;
  const known = answers.get(
    file,
    ({ included }) => includesSame(snapshot, directory, included),
    () => ({ included: codesOf(snapshot, directory, file).included, calls: new Map() }),
  );
  if (known.calls.has(key)) return known.calls.get(key);
  const code = codesOf(snapshot, directory, file).codes.find(({ targets }) => targets.has(target));
  const found = code?.functions.find(({ name }) => linkName(table.path, name) === symbol);
  const calls =
    code &&
    found &&
    callsIn(found, code.file.text, table.path, system, options.hasStackArguments ?? false).map(
      ({ call, at }): AssemblyCall => ({
        ...call,
        place: { directory, file: file.name, span: code.written(at).span },
      }),
    );
  known.calls.set(key, calls);
  return calls;
}

interface Answers {
  /** What the file's `#include` lines meant. */
  readonly included: FileCodes["included"];
  readonly calls: Map<string, readonly AssemblyCall[] | undefined>;
}

const answers = new LatestCache<AsmSource, Answers>();

type Call = AssemblyCall extends infer T ? (T extends unknown ? Omit<T, "place"> : never) : never;

function callsIn(
  fn: AsmFunction,
  text: string,
  path: string,
  system: System,
  hasStackArguments: boolean,
): { readonly call: Call; readonly at: Instruction }[] {
  const calls: { call: Call; at: Instruction }[] = [];
  const traps = new Map(trapsOf(fn, system, "kernel").map((trap) => [trap.statement, trap]));
  const abi = abiOf(system, "trap");
  const [firstArgument] = abi?.argumentRegisters ?? [];
  let added = 0n;
  const loaded = new Map<string, AssemblyArgument>();
  for (const statement of fn.statements) {
    if (statement.kind !== "instruction") continue;
    const { name, operands } = statement;
    const [first] = operands;
    const last = operands.at(-1);
    const trap = traps.get(statement);
    if (trap) {
      const number = trap.number.kind === "constant" ? trap.number.decoded : undefined;
      const args = loadedArguments(loaded, trap, abi);
      const fillsRegisters = args !== undefined && args.length === abi?.argumentRegisters.length;
      calls.push({ call: { kind: "trap", number, added, args, fillsRegisters }, at: statement });
      added = 0n;
      loaded.clear();
    } else if (isBranch(name)) {
      const symbol = last?.kind === "symbol" && last.symbol.base === "SB" ? last.symbol.name : undefined;
      if (symbol !== undefined)
        calls.push({ call: { kind: "symbol", symbol: linkName(path, symbol) }, at: statement });
      else if (/^(?:CALL|BL|JAL)/.test(name) && last && isPointer(last))
        calls.push({ call: { kind: "pointer" }, at: statement });
    } else if (first && last && first !== last) {
      load(loaded, name, first, last, { text, hasStackArguments });
      if (name.startsWith("OR") && registerName(last) === firstArgument) added |= immediate(first) ?? 0n;
    }
  }
  return calls;
}

/** Notes what an instruction leaves in a register. */
function load(
  loaded: Map<string, AssemblyArgument>,
  name: string,
  from: Operand,
  to: Operand,
  { text, hasStackArguments }: { readonly text: string; readonly hasStackArguments: boolean },
): void {
  const register = registerName(to) ?? stackSlot(to);
  if (register === undefined) return;
  const known = loaded.get(register);
  // A flag or an offset that is added leaves what an argument is about.
  if (known && /^(?:OR|ADD|SUB)/.test(name) && immediate(from) !== undefined) return;
  const slot = hasStackArguments ? stackSlot(from) : undefined;
  const written = text.slice(from.start, from.end);
  const other = (written: string): AssemblyArgument =>
    slot === undefined
      ? { kind: "other", text: written }
      : { kind: "argument", name: slot, offset: undefined };
  if (name.startsWith("MOV")) loaded.set(register, loadedFrom(loaded, from) ?? other(written));
  else loaded.set(register, other(name.startsWith("LEA") ? `$${written}` : "?"));
}

function loadedFrom(
  loaded: ReadonlyMap<string, AssemblyArgument>,
  from: Operand,
): AssemblyArgument | undefined {
  // An argument without a name: 8(FP).
  if (from.kind === "memory" && from.base?.name === "FP" && !from.index && from.prefix === "")
    return { kind: "argument", name: "", offset: from.offset ? evaluate(from.offset, () => undefined) : 0n };
  // Until Go 1.4 arguments were named by their place on the stack as well: mm+16(SP).
  if (
    from.kind === "symbol" &&
    (from.symbol.base === "FP" || from.symbol.base === "SP") &&
    from.prefix === ""
  )
    return { kind: "argument", name: from.symbol.name, offset: frameOffset(from.symbol) };
  const value = immediate(from);
  if (value !== undefined) return { kind: "number", value };
  const register = registerName(from);
  return register === undefined ? undefined : loaded.get(register);
}

function frameOffset({ base, offset }: SymbolRef): bigint | undefined {
  return base === "FP" && offset ? evaluate(offset, () => undefined) : undefined;
}

/** `4(SP)`, where systems that take arguments on the stack find one. */
function stackSlot(operand: Operand): string | undefined {
  if (operand.kind !== "memory" || operand.prefix !== "" || operand.base?.name !== "SP" || operand.index)
    return undefined;
  const offset = operand.offset ? evaluate(operand.offset, () => undefined) : 0n;
  return offset === undefined ? undefined : `${offset}(SP)`;
}

/** More arguments than this no call has. */
const mostArguments = 10;

/** The argument registers, or slots on the stack, up to the last that is set; undefined where none is. */
function loadedArguments(
  loaded: ReadonlyMap<string, AssemblyArgument>,
  trap: Trap,
  abi: SyscallAbi | undefined,
): readonly AssemblyArgument[] | undefined {
  const { argumentRegisters: registers = [], stack } = abi ?? {};
  const slots = Array.from({ length: mostArguments }, (_, i) => `${(stack?.offset ?? 0) + 4 * i}(SP)`);
  const places = registers.length === 0 && stack?.register === "SP" ? slots : registers;
  // What reaches the instruction on every way counts; else what the lines above it say.
  const reaching = new Map(
    trap.arguments.flatMap(({ places, values }) => places.map((place, i) => [place, values[i]] as const)),
  );
  const found = places.map((place) => {
    const argument = registers.length > 0 ? reachingArgument(reaching.get(place)) : undefined;
    return argument ?? loaded.get(place);
  });
  const count = found.findLastIndex((argument) => argument !== undefined) + 1;
  if (count === 0) return undefined;
  return found.slice(0, count).map((argument) => argument ?? { kind: "other", text: "?" });
}

function reachingArgument(value: AsmValue | undefined): AssemblyArgument | undefined {
  if (value?.kind === "constant") return { kind: "number", value: value.value };
  if (value?.kind === "argument" && value.added === 0n)
    return { kind: "argument", name: value.name, offset: BigInt(value.offset) };
  return undefined;
}

function isBranch(name: string): boolean {
  return /^(?:CALL|BLX?|JALR?|JMP|BR?)$/.test(name);
}

function immediate(operand: Operand): bigint | undefined {
  return operand.kind === "immediate" ? evaluate(operand.value, () => undefined) : undefined;
}

function registerName(operand: Operand): string | undefined {
  if (operand.kind === "name" && operand.prefix === "") return operand.name;
  return operand.kind === "register" ? operand.register.name : undefined;
}

/** A register, or a place in memory that is no symbol. A name alone may be a label; those are written in lower case. */
function isPointer(operand: Operand): boolean {
  if (operand.kind === "memory") return true;
  const name = registerName(operand);
  return name !== undefined && /^[A-Z]/.test(name);
}
