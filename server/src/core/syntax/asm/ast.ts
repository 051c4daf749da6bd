/**
 * The syntax tree of one assembly file, as plain data. Offsets are UTF-16 code
 * units of `AsmFile.text`.
 *
 * The tree is a value of one text: it knows no target, so no register, mnemonic
 * or jump label by name, and evaluates no `#ifdef`. A name alone in an operand is
 * a `NameOperand`, whatever it turns out to mean. In a tree of a source as
 * written, a macro's name can stand wherever a name or a number can, and what the
 * macro hides can change how its neighbours read: `f(SP)` is the symbol f, unless
 * f is a macro for a number. Names the same file defines are known to be macros;
 * for those of included files, parse what `expandAsm` yields, where none is left.
 */
import type { Span } from "../../base/span.ts";
import type { AsmTokens, SyntaxError } from "./lexer.ts";

/** A parsed file. Parsing never fails: what cannot be read is in `errors`. */
export interface AsmFile {
  readonly text: string;
  readonly tokens: AsmTokens;
  /** In the order of the text. */
  readonly statements: readonly Statement[];
  /** The tree of `#ifdef` branches; `StatementBase.branch` is an index into it. */
  readonly branches: readonly Branch[];
  readonly errors: readonly SyntaxError[];
}

/**
 * A side of an `#ifdef` or `#ifndef`. It is active where its condition holds and
 * its parent is active; -1 is the file itself, which always is.
 */
export interface Branch {
  readonly parent: number;
  /** The macro asked for. */
  readonly macro: string;
  /** Whether the macro has to be defined, or has to be undefined. */
  readonly defined: boolean;
  /** Index of the `#ifdef`, `#ifndef` or `#else` statement that opens the branch. */
  readonly statement: number;
}

export interface StatementBase extends Span {
  /**
   * Index in `AsmFile.statements` of the TEXT this statement belongs to: the last
   * one before it, itself for a TEXT, -1 before the first.
   */
  readonly text: number;
  /** Index in `AsmFile.branches` of the innermost branch around the statement, -1 for none. */
  readonly branch: number;
}

export type Statement =
  | TextDirective
  | GloblDirective
  | DataDirective
  | PseudoDirective
  | Label
  | Instruction
  | MacroUse
  | PreprocessorStatement
  | BadStatement;

export type PreprocessorStatement =
  | IncludeDirective
  | DefineDirective
  | UndefDirective
  | ConditionDirective
  | ElseDirective
  | EndifDirective
  | LineDirective
  | BadDirective;

/** `TEXT runtime·exit(SB), NOSPLIT, $8-16` */
export interface TextDirective extends StatementBase {
  readonly kind: "text";
  /** Undefined where the first operand is no `name(SB)`. */
  readonly symbol: SymbolRef | undefined;
  /** Undefined where the operand is absent. */
  readonly flags: FlagsOperand | undefined;
  readonly frame: FrameOperand | undefined;
}

/** The flags of TEXT and GLOBL: a number, or names of textflag.h joined by `|`. A `$` before them is allowed. */
export interface FlagsOperand extends Span {
  readonly value: Expr;
}

/**
 * The last operand of TEXT: `$frame-args`. It is no subtraction: both parts are
 * numbers of their own, in a source as written possibly through a macro.
 */
export interface FrameOperand extends Span {
  /** Bytes of the local frame, the sign included; undefined where the whole operand is a macro or unreadable. */
  readonly size: Expr | undefined;
  /** Bytes of arguments and results; undefined where absent. */
  readonly args: Expr | undefined;
}

/** `GLOBL table<>(SB), RODATA, $64` */
export interface GloblDirective extends StatementBase {
  readonly kind: "globl";
  readonly symbol: SymbolRef | undefined;
  readonly flags: FlagsOperand | undefined;
  /** The `$size` operand. */
  readonly size: Operand | undefined;
}

/** `DATA table<>+8(SB)/8, $1` */
export interface DataDirective extends StatementBase {
  readonly kind: "data";
  readonly symbol: SymbolRef | undefined;
  /** Bytes to write: the number behind the slash. */
  readonly width: Expr | undefined;
  readonly value: Operand | undefined;
}

/** `PCDATA`, `FUNCDATA` and `PCALIGN`, whose operands are ordinary ones. */
export interface PseudoDirective extends StatementBase {
  readonly kind: "funcdata" | "pcdata" | "pcalign";
  readonly operands: readonly Operand[];
}

/** `loop:`. What follows on the line is the next statement. */
export interface Label extends StatementBase {
  readonly kind: "label";
  readonly name: string;
  /** Offset of the end of the name; the statement itself ends behind the colon. */
  readonly nameEnd: number;
}

