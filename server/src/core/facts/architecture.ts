/**
 * All that is known of an architecture, as one type: each has a file in arch/ that fills it in, and `arches` of
 * arch.ts lists those. Nothing has a default, so that whoever adds an architecture is asked for everything; what
 * holds for a family stands in a file of the family, and is spread into its members. Here must be no architecture's
 * name, and nothing of operating systems: which registers a kernel looks at is known in oslayer.
 */
import type { ControlFlow, FlowTable } from "./controlFlow.ts";

export interface Architecture {
  /** Bytes of int, uint, uintptr and a pointer: `gcArchSizes` in go/types/sizes.go. */
  readonly wordSize: 4 | 8;
  /** The largest alignment of any type, in bytes. */
  readonly maxAlign: 4 | 8;
  readonly bigEndian: boolean;

  /** What assembly code calls the hardware stack pointer, as vet and cmd/asm/internal/arch agree. */
  readonly stackRegister: string;
  /** Where a call leaves the return address; undefined where the call instruction pushes it. */
  readonly linkRegister: string | undefined;
  /** Reads as zero whatever is written to it. */
  readonly zeroRegister: string | undefined;
  /** Other names of whole registers, each with the name under which the register is kept. */
  readonly registerAliases: ReadonlyMap<string, string>;
  /** Names that mean less than a whole register, each with the whole. */
  readonly registerParts: ReadonlyMap<string, string>;
  /** Bytes at the stack pointer, when a function is entered, below its arguments: the address that the call pushed, or room to save the link register. */
  readonly callArea: number;

  /** Every instruction, without its suffixes, that does anything but go on to the next. */
  readonly flow: FlowTable;
  /** Code has blocks and loops in place of jumps to any place. */
  readonly isStructured: boolean;
  /** Suffixes under which any instruction runs only sometimes. */
  readonly conditions: ReadonlySet<string>;
  /** The register that jumps when an instruction writes it. */
  readonly programCounter: string | undefined;
  /** A call with two operands has the register for the return address first. */
  readonly callNamesLink: boolean;
  /** The jumps that the carry flag decides, and those of `conditions` that it does. */
  readonly carryJumps: ReadonlySet<string>;
  readonly carryConditions: ReadonlySet<string>;

  /** Registers that instructions write without naming them. */
  readonly implicitWrites: ReadonlyMap<string, readonly string[]>;
  /** Suffixes .W and .P move the register that an operand's address is made of. */
  readonly hasWriteBack: boolean;
  /** The instructions that are recognised where code is written as BYTE. */
  readonly rawMoves: readonly RawMove[];
}

/** An instruction of these bytes and 4 more sets the register to what the 4 say, low bytes first. */
export interface RawMove {
  readonly opcode: readonly number[];
  readonly register: string;
}

/** What comes after an instruction, by its name without suffixes. Operands can say more: a jump's target may be the link register. */
export function controlFlow({ flow }: Architecture, name: string): ControlFlow {
  return flow.get(name) ?? "next";
}

/** Whether an instruction with this suffix (".EQ", ".P.NE", "" for none) runs only under a condition. */
export function isConditional({ conditions }: Architecture, suffix: string): boolean {
  return suffix !== "" && conditions.size > 0 && suffix.split(".").some((part) => conditions.has(part));
}

/** The name under which a register is kept where it has several; a part of a register gives the whole. */
export function registerName({ registerAliases, registerParts }: Architecture, name: string): string {
  return registerAliases.get(name) ?? registerParts.get(name) ?? name;
}

/** Whether a call leaves its return address in this register, so that a jump there returns. */
export function isLinkRegister({ linkRegister, registerAliases }: Architecture, name: string): boolean {
  return linkRegister !== undefined && (registerAliases.get(name) ?? name) === linkRegister;
}

export function isZeroRegister({ zeroRegister, registerAliases }: Architecture, name: string): boolean {
  return zeroRegister !== undefined && (registerAliases.get(name) ?? name) === zeroRegister;
}

/** Whether a name is the hardware stack pointer's; "SP" is understood everywhere. */
export function isStackRegister({ stackRegister, registerAliases }: Architecture, name: string): boolean {
  return name === "SP" || (registerAliases.get(name) ?? name) === stackRegister;
}
