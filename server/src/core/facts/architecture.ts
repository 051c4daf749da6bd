/**
 * All that rt0 knows of an architecture, as one type without an optional property: whoever adds one fills in its
 * file under arch/, and the compiler names what is missing. What is not known, or does not apply, is said by
 * `undefined` or by an empty table, never left out. Nothing is known here of any architecture by name, of systems,
 * or of how the kernel of a target is called (oslayer/).
 */

export interface Architecture {
  /** First release in which the end of a file's name can be this GOARCH, by minor number; 0: 1.11 or before. */
  readonly nameSince: number;
  /** What C compilers, kernels and other tools call it, in lower case and without underscores. */
  readonly otherNames: readonly string[];
  /** How the names of assembly files end that are for both byte orders: "mipsx"; undefined where there is one order. */
  readonly sharedSuffix: string | undefined;
  /** Bytes of int, uint, uintptr and a pointer: `gcArchSizes` in go/types/sizes.go, as is `maxAlign`. */
  readonly wordSize: 4 | 8;
  /** The largest alignment of any type, in bytes. */
  readonly maxAlign: 4 | 8;
  /** Bytes of a general register. */
  readonly registerSize: 4 | 8;
  readonly bigEndian: boolean;
  readonly registers: Registers;
  readonly flow: FlowRules;
  readonly data: DataRules;
  readonly widths: MemoryWidths;
  /** How a plain move, or on x86 most instructions, tells the bytes that it reads or writes; undefined where none does. */
  readonly fieldWidths: LetterRule | undefined;
  readonly frame: FrameFacts;
  readonly framePointer: FramePointer | undefined;
  readonly c: CFacts;
  /** What GOAMD64 and its like choose; undefined where there is no choice. */
  readonly levels: Levels | undefined;
  /** Undefined where nobody asked its assembler for instructions. */
  readonly assembler: AssemblerFacts | undefined;
  readonly compiler: CompilerFacts;
  readonly vet: VetFacts;
}

/** Names are those of cmd/asm/internal/arch/arch.go. */
export interface Registers {
  /** What assembly code, and vet, call the hardware stack pointer. */
  readonly stack: "SP" | "R1" | "R3" | "R13" | "R15" | "R29" | "RSP";
  /** Where a call leaves the return address; undefined where it is pushed. */
  readonly link: string | undefined;
  /** Instructions that may save the link register without naming it. */
  readonly linkSavers: readonly string[];
  /** It reads as zero whatever is written to it. */
  readonly zero: string | undefined;
  /** Further names of whole registers, and the name under which each is kept. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Names of parts of registers, and the whole. */
  readonly parts: ReadonlyMap<string, string>;
  /** The registers that floating-point numbers go through. */
  readonly float: RegExp;
}

/**
 * What comes after an instruction. "next": the one behind it. "jump": its target. "branch": either.
 * "call": its target, and the one behind it when that returns. "return": the caller. "trap": the
 * kernel, then the one behind it. "stop": nothing, the program ends or faults.
 */
export type ControlFlow = "next" | "jump" | "branch" | "call" | "return" | "trap" | "stop";

export interface FlowRules {
  /** Every instruction that does anything but go on to the next, by its name without suffixes. */
  readonly instructions: ReadonlyMap<string, ControlFlow>;
  /** Parts of suffixes under which any instruction runs only sometimes: ".EQ". */
  readonly conditions: ReadonlySet<string>;
  /** Where instructions write the program counter as they do any register: its name, and those that only read their last operand. */
  readonly programCounter: { readonly register: string; readonly readers: ReadonlySet<string> } | undefined;
  /** A call with two operands names its link register first; with the zero register it is a jump. */
  readonly callNamesLink: boolean;
  /** Jumps go to the begin or the end of nested blocks. */
  readonly isStructured: boolean;
  /** What reads the carry flag: conditional jumps, and conditions. */
  readonly carry: { readonly branches: ReadonlySet<string>; readonly conditions: ReadonlySet<string> };
}

/** What facts/dataFlow.ts, which is for all architectures, does not say. */
export interface DataRules {
  /** Registers that an instruction writes without naming them. */
  readonly implicitWrites: ReadonlyMap<string, readonly string[]>;
  /** With a suffix that has W or P in it, the base register of an operand in memory moves. */
  readonly movesBases: boolean;
  /** Machine code that stands before four bytes, the lowest first, which it loads with their sign. */
  readonly rawLoads: readonly { readonly code: readonly number[]; readonly register: string }[];
}

/** Widths by one letter of the mnemonic: that of the only group of the form that matches. */
export interface LetterRule {
  readonly form: RegExp;
  readonly letters: Readonly<Record<string, number>>;
}

/**
 * How many bytes of memory loads and stores touch, for the instructions that vet's asmdecl pass does not know or
 * takes for others; those it does know are its own affair. From the opcode tables of the assembler.
 */