/**
 * A mnemonic and its operands. Prefixes such as LOCK and REP are instructions of
 * their own. A name with nothing behind it may also be a macro of an included file.
 */
export interface Instruction extends StatementBase {
  readonly kind: "instruction";
  /** Without suffixes: `MOVW` of `MOVW.P.EQ`. */
  readonly name: string;
  /** Offset of the end of the name; it starts where the statement does. */
  readonly nameEnd: number;
  /** The suffixes with their dots, without spaces: `.P.EQ`; "" for none. */
  readonly suffix: string;
  readonly operands: readonly Operand[];
}

/**
 * A macro in the place of an instruction: a name that this file defines, one
 * directly followed by parentheses that end the statement, or a lone name with an
 * underscore, which no mnemonic has (`NO_LOCAL_POINTERS`).
 */
export interface MacroUse extends StatementBase {
  readonly kind: "macroUse";
  readonly name: string;
  readonly nameEnd: number;
  /** The arguments between the parentheses; undefined without parentheses. */
  readonly args: readonly Span[] | undefined;
  /** What stands behind the name and the arguments, read as operands. */
  readonly operands: readonly Operand[];
}

/** A statement that does not start with a name. */
export interface BadStatement extends StatementBase {
  readonly kind: "bad";
}

/** `#include "textflag.h"` */
export interface IncludeDirective extends StatementBase {
  readonly kind: "include";
  /** The path, unquoted. */
  readonly path: string;
  /** Of the path with its quotes. */
  readonly pathSpan: Span;
}

/** `#define NAME(a, b) body` */
export interface DefineDirective extends StatementBase {
  readonly kind: "define";
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined without parentheses directly behind the name. */
  readonly params: readonly MacroParam[] | undefined;
  /** The body as tokens of the file, from the first to behind the last; trivia and `\` newline included. */
  readonly body: TokenRange;
}

export interface MacroParam extends Span {
  readonly name: string;
}

/** Tokens `from` up to, not including, `to` of the file. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

export interface UndefDirective extends StatementBase {
  readonly kind: "undef";
  readonly name: string;
  readonly nameSpan: Span;
}

/** `#ifdef NAME` or `#ifndef NAME` */
export interface ConditionDirective extends StatementBase {
  readonly kind: "ifdef" | "ifndef";
  readonly name: string;
  readonly nameSpan: Span;
}

export interface ElseDirective extends StatementBase {
  readonly kind: "else";
}

export interface EndifDirective extends StatementBase {
  readonly kind: "endif";
}

/** `#line 337 "file"` */
export interface LineDirective extends StatementBase {
  readonly kind: "line";
}

/** A line that starts with `#` and cannot be read. */
export interface BadDirective extends StatementBase {
  readonly kind: "badDirective";
}

export type Operand =
  | NameOperand
  | RegisterOperand
  | RegisterListOperand
  | RegisterSelectOperand
  | RegisterPairOperand
  | ColonPairOperand
  | ImmediateOperand
  | MemoryOperand
  | SymbolOperand
  | MacroCallOperand
  | BadOperand;

/**
 * What `$` or `*` before an operand asks for: `$` the address, `*` one more
 * indirection, which only x86 jumps take.
 */
export type Prefix = "" | "$" | "*";

/** A name alone: a register, a jump label, a system register, a condition or barrier option, or a macro. */
export interface NameOperand extends Span {
  readonly kind: "name";
  /** `*AX` has a prefix; `$name` is an `ImmediateOperand`. */
  readonly prefix: "" | "*";
  readonly name: string;
}

/** A register that its form gives away: `V0.B16`, `V1.S[2]`, `R1<<2`, `R2->R3`, `R3.UXTW<<1`, `SPR(8)`. */
export interface RegisterOperand extends Span {
  readonly kind: "register";
  readonly register: RegisterRef;
}

/** `[R0-R3,R5]`, `[V0.B16, V1.B16]` */
export interface RegisterListOperand extends Span {
  readonly kind: "registerList";
  readonly items: readonly RegisterRange[];
}

export interface RegisterRange extends Span {
  readonly first: RegisterRef;
  /** Undefined for a single register. */
  readonly last: RegisterRef | undefined;
}

/** `[R1, $2](P0.B)`: an element of an arm64 SVE predicate. */
export interface RegisterSelectOperand extends Span {
  readonly kind: "registerSelect";
  readonly register: RegisterRef;
  readonly index: Expr;
  readonly predicate: RegisterRef;
}

/** `(R1, R2)` on arm and arm64. */
export interface RegisterPairOperand extends Span {
  readonly kind: "registerPair";
  readonly first: RegisterRef;
  readonly second: RegisterRef;
}

