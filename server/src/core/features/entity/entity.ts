/**
 * What can stand at a place of a source file, as the syntax around it tells: the answer of `entityAt`, and what
 * every feature of the editor decides by. It must not know what is said of an entity, nor where it leads.
 */
import type { Span } from "../../base/span.ts";

export type Entity =
  | SymbolEntity
  | ArgumentEntity
  | FrameSlotEntity
  | LabelEntity
  | RegisterEntity
  | MnemonicEntity
  | FlagEntity
  | MacroEntity
  | MacroParameterEntity
  | IncludeEntity
  | GoAsmNameEntity
  | SystemCallEntity
  | ErrnoEntity
  | SignalEntity
  | BuildTagEntity
  | DirectiveEntity
  | DeclarationEntity
  | MentionEntity
  | CFunctionEntity
  | WordEntity
  | LiteralEntity
  | PunctuationEntity;

interface Common {
  /** What it covers: `x+8(FP)` is one entity, unless a name in it is one of its own. */
  readonly span: Span;
}

/** `runtime·exit(SB)`, `table<>+8(SB)` */
export interface SymbolEntity extends Common {
  readonly kind: "symbol";
  /** As written, without `<>`: `runtime·exit`. */
  readonly name: string;
  /** Of the linker: `runtime.exit`. */
  readonly linkName: string;
  /** A symbol of this file only. */
  readonly isStatic: boolean;
  /** `ABIInternal` of `<ABIInternal>`; undefined where none is named. */
  readonly abi: string | undefined;
  /** What the statement does with it: defines it, puts bytes into it, takes its address, or reads, writes or calls it. */
  readonly role: "text" | "globl" | "data" | "address" | "reference";
}

/** `x+8(FP)` */
export interface ArgumentEntity extends Common {
  readonly kind: "argument";
  readonly name: string;
  /** Undefined where it is not a plain number. */
  readonly offset: number | undefined;
}

/** A place in the frame or above it: `x-8(SP)`, `16(SP)`, `16(RSP)`. */
export interface FrameSlotEntity extends Common {
  readonly kind: "frameSlot";
  /** Of `x-8(SP)`, which counts from the pseudo-register; undefined for one of the hardware's register. */
  readonly name: string | undefined;
  /** `SP`, or what the architecture calls its stack pointer. */
  readonly base: string;
  /** Undefined where it is not a plain number. */
  readonly offset: number | undefined;
}

export interface LabelEntity extends Common {
  readonly kind: "label";
  readonly name: string;
  readonly role: "definition" | "use";
}

/** A register, or what instructions take in the place of one: a condition, a barrier, a system register. */
export interface RegisterEntity extends Common {
  readonly kind: "register";
  /** Without what stands behind a dot. */
  readonly name: string;
}

/** An instruction's name, suffixes included; also `TEXT`, `DATA`, `PCALIGN` and their like. */
export interface MnemonicEntity extends Common {
  readonly kind: "mnemonic";
  /** Without suffixes. */
  readonly name: string;
}

/** A name of textflag.h: `NOSPLIT`. */
export interface FlagEntity extends Common {
  readonly kind: "flag";
  readonly name: string;
}

export interface MacroEntity extends Common {
  readonly kind: "macro";
  readonly name: string;
  /** A condition asks whether it is defined. */
  readonly role: "definition" | "use" | "undef" | "condition";
}

export interface MacroParameterEntity extends Common {
  readonly kind: "macroParameter";
  readonly name: string;
  readonly macro: string;
  /** Where the parameter stands in the `#define`. */
  readonly definition: Span;
}

export interface IncludeEntity extends Common {
  readonly kind: "include";
  readonly path: string;
}

/** A name that only go_asm.h can give a meaning to: `g_sched`, `const_x`, `gobuf__size`. */
export interface GoAsmNameEntity extends Common {
  readonly kind: "goAsmName";
  readonly name: string;
}

/** `SYS_READ`, `_SYS_read`, a name of a `//sys` line. */
export interface SystemCallEntity extends Common {
  readonly kind: "systemCall";
  /** As written. */
  readonly name: string;
  /** Of the call: `READ`, `read`. */
  readonly call: string;
  /** A `//sys` line may mean a function of a library instead. */
  readonly mayBeLibrary: boolean;
}

export interface ErrnoEntity extends Common {
  readonly kind: "errno";
  readonly name: string;
  /** Without the underscore that the runtime puts in front. */
  readonly constant: string;
}

export interface SignalEntity extends Common {
  readonly kind: "signal";
  readonly name: string;
  /** Without the underscore that the runtime puts in front. */
  readonly constant: string;
}

/** A tag of a `//go:build` or `// +build` line. */
export interface BuildTagEntity extends Common {
  readonly kind: "buildTag";
  readonly tag: string;
}

/** A word of a directive: of `//go:linkname local remote` or `#include`. */
export interface DirectiveEntity extends Common {
  readonly kind: "directive";
  /** `go:linkname`, `sys`, `#endif`. */
  readonly name: string;
  /** 0 is the directive's own name. */
  readonly index: number;
  readonly words: readonly string[];
}

/** The name of what a Go file declares outside of bodies. */
export interface DeclarationEntity extends Common {
  readonly kind: "declaration";
  readonly name: string;
  readonly declares: "func" | "method" | "type" | "const" | "var" | "field" | "parameter";
  /** Index of the declaration in the file. */
  readonly decl: number;
}

/** Any other name in Go: whose it is depends on what is declared around it. */
export interface MentionEntity extends Common {
  readonly kind: "mention";
  readonly name: string;
  /** The name before the dot; undefined where there is no dot, or more than a name before it. */
  readonly qualifier: string | undefined;
}

/** A function where C declares, defines or calls it. */
export interface CFunctionEntity extends Common {
  readonly kind: "cFunction";
  readonly name: string;
  readonly role: "declaration" | "use";
}

/** A keyword of Go, or a name of C or of a broken line. */
export interface WordEntity extends Common {
  readonly kind: "word";
  readonly text: string;
}

/** A number, a character or a string. */
export interface LiteralEntity extends Common {
  readonly kind: "literal";
}

export interface PunctuationEntity extends Common {
  readonly kind: "punctuation";
}

/** The entity of each kind. */
export type EntityByKind = { readonly [E in Entity as E["kind"]]: E };