export interface MemoryWidths {
  /** By the mnemonic, without suffixes such as ".P". */
  readonly table: ReadonlyMap<string, number>;
  /** Families of instructions of which one letter tells the width. */
  readonly families: LetterRule | undefined;
  /** These move as much as their register holds, by the register's first letter. */
  readonly vectors:
    | { readonly instructions: ReadonlySet<string>; readonly registers: Readonly<Record<string, number>> }
    | undefined;
  /** Every whole number can be loaded as wide as it is; else code loads 64 bits and cuts them down afterwards. */
  readonly hasNarrowLoads: boolean;
}

export interface FrameFacts {
  /** Bytes between a frame and the arguments: the saved link register with what belongs to it, or the pushed return address. */
  readonly linkArea: number;
  /** Sizes that the assembler refuses; undefined where it takes any, or nobody looked. */
  readonly sizes: FrameSizes | undefined;
}

/**
 * The rules of the `preprocess` functions in cmd/internal/obj (x86/obj6.go, arm/obj5.go, arm64/obj7.go,
 * mips/obj0.go, ppc64/obj9.go, riscv/obj.go, s390x/objz.go, loong64/obj.go), the same since Go 1.19 at least.
 */
export interface FrameSizes {
  /** The negative size that means NOFRAME; undefined where there is none. */
  readonly historic: number | undefined;
  /** What the assembler says of a negative size other than that; undefined where it says no more than of others. */
  readonly negative: ((size: number) => string) | undefined;
  /** Sizes are multiples of this. */
  readonly unit: number;
  /** What it says of others; "" where it says nothing. */
  readonly notInUnits: (size: number, noframe: boolean) => string;
  /** NOFRAME goes with no other size than 0. */
  readonly noframeIsZero: boolean;
}

/** The register that belongs to the caller and by which profilers walk the stack. */
export interface FramePointer {
  readonly register: string;
  /** Instructions that write their last operand, whatever they read. */
  readonly writes: RegExp;
  /** Of those, what writes nothing but a copy of the operand before it, where there is one. */
  readonly copies: RegExp;
  /** In code, a call: with one the assembler makes a frame. */
  readonly calls: ReadonlySet<string>;
}

/** C, as the systems other than Windows have it. */
export interface CFacts {
  /** The register of C's first argument, and those that a call of C leaves alone; undefined where arguments are on the stack. */
  readonly call: { readonly first: string; readonly saved: RegExp } | undefined;
  /** An argument of 64 bits takes an even register and the next. */
  readonly alignsPairs: boolean;
  /** The largest alignment of Go's own C compiler, 6c and its like until Go 1.4; undefined where there was none. */
  readonly ownCompilerAlign: 4 | 8 | undefined;
}

/** Levels of an architecture: build tags such as `amd64.v2`, and macros of the assembler. */
export interface Levels {
  /** The tags without the architecture's name, by the words of the environment variable. */
  tags(words: readonly string[], release: number): readonly string[];
  /** The macros that the go command defines (`asmArgs` in cmd/go/internal/work/gc.go), by the variable's value. */
  macros(value: string, release: number): readonly string[];
}

export interface AssemblerFacts {
  /** The first architecture that it serves: those of one name share an assembler. */
  readonly name: string;
  /** Its directory in cmd/internal/obj. */
  readonly sources: string;
  /** What it knows by name and cannot encode: code with such is another architecture's. */
  readonly excess: RegExp | undefined;
}

export interface CompilerFacts {
  /** First release that passes arguments in registers on every system (`ParseGOEXPERIMENT` in internal/buildcfg/exp.go). */
  readonly registerAbiSince: number | undefined;
  /** The experiment spinbitmutex was on in Go 1.24. */
  readonly spinBitMutex: boolean;
  /**
   * Up to how many bits the compiler itself writes those operations of package atomic that Go's sources leave to
   * it; 0 where it leaves them to assembly (`initIntrinsics` in cmd/compile/internal/ssagen/intrinsics.go).
   */
  readonly atomics: 0 | 32 | 64;
}

/** What vet's asmdecl pass has of the architecture. */
export interface VetFacts {
  /** First release of which the pass knows it, and the last; undefined: it still does. */
  readonly first: number;
  readonly last: number | undefined;
  /** How it guesses what an instruction moves. */
  readonly widths: VetWidths;
  /** Instructions of which it knows more. `isAddress`: they take the address of their first operand. */
  readonly operands: ReadonlyMap<
    string,
    { readonly source: number; readonly destination: number; readonly isAddress: boolean }
  >;
  /** Text that counts as writing the result of any function. */
  readonly resultWriters: readonly string[];
  /** Text that in an ABIInternal function counts as writing the result, and since which release. */
  readonly internalResults: readonly { readonly since: number; readonly texts: readonly string[] }[];
}

export type VetWidths =
  | { readonly kind: "table"; readonly table: ReadonlyMap<string, number> }
  | { readonly kind: "letter"; readonly rule: LetterRule }
  /** By what it ends in, with exceptions that came with the releases. */
  | { readonly kind: "x86" };