/** `AX:DX`, x86's old way to write `DX, AX`. In source order. */
export interface ColonPairOperand extends Span {
  readonly kind: "colonPair";
  readonly first: Operand;
  readonly second: Operand;
}

/** `$1`, `$(2*8)`, `$-1.5`, `$"text"`, `$NAME`; `$(R1)`, which nobody writes, reads like `$(NAME)`. */
export interface ImmediateOperand extends Span {
  readonly kind: "immediate";
  readonly value: Expr;
}

/**
 * `off(base)(index*scale)` with any part missing. A base of PC makes it a branch
 * relative to the program counter, counted in instructions: `2(PC)`. A base of SP
 * is the hardware register, since the pseudo-register needs a name before it. A
 * lone offset is an address, or an old-style number (`BC 4, …`, `BC 4, CR0+2, …` on ppc64).
 */
export interface MemoryOperand extends Span {
  readonly kind: "memory";
  readonly prefix: Prefix;
  readonly offset: Expr | undefined;
  /** May have a suffix or a shift (arm64 SVE: `(Z1.D.UXTW<<2)(R3)` is base Z1, index R3). */
  readonly base: RegisterRef | undefined;
  readonly index: RegisterRef | undefined;
  /** The number behind `*`; undefined where there is none. */
  readonly scale: Expr | undefined;
}

/** `sym<>+8(SB)`, `$sym(SB)`, `arg+0(FP)`, `local-8(SP)`; an index may follow: `table<>(SB)(AX*8)`. */
export interface SymbolOperand extends Span {
  readonly kind: "symbol";
  readonly prefix: Prefix;
  readonly symbol: SymbolRef;
  readonly index: RegisterRef | undefined;
  readonly scale: Expr | undefined;
}

/** A macro with arguments in place of an operand, in a source as written. */
export interface MacroCallOperand extends Span {
  readonly kind: "macroCall";
  readonly call: CallExpr;
}

/** An operand that could not be read. There is an error for it unless a macro of the file explains it. */
export interface BadOperand extends Span {
  readonly kind: "bad";
}

/** The span of the whole reference, from the name to behind the base. */
export interface SymbolRef extends Span {
  /** As written, with `·` and `∕`: `runtime∕internal∕atomic·Load`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Whether `<>` makes it a symbol of this file only. */
  readonly isStatic: boolean;
  /** `ABIInternal` of `<ABIInternal>`; undefined where no ABI is named. */
  readonly abi: string | undefined;
  /** With its sign: `+8` and `-8` are unary. Undefined where there is none. */
  readonly offset: Expr | undefined;
  /** Undefined only in an operand with an error. */
  readonly base: PseudoRegister | undefined;
}

export type PseudoRegister = "SB" | "FP" | "SP" | "PC";

/** A name in the place of a register, with what only registers carry. In a source as written it may be a macro. */
export interface RegisterRef extends Span {
  readonly name: string;
  /** 8 of `SPR(8)`. */
  readonly number: Expr | undefined;
  /** What follows dots, joined by dots: `B16`, `UXTW`, `D.SXTW`; "" for none. */
  readonly suffix: string;
  /** 1 of `V0.S[1]`. */
  readonly element: Expr | undefined;
  readonly shift: RegisterShift | undefined;
}

export interface RegisterShift {
  readonly op: ShiftOp;
  /** A count, or on arm a register, which reads as a name here (`R1<<R2`). */
  readonly by: Expr;
}

export type ShiftOp = "<<" | ">>" | "->" | "@>";

export type Expr =
  IntExpr | FloatExpr | StringExpr | NameExpr | CallExpr | UnaryExpr | BinaryExpr | ParenExpr | BadExpr;

/** An integer or a character literal. */
export interface IntExpr extends Span {
  readonly kind: "int";
  /** A bigint where a number is not exact; undefined where the literal is malformed or above 64 bits. */
  readonly value: number | bigint | undefined;
}

export interface FloatExpr extends Span {
  readonly kind: "float";
}

export interface StringExpr extends Span {
  readonly kind: "string";
}

/** A macro, in a source as written; an error in an expanded one. */
export interface NameExpr extends Span {
  readonly kind: "name";
  readonly name: string;
}

/** A macro with arguments, in a source as written. */
export interface CallExpr extends Span {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Span[];
}

export interface UnaryExpr extends Span {
  readonly kind: "unary";
  readonly op: "+" | "-" | "~";
  readonly operand: Expr;
}

export type BinaryOp = "+" | "-" | "|" | "^" | "*" | "/" | "%" | "<<" | ">>" | "&";

export interface BinaryExpr extends Span {
  readonly kind: "binary";
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
}

export interface ParenExpr extends Span {
  readonly kind: "paren";
  readonly inner: Expr;
}

export interface BadExpr extends Span {
  readonly kind: "bad";
}
